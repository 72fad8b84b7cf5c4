"""Who asks: a program with a token, or a person's browser with its session."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from watercooler.doors.api.models import Token
from watercooler.doors.api.scopes import ALL
from watercooler.doors.api.secret import digest, is_secret
from watercooler.foundation.base.same_origin import carries_token
from watercooler.foundation.base.viewer import STRANGER, Viewer
from watercooler.foundation.database import hot
from watercooler.spine.spaces.viewer import build, kept

GOOD = """
select id, person_id, name, scopes, used_at is null or used_at < now() - interval '1 minute' as is_used_anew
from api_token
where digest = %(digest)s and ended_at is null and agreed_at is not null and ends_at > now()
"""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and what they may ask. token_id: 0 for a browser's session, which may do all its person may."""

    viewer: Viewer
    scopes: tuple[str, ...]
    token_id: int = 0
    token_name: str = ""


NOBODY = Caller(STRANGER, ())


def caller_of(request: HttpRequest) -> Caller:
    """Return who asks; NOBODY without a token or session, or with one that is not good.

    A request with a token is judged by it alone, whatever cookies it carries. Cost: one prepared query for a token,
    and what `build` costs where the viewer is not kept.
    """
    if not carries_token(request):
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        return Caller(viewer, ALL) if viewer.is_known else NOBODY
    secret = request.headers.get("Authorization", "").split(" ", 1)[1].strip()
    return _by_token(secret) if is_secret(secret) else NOBODY


def _by_token(secret: str) -> Caller:
    found = hot.one(GOOD, digest=digest(secret))
    viewer = _viewer(found.person_id) if found else STRANGER
    if found is None or not viewer.is_known:
        return NOBODY
    if found.is_used_anew:
        Token.objects.filter(pk=found.id).update(used_at=timezone.now())
    return Caller(viewer, tuple(found.scopes), found.id, found.name)


def _viewer(person_id: int) -> Viewer:
    """Return the person's viewer, kept in the process like that of a session."""
    key, read_at = f"token of {person_id}", time.monotonic()
    viewer = kept.get(key)
    if viewer is None:
        viewer = build(person_id)
        if viewer.is_known:
            kept.keep(key, viewer, read_at)
    return viewer
