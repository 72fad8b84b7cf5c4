"""What browsers ask for besides pages: the service worker, the manifest, the page without signal, the parts on show."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from watercooler.foundation.base import away
from watercooler.foundation.base.errors import Refused, TooLarge
from watercooler.foundation.base.pages import frame, open_to_strangers, page
from watercooler.foundation.base.refusals import refusal
from watercooler.foundation.base.static import built, built_path
from watercooler.foundation.base.templates import render

PAPER = "#f7f6f2"


@open_to_strangers
def service_worker(request: HttpRequest) -> HttpResponse:
    """Answer with the worker. It lies at the root because a worker rules only over addresses below its own."""
    path = built_path("sw.js")
    if not path.exists():
        raise Http404("The front end is not built yet.")
    response = HttpResponse(path.read_bytes(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@open_to_strangers
def manifest(request: HttpRequest) -> HttpResponse:
    """Answer with what a phone needs to keep the product among its apps."""
    icons = [
        {"src": built(f"watercooler-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    shortcuts = [
        {"name": _("Ask a question"), "url": "/compose?kind=question"},
        {"name": _("Inbox"), "url": "/inbox"},
    ]
    organisation = frame(request).get("org")
    body = {
        "name": (organisation or {}).get("name") or "Watercooler",
        "short_name": "Watercooler",
        "id": "/",
        "start_url": "/home",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
        "shortcuts": shortcuts,
    }
    return JsonResponse(body, content_type="application/manifest+json")


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for a form that the framework does not read: it is too large, or is none. It cannot be given back."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    error = (
        TooLarge(_("That is more than can be sent at once. Go back: what you typed is still there, to send in parts."))
        if too_much
        else Refused(_("What was sent could not be read. Go back, and try it again."))
    )
    if not hasattr(request, "viewer"):  # it was refused before anybody asked who sends it, as for a foreign host's name
        return HttpResponse(error.sentence, status=400, content_type="text/plain; charset=utf-8")
    return refusal(request, error, typed=[])


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for what is not there, and in the same words for what may not be seen."""
    return page(request, "base/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer after an error of ours, without asking anything that may have caused it."""
    if away.is_away(error := sys.exception()):
        return away.answer(request, error)
    return HttpResponse(render("base/500.html", theme=request.COOKIES.get("theme")), status=500)


@open_to_strangers
def offline(request: HttpRequest) -> HttpResponse:
    """Answer with the page that the worker keeps for when there is no signal. It names nobody."""
    return HttpResponse(render("base/offline.html"))


@open_to_strangers
def gallery(request: HttpRequest) -> HttpResponse:
    """Answer with every part in every state, while developing."""
    if not settings.DEBUG:
        raise Http404
    return HttpResponse(render("base/gallery.html", **frame(request), people=_PEOPLE, kinds=_KINDS))


@dataclass(frozen=True)
class _Somebody:
    name: str
    handle: str
    photo: str = ""


@dataclass(frozen=True)
class _Kind:
    slug: str
    label: str
    icon: str


_PEOPLE = [
    _Somebody("Priya Raman", "priya"),
    _Somebody("Fatima Zahra Benali", "fatima"),
    _Somebody("Tomasz Zieliński", "tomasz"),
    _Somebody("Noah Whitfield", "noah"),
    _Somebody("Ingrid Solberg", "ingrid"),
]

_KINDS = [
    _Kind("question", "Question", "circle-question-mark"),
    _Kind("post", "Update", "message-circle"),
    _Kind("article", "Article", "book-open-text"),
    _Kind("wiki", "Wiki", "pencil-line"),
    _Kind("thanks", "Thanks", "heart"),
    _Kind("course", "Course", "graduation-cap"),
    _Kind("event", "Event", "calendar-days"),
    _Kind("file", "File", "file-text"),
    _Kind("answer", "Answer", "circle-check"),
    _Kind("collection", "Collection", "library"),
]
