"""The addresses of this app."""

from django.urls import path

from watercooler.places.inbox import views
from watercooler.places.inbox.messages import changes, choosing, reporting
from watercooler.places.inbox.messages import talking as messages

urlpatterns = [
    path("inbox", views.show),
    path("inbox/read", views.read_all),
    path("inbox/read/undo", views.not_read_all),
    path("inbox/requests", views.requests),
    path("inbox/requests/<int:membership_id>/yes", views.answer, {"is_yes": True}),
    path("inbox/requests/<int:membership_id>/no", views.answer, {"is_yes": False}),
    path("inbox/levels", views.levels),
    path("inbox/messages", messages.show),
    path("inbox/messages/new", messages.new),
    path("inbox/messages/new/offers", messages.offers),
    path("inbox/messages/from", choosing.show),
    path("inbox/messages/from/<str:handle>", choosing.silence),
    path("inbox/messages/from/<str:handle>/undo", choosing.unsilence),
    path("inbox/messages/<int:pk>", messages.talk),
    path("inbox/messages/<int:pk>/details", changes.details),
    path("inbox/messages/<int:pk>/read", changes.read),
    path("inbox/messages/<int:pk>/muted", changes.muted),
    path("inbox/messages/<int:pk>/muted/undo", changes.not_muted),
    path("inbox/messages/<int:pk>/people", changes.people),
    path("inbox/messages/<int:pk>/name", changes.named),
    path("inbox/messages/<int:pk>/left", changes.left),
    path("inbox/messages/<int:pk>/<int:line>/edit", changes.edit),
    path("inbox/messages/<int:pk>/<int:line>/remove", changes.remove),
    path("inbox/messages/<int:pk>/<int:line>/restore", changes.restore),
    path("inbox/messages/<int:pk>/<int:line>/report", reporting.report),
    path("inbox/messages/<int:pk>/<int:line>/report/undo", reporting.unreport),
    path("inbox/<int:line_id>", views.open_line),
    path("inbox/<int:line_id>/read", views.read),
    path("inbox/<int:line_id>/unread", views.unread),
    path("inbox/<int:line_id>/muted", views.muted),
    path("inbox/<int:line_id>/muted/undo", views.not_muted),
    path("inbox/<int:line_id>/less", views.less),
    path("inbox/<int:line_id>/less/undo", views.as_before),
]
