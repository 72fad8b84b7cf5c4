"""The addresses of this app."""

from django.urls import path

from watercooler.places.inbox import views

urlpatterns = [
    path("inbox", views.show),
    path("inbox/read", views.read_all),
    path("inbox/read/undo", views.not_read_all),
    path("inbox/requests", views.requests),
    path("inbox/requests/<int:membership_id>/yes", views.answer, {"is_yes": True}),
    path("inbox/requests/<int:membership_id>/no", views.answer, {"is_yes": False}),
    path("inbox/levels", views.levels),
    path("inbox/<int:line_id>", views.open_line),
    path("inbox/<int:line_id>/read", views.read),
    path("inbox/<int:line_id>/unread", views.unread),
    path("inbox/<int:line_id>/muted", views.muted),
    path("inbox/<int:line_id>/muted/undo", views.not_muted),
    path("inbox/<int:line_id>/less", views.less),
    path("inbox/<int:line_id>/less/undo", views.as_before),
]
