"""Who is looking, on every request; and strangers are shown the door."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from watercooler.foundation.base.errors import SignedOut, SomebodyElse, typed_in
from watercooler.foundation.base.refusals import refusal
from watercooler.foundation.base.same_origin import SAFE
from watercooler.foundation.base.viewer import STRANGER, Viewer
from watercooler.foundation.base.whose import is_anothers
from watercooler.spine.spaces.viewer import build, kept

OPEN_MODULES = ("allauth.", "watercooler.doors.signin")


def viewer_of(request: HttpRequest) -> Viewer:
    """Return the viewer of this session. Cost: nothing while kept, else the session, the person and their spaces."""
    session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not session_key:
        return STRANGER
    viewer = kept.get(session_key)
    if viewer is None:
        read_at = time.monotonic()
        viewer = build(request.user.pk) if request.user.is_authenticated else STRANGER
        if viewer.is_known:
            kept.keep(session_key, viewer, read_at)
    return viewer


class ViewerMiddleware:
    """Puts `viewer` on the request. What is not open to strangers sends them to sign in, whether it exists or not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewer = request.viewer = viewer_of(request)  # type: ignore[attr-defined]
        # A stranger's browser says what it would like; what a person chose counts from the sign-in on.
        translation.activate(viewer.language if viewer.is_known else translation.get_language_from_request(request))
        response = self.get_response(request)
        if request.viewer.is_known:  # type: ignore[attr-defined]
            response.setdefault("Cache-Control", "private, no-store")  # the sign-in library's pages say nothing
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if is_anothers(request):
            return refusal(request, SomebodyElse())
        if request.viewer.is_known or getattr(view, "open_to_strangers", False):  # type: ignore[attr-defined]
            return None
        if view.__module__.startswith(OPEN_MODULES):
            return None
        return shown_the_door(request)


def shown_the_door(request: HttpRequest) -> HttpResponse:
    """Send to sign in; but what was typed while a session ended is given back, and a part of a page stays one."""
    back = request.get_full_path() if request.method in SAFE else _written_on(request)
    has_ended = settings.SESSION_COOKIE_NAME in request.COOKIES
    if request.headers.get("HX-Request") or (has_ended and request.method == "POST" and typed_in(request)):
        return refusal(request, SignedOut(back))
    return HttpResponseRedirect(f"/sign-in?next={quote(back)}")


def _written_on(request: HttpRequest) -> str:
    """Return the page of ours whose form was sent. What only takes forms cannot be gone back to."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host() or not page.path.startswith("/"):
        return request.get_full_path()
    return f"{page.path}?{page.query}" if page.query else page.path
