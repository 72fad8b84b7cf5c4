"""What a page asks for while somebody types: how it will look, how a word goes on, and a place for the draft."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from minijinja import safe

from watercooler.foundation.base.errors import Invalid, TooLarge
from watercooler.foundation.base.files.keep import declared_bytes
from watercooler.foundation.base.pages import Request
from watercooler.foundation.base.templates import render
from watercooler.spine.content.acts.make import LONGEST_TEXT
from watercooler.spine.content.completing import people, topics
from watercooler.spine.content.models import Draft
from watercooler.spine.content.written import written

DRAFT_BYTES = 600_000
MOST_DRAFTS = 200
_FORM = re.compile(r"[\w~./-]{1,80}\Z")


@require_POST
def preview(request: Request) -> HttpResponse:
    """Return a text as it will look, with the same cleaning as when it is kept."""
    text = request.POST.get("text") or request.POST.get("source", "")
    if len(text) > LONGEST_TEXT:
        raise Invalid(_("The text is longer than %(most)s characters.") % {"most": f"{LONGEST_TEXT:,}"}, field="source")
    return HttpResponse(render("content/preview.html", html=safe(written(text).html)))


@require_GET
def complete(request: Request) -> HttpResponse:
    """Return at most eight people or topics whose names go on as typed: [{value, label, sub, photo}]."""
    finders = {"person": people, "topic": topics}
    find = finders.get(request.GET.get("kind", ""))
    if find is None:
        raise Http404
    response = JsonResponse(find(request.viewer, request.GET.get("q", "")[:60]), safe=False)
    response["Cache-Control"] = "private, max-age=20"
    return response


@require_http_methods(["GET", "PUT", "DELETE"])
def draft(request: Request, form: str) -> HttpResponse:
    """Keep, give back or forget what is being written in one field, on the server as on the device."""
    if not _FORM.match(form):
        raise Http404
    mine = Draft.objects.filter(person_id=request.viewer.person_id)
    if request.method == "GET":
        found = mine.filter(form=form).first()
        if found is None:
            raise Http404
        return _private(JsonResponse({"body": found.body, "saved_at": found.saved_at.isoformat()}))
    if request.method == "PUT" and (body := _body(request)) and any(str(value).strip() for value in body.values()):
        _check_room(mine, form)
        values = {"body": body, "saved_at": timezone.now()}
        Draft.objects.update_or_create(person_id=request.viewer.person_id, form=form, defaults=values)
    else:
        mine.filter(form=form).delete()
    return _private(HttpResponse(status=204))


def _private[R: HttpResponse](response: R) -> R:
    response["Cache-Control"] = "private, no-store"
    return response


def _check_room(mine: Any, form: str) -> None:
    """Drop the oldest of very many drafts, so that nobody fills the disc with them."""
    old = mine.exclude(form=form).order_by("-saved_at").values_list("pk", flat=True)[MOST_DRAFTS - 1 :]
    if ids := list(old[:50]):
        mine.filter(pk__in=ids).delete()


def _body(request: Request) -> dict[str, str]:
    """Return the fields of a draft, sent as JSON or as a form. Raises TooLarge, Invalid."""
    if declared_bytes(request) > DRAFT_BYTES:
        raise TooLarge(_("This draft is too long to keep on the server. It is still on this device."))
    raw = request.body.replace(b"\x00", b"")
    if len(raw) > DRAFT_BYTES:
        raise TooLarge(_("This draft is too long to keep on the server. It is still on this device."))
    try:
        return {name[:80]: _storable(str(value)) for name, value in _fields(request, raw).items()}
    except (ValueError, MultiPartParserError, AttributeError, RecursionError):
        raise Invalid(_("This draft could not be read.")) from None


def _storable(text: str) -> str:
    """Return the text without what the database cannot keep: zero bytes and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _fields(request: Request, raw: bytes) -> dict[str, Any]:
    if request.content_type == "multipart/form-data":
        fields, _files = MultiPartParser(request.META, BytesIO(raw), []).parse()
        return fields.dict()
    if request.content_type == "application/json":
        found = json.loads(raw)
        if not isinstance(found, dict):
            raise ValueError
        return found
    return QueryDict(raw, encoding="utf-8").dict()
