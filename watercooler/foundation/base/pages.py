"""Answering with a page, or with the part of it that changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.encoding import iri_to_uri
from django.utils.module_loading import import_string

from watercooler.foundation.base.static import built
from watercooler.foundation.base.templates import rendered
from watercooler.foundation.base.viewer import STRANGER, Viewer

if TYPE_CHECKING:

    class Request(HttpRequest):
        """A request that passed ViewerMiddleware."""

        viewer: Viewer
else:
    Request = HttpRequest

STYLES = "styles"
"""The cookie that names the style sheet a browser has kept (modules/kept-styles.ts)."""


def open_to_strangers[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """Mark a view that answers people who are not signed in."""
    view.open_to_strangers = True  # type: ignore[attr-defined]
    return view


@cache
def _chrome() -> Any:
    return import_string(settings.CHROME)


@cache
def _organisation() -> Any:
    return import_string(settings.ORGANISATION)


class Beside(NamedTuple):
    """A column of text that a page wants of its second query, and the values it takes."""

    column: str
    values: dict[str, Any]


def chrome(viewer: Viewer, items: Sequence[int] = (), listed: Sequence[Any] = (), beside: Beside | None = None) -> Any:
    """Return what stands around a page, with the viewer's marks on these items: a hot page's second query.

    listed: content.reads.Listed of a list's items, whose cards are wanted with it. beside: what else is wanted.
    """
    return _chrome()(viewer, items, listed, beside)


def frame(request: HttpRequest, chrome: Any = None) -> dict[str, Any]:
    """Return what the layout needs around any page: viewer, sidebar and counts, path.

    Cost: none if the page read `chrome` with its own second query, else one query for signed-in people.
    """
    viewer = getattr(request, "viewer", STRANGER)
    if chrome is None and viewer.is_known:
        chrome = _chrome()(viewer, ())
    return {
        "viewer": viewer,
        "org": _organisation()(),
        "theme": request.COOKIES.get("theme") or viewer.theme,
        "chrome": chrome,
        "path": request.path,
        "host": request.get_host(),
        "toast": toast(request),
        "brings_styles": _brings_styles(request),
    }


def _brings_styles(request: HttpRequest) -> bool:
    """Say whether the styles stand in the page itself: a browser that comes from elsewhere and has not kept them
    would show nothing for another round trip."""
    # One header, without the framework's list of all of them.
    is_from_us = request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") == "same-origin"
    return not is_from_us and request.COOKIES.get(STYLES) != _sheet()


def _sheet() -> str:
    return built("app.css").rpartition("/")[2]


def page(request: HttpRequest, template: str, chrome: Any = None, status: int = 200, **context: Any) -> HttpResponse:
    """Answer with a whole page."""
    around = frame(request, chrome)
    response = HttpResponse(rendered(template, **around, **context), status=status)
    response["Cache-Control"] = "private, no-store"
    if not around["brings_styles"]:
        # The styles are asked for when the answer begins, and not when its first words are read.
        response["Link"] = f"<{built('app.css')}>; rel=preload; as=style"
    return response


def is_fragment(request: HttpRequest) -> bool:
    """Say whether htmx asks for a part and not for a page."""
    return "HX-Request" in request.headers and request.headers.get("HX-Boosted") != "true"


def fragment(request: HttpRequest, template: str, otherwise: str, **context: Any) -> HttpResponse:
    """Answer with one part to a page that swaps it in, or send a browser without script back to `otherwise`."""
    if is_fragment(request):
        viewer = getattr(request, "viewer", STRANGER)
        return HttpResponse(rendered(template, viewer=viewer, **context))
    return HttpResponseRedirect(otherwise)


def see(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser to `url` after something was done, also from within an htmx request."""
    if is_fragment(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = iri_to_uri(url)  # a title in another script stands in the address
        return response
    return HttpResponseRedirect(url)


def toast(request: HttpRequest) -> dict[str, str] | None:
    """Return the sentence left by the previous request, with the address that undoes it, once.

    Cost: no query; it travels in a signed cookie that exists only after something was done.
    """
    if "messages" not in request.COOKIES:
        return None
    left = list(messages.get_messages(request))
    return {"sentence": str(left[-1]), "undo": left[-1].extra_tags} if left else None


def say(request: HttpRequest, sentence: str, undo: str = "") -> None:
    """Leave a toast for the next page: what was done, and the address a POST to which undoes it."""
    messages.info(request, sentence, extra_tags=undo)


def new_key() -> str:
    """Return a fresh idempotency key for a form, so that a post sent twice is kept once."""
    return uuid.uuid4().hex
