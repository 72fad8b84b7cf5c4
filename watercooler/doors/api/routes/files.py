"""Files: sent before the item is there, then named by it."""

from typing import Annotated

from django.db.models import Q
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import File, Form, Path, UploadedFile

from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.shapes import items as shapes
from watercooler.doors.api.shapes.common import LARGEST_ID
from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.files import keep, send
from watercooler.spine.content import acts
from watercooler.spine.content.found import WAITING
from watercooler.spine.content.models import Attachment
from watercooler.spine.content.visibility import visible
from watercooler.spine.conversations.sight import files as of_messages

routes = Routes("Files")
SENT = "The file itself. What it is, is recognised from its content, whatever its name says."
ALT = "What a picture shows, in words, for those who cannot see it; at most 300 characters are kept."
FileId = Annotated[
    int, Path(ge=1, le=LARGEST_ID, description="The `id` of a file, as `/attachments` gave it or an item has it.")
]


@routes.write("POST", "/attachments", shapes.File, status=201)
def attach(
    request: Asked,
    file: Annotated[UploadedFile, File(description=SENT)],
    alt: Annotated[str, Form(max_length=500, description=ALT)] = "",
) -> shapes.File:
    """Send one file. It waits a day for an item that names it in `attachments`, or shows it in its text.

    Pictures are made anew without what the camera wrote into them.

    Who may: everybody.
    Refuses: 413 above the limit of the house; 422 for no file or an empty one; 429 above so many a minute as a person
    sends.
    """
    if not isinstance(file, keep.Incoming):
        raise Invalid(_("Choose a file first."), field="file")
    made = acts.attach(request.viewer, file)
    if alt:
        acts.describe(request.viewer, made, alt)
        made.refresh_from_db()
    return shapes.File.of_attachment(made)


def _shown(request: Asked, file_id: int) -> Attachment:
    """Return a file of an item or message the caller may read, or their own that waits. Raises Gone."""
    viewer = request.viewer
    waiting = Q(item__author_id=viewer.person_id, item__state__in=WAITING)
    mine = Q(item=None, message=None, person_id=viewer.person_id)
    readable = visible(viewer, "item") | waiting | mine | of_messages(viewer)
    found = Attachment.objects.filter(pk=file_id).filter(readable).first()
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
    """Say what a file is.

    Who may: whoever may read what it is on; who sent it, while it waits.
    Refuses: 404 for everybody else.
    """
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
    """Send a file’s content: whole, or the part that Range asks for.

    Who may: whoever may read what it is on; who sent it, while it waits.
    Refuses: 404 for everybody else; 416 for a part that lies outside of it.
    """
    found = _shown(request, file_id)
    return send.send(request, keep.path_of(found.stored), found.content_type, found.name, found.sha256[:32])


@routes.write("PATCH", "/attachments/{id:file_id}", shapes.File)
def describe(request: Asked, file_id: FileId, sent: shapes.Described) -> shapes.File:
    """Say in words what a picture shows, for those who cannot see it.

    Who may: who sent it.
    Refuses: 404 for everybody else.
    """
    found = _own(request, file_id)
    acts.describe(request.viewer, found, sent.alt)
    found.refresh_from_db()
    return shapes.File.of_attachment(found)


@routes.write("DELETE", "/attachments/{id:file_id}")
def take_off(request: Asked, file_id: FileId) -> None:
    """Throw one’s own file away.

    Who may: who sent it, also from their own item. It is gone for good.
    Refuses: 403 for one in a private message, with which it goes; 404 for everybody else.
    """
    acts.take_off(request.viewer, _own(request, file_id))
