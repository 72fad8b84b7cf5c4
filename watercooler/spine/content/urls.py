"""The addresses of this app."""

from django.urls import path

from watercooler.spine.content.views import compose, edit, files, moving, typing

urlpatterns = [
    path("compose", compose.compose, name="compose"),
    path("compose/rules", compose.rules),
    path("compose/similar", compose.similar),
    path("preview", typing.preview),
    path("complete", typing.complete),
    path("drafts/<path:form>", typing.draft),
    path("attachments", files.attachments),
    path("attachments/<int:pk>/described", files.describe),
    path("attachments/<int:pk>/undo", files.take_off),
    path("files/<int:pk>/<str:name>", files.file),
    path("items/<int:pk>/edit", edit.edit),
    path("items/<int:pk>/history", edit.history),
    path("items/<int:pk>/history/<int:number>/restore", edit.restore_revision),
    path("items/<int:pk>/moved", moving.moved),
    path("items/<int:pk>/moved/undo", moving.moved_back),
    path("items/<int:pk>/remove", edit.remove),
    path("items/<int:pk>/restore", edit.restore),
]
