"""The addresses of this app."""

from django.urls import path

from watercooler.studio.moderation import views

urlpatterns = [
    path("studio/care", views.desk),
    path("studio/care/log", views.log),
    path("studio/care/<int:item_id>", views.decided),
    path("studio/care/<int:item_id>/undo", views.undecided),
]
