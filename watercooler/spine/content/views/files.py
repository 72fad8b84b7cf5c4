"""Sending files to be attached, and getting them back under the rule of what they hang on."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.files import keep, send
from watercooler.foundation.base.pages import Request
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content import acts
from watercooler.spine.content.found import WAITING
from watercooler.spine.content.models import Attachment
from watercooler.spine.content.visibility import visible


@require_POST
def attachments(request: Request) -> HttpResponse:
    """Keep one file (field "file", with an "alt" if there is one) and say what to write into the text to show it."""
    keep.receive(request, most_files=1)
    incoming = request.FILES.get("file")
    if not isinstance(incoming, keep.Incoming):
        raise Invalid(_("Choose a file first."), field="file")
    made = acts.attach(request.viewer, incoming)
    if alt := request.POST.get("alt", ""):
        acts.describe(request.viewer, made, alt)
        made.refresh_from_db()
    return JsonResponse(told(made), status=201)


def told(attachment: Attachment) -> dict[str, object]:
    sign = "!" if attachment.is_picture else ""
    words = attachment.alt if attachment.is_picture else attachment.name
    plain = words.replace("[", "(").replace("]", ")")
    return {
        "id": attachment.pk,
        "url": attachment.url,
        "name": attachment.name,
        "alt": attachment.alt,
        "is_picture": attachment.is_picture,
        "width": attachment.width,
        "height": attachment.height,
        "markdown": f"{sign}[{plain}]({attachment.url})",
    }


@require_POST
def describe(request: Request, pk: int) -> HttpResponse:
    """Say what a picture shows."""
    attachment = get_object_or_404(Attachment, pk=pk, person_id=request.viewer.person_id)
    acts.describe(request.viewer, attachment, request.POST.get("alt", ""))
    return HttpResponse(status=204)


@require_POST
def take_off(request: Request, pk: int) -> HttpResponse:
    """Throw away a file that was sent by mistake."""
    attachment = get_object_or_404(Attachment, pk=pk, person_id=request.viewer.person_id)
    acts.take_off(request.viewer, attachment)
    return HttpResponse(status=204)


@cache
def _elsewhere() -> Callable[[Viewer], Q]:
    """Return what says which files a viewer sees that hang on something of a floor above: a private message."""
    rule: Callable[[Viewer], Q] = import_string(settings.FILES_ELSEWHERE)
    return rule


@require_safe
def file(request: Request, pk: int, name: str) -> HttpResponseBase:
    """Send a file to those who may read what it is on; one that is on nothing, to who sent it. `?small`: for lists."""
    viewer = request.viewer
    waiting = Q(item__author_id=viewer.person_id, item__state__in=WAITING)
    mine = Q(item=None, message=None, person_id=viewer.person_id)
    readable = visible(viewer, "item") | waiting | mine | _elsewhere()(viewer)
    found = Attachment.objects.filter(pk=pk).filter(readable).first()
    if found is None:
        raise Http404
    if name != found.name:
        raise Http404
    if "small" in request.GET and found.has_thumbnail:
        path, kind, tag = keep.path_of(found.stored, small=True), "image/webp", f"{found.sha256[:32]}-small"
    else:
        path, kind, tag = keep.path_of(found.stored), found.content_type, found.sha256[:32]
    return send.send(request, path, kind, found.name, tag)
