"""The addresses of this app."""

from django.urls import URLPattern, path

from watercooler.places.person import settings, views

urlpatterns: list[URLPattern] = [
    path("people", views.people),
    path("people/<str:handle>", views.profile),
    path("people/<str:handle>/followed", views.followed),
    path("people/<str:handle>/followed/undo", views.followed, {"undo": True}),
    path("people/<str:handle>/<str:tab>", views.profile),
    path("portraits/<str:name>", views.portrait),
    path("me/settings", settings.show),
    path("me/settings/photo", settings.photo),
    path("me/settings/photo/remove", settings.remove_photo),
]
