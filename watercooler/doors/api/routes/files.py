"""Files: sent before the item is there, then named by it."""

from typing import Annotated

from django.db.models import Q
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import File, Form, UploadedFile

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import ItemId
from watercooler.doors.api.shapes import items as shapes
from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.files import keep, send
from watercooler.spine.content import acts
from watercooler.spine.content.found import WAITING
from watercooler.spine.content.models import Attachment
from watercooler.spine.content.visibility import visible

routes = Routes("Files")
FileId = ItemId


@routes.write("POST", "/attachments", shapes.File, status=201)
def attach(
    request: Asked, file: Annotated[UploadedFile, File()], alt: Annotated[str, Form(max_length=500)] = ""
) -> shapes.File:
    """Send one file. It waits a day for an item that names it in `attachments`, or shows it in its text.

    Pictures are made anew without what the camera wrote into them. alt: what a picture shows, in words.
    """
    if not isinstance(file, keep.Incoming):
        raise Invalid(_("Choose a file first."), field="file")
    made = acts.attach(request.viewer, file)
    if alt:
        acts.describe(request.viewer, made, alt)
        made.refresh_from_db()
    return shapes.File.of_attachment(made)


def _shown(request: Asked, file_id: int) -> Attachment:
    """Return a file of something the caller may read, or their own that waits. Raises Gone."""
    viewer = request.viewer
    waiting = Q(item__author_id=viewer.person_id, item__state__in=WAITING)
    mine = Q(item=None, person_id=viewer.person_id)
    found = Attachment.objects.filter(visible(viewer, "item") | waiting | mine).filter(pk=file_id).first()
    if found is None:
        raise nothing_here()
    return found


def _own(request: Asked, file_id: int) -> Attachment:
    found = Attachment.objects.filter(pk=file_id, person_id=request.viewer.person_id).first()
    if found is None:
        raise nothing_here()
    return found


@routes.read("/attachments/{id:file_id}", shapes.File)
def show(request: Asked, file_id: FileId) -> shapes.File:
    """Say what a file is."""
    return shapes.File.of_attachment(_shown(request, file_id))


CONTENT = {
    "responses": {
        200: {"description": "The file.", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}},
        206: {"description": "The part that Range asks for."},
        416: {"description": "Range lies outside the file."},
    }
}


@routes.read("/attachments/{id:file_id}/content", None, status=200, extra=CONTENT)
def content(request: Asked, file_id: FileId) -> HttpResponseBase:
    """Send a file’s content: whole, or the part that Range asks for."""
    found = _shown(request, file_id)
    return send.send(request, keep.path_of(found.stored), found.content_type, found.name, found.sha256[:32])


@routes.write("PATCH", "/attachments/{id:file_id}", shapes.File)
def describe(request: Asked, file_id: FileId, sent: shapes.Described) -> shapes.File:
    """Say in words what a picture shows, for those who cannot see it."""
    found = _own(request, file_id)
    acts.describe(request.viewer, found, sent.alt)
    found.refresh_from_db()
    return shapes.File.of_attachment(found)


@routes.write("DELETE", "/attachments/{id:file_id}")
def take_off(request: Asked, file_id: FileId) -> None:
    """Throw one’s own file away."""
    acts.take_off(request.viewer, _own(request, file_id))
