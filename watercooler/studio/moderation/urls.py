"""The addresses of this app."""

from django.urls import path

from watercooler.studio.moderation import messages, views

urlpatterns = [
    path("studio/care", views.desk),
    path("studio/care/log", views.log),
    path("studio/care/messages", messages.desk),
    path("studio/care/messages/<int:report_id>", messages.decide),
    path("studio/care/<int:item_id>", views.decided),
    path("studio/care/<int:item_id>/undo", views.undecided),
]
