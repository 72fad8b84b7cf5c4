"""Writes that are sent again: what the first was answered is kept a day under the key its sender gave it.

Source: draft-ietf-httpapi-idempotency-key-header-07.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import IO
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.doors.api.models import Answered
from watercooler.doors.api.problems import Unreadable
from watercooler.foundation.base.errors import Invalid, Stale
from watercooler.foundation.base.files.keep import Incoming
from watercooler.foundation.base.viewer import Viewer

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(days=1)
UNDER_WAY_FOR = timedelta(minutes=1)
"""After this a write that was never answered counts as lost, with the process that did it."""
LONGEST_KEY = 255
LARGEST_BODY = 256 * 1024
KEPT_HEADERS = ("Content-Type", "Location", "ETag")


def key_of(request: HttpRequest) -> str:
    """Return the key of a write, or "" without one. Raises Unreadable for one that is no word."""
    key = request.headers.get(HEADER, "").strip().strip('"')
    if len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise Unreadable(_("A key is at most 255 plain letters, digits and signs."), field=HEADER)
    return key


def act_key(request: HttpRequest) -> UUID | None:
    """Return the request's key as the acts want it: the same key always gives the same one."""
    key = key_of(request)
    if not key:
        return None
    try:
        return UUID(key)
    except ValueError:
        return uuid5(NAMESPACE_URL, f"watercooler:{key}")


def once(viewer: Viewer, request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what `answer` gives, and give the same again to the same write sent again with its key.

    Only what succeeded is kept: a refused write may be mended and sent under the same key. Raises Invalid for a key
    that stands for another write, Stale while the first is under way. Cost: three statements where there is a key.
    """
    key = key_of(request)
    if not key:
        return answer()
    print_of_this = fingerprint(request)
    kept = _begin(viewer, key, print_of_this)
    if kept is not None:
        return _again(kept, print_of_this)
    mine = Answered.objects.filter(person_id=viewer.person_id, key=key)
    try:
        response = answer()
    except Exception:
        mine.delete()
        raise
    if 200 <= response.status_code < 300 and not response.streaming and len(response.content) <= LARGEST_BODY:
        headers = {name: response[name] for name in KEPT_HEADERS if name in response}
        mine.update(status=response.status_code, headers=headers, body=response.content)
    else:
        mine.delete()
    return response


def _begin(viewer: Viewer, key: str, print_of_this: str) -> Answered | None:
    """Write down that this write is under way, or return what stands there already. Of two at once one wins."""
    now = timezone.now()
    mine = Answered.objects.filter(person_id=viewer.person_id, key=key)
    mine.filter(at__lt=now - KEPT_FOR).delete()
    mine.filter(status=None, at__lt=now - UNDER_WAY_FOR).delete()
    try:
        with transaction.atomic():
            Answered.objects.create(person_id=viewer.person_id, key=key, fingerprint=print_of_this, at=now)
    except IntegrityError:
        return mine.first()
    return None


def _again(kept: Answered, print_of_this: str) -> HttpResponse:
    if kept.fingerprint != print_of_this:
        raise Invalid(_("This key was used for another request. Use a new one."), field=HEADER)
    if kept.status is None:
        raise Stale(_("The same request is still under way. Ask again in a moment."))
    response = HttpResponse(bytes(kept.body), status=kept.status)
    for name, value in kept.headers.items():
        response[name] = value
    response["Idempotent-Replayed"] = "true"
    return response


def fingerprint(request: HttpRequest) -> str:
    """Return what tells this write from others: method, address and body; of files their content, not their frame."""
    found = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        found.update(repr(sorted(request.POST.lists())).encode())
        for name, file in sorted(request.FILES.items()):
            if isinstance(file, Incoming):
                found.update(f"{name} {file.name}\n".encode())
                for piece in _pieces(file.path.open("rb")):
                    found.update(piece)
    else:
        found.update(request.body)
    return found.hexdigest()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(1024 * 1024):
            yield piece


def forget_old(now: datetime | None = None) -> int:
    """Forget answers older than a day. Returns how many."""
    gone, _each = Answered.objects.filter(at__lt=(now or timezone.now()) - KEPT_FOR).delete()
    return gone
