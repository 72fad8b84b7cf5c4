"""The addresses of this app."""

from django.urls import path

from watercooler.projections.recommendations import views

urlpatterns = [
    path("suggestions", views.suggestions, name="suggestions"),
    path("me/not-for-me", views.mine, name="not-for-me"),
    path("me/not-for-me/<int:refusal_id>/taken-back", views.taken_back),
]
for what in views.FIND:
    urlpatterns += [
        path(f"{what}/<str:name>/not-for-me", views.not_for_me, {"what": what}),
        path(f"{what}/<str:name>/not-for-me/undo", views.for_me_again, {"what": what}),
    ]
