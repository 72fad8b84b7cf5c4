"""Own messages found, as a page and as a part beside other results: never part of the search page's own queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe
from minijinja import safe

from watercooler.foundation.base.pages import Request, chrome, is_fragment, page
from watercooler.foundation.base.templates import render
from watercooler.projections.search.messages.reads import FEW, PAGE, Hit, found
from watercooler.projections.search.query import LONGEST, Query, parse
from watercooler.projections.search.snippets import Marker


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as results show it: snippet with the words marked, and what its conversation is called."""

    hit: Hit
    snippet: Any
    where: str


def _shown(query: Query, hits: list[Hit]) -> list[Shown]:
    marker = Marker(query.terms)
    return [Shown(hit, safe(marker.snippet(hit.safe_html)), _where(hit)) for hit in hits]


def _where(hit: Hit) -> str:
    names = ", ".join(person["name"] for person in hit.people)
    more = hit.person_count - len(hit.people)
    return hit.name or (f"{names} +{more}" if more > 0 else names)


@require_safe
def messages(request: Request) -> HttpResponse:
    """Show the viewer's own messages that hold what was typed, newest first. Cost: two prepared queries."""
    typed = request.GET.get("q", "")[:LONGEST]
    query = parse(typed)
    hits = found(request.viewer, query, _place(request.GET.get("before", "")))
    last = hits[-1] if len(hits) == PAGE else None
    more = (
        "/search/messages?" + urlencode({"q": typed, "before": f"{last.at.timestamp():.6f}_{last.id}"}) if last else ""
    )
    shown: dict[str, Any] = {"query": typed, "words": query.words, "hits": _shown(query, hits), "more": more}
    return page(request, "search/messages.html", chrome=chrome(request.viewer), **shown)


def _place(text: str) -> tuple[datetime, int] | None:
    at, _mark, number = text.partition("_")
    try:
        return datetime.fromtimestamp(float(at), tz=timezone.get_default_timezone()), int(number[:18])
    except (ValueError, OverflowError, OSError):
        return None


@require_safe
def beside(request: Request) -> HttpResponse:
    """Return the newest few as a part that stands beside other results; nothing where there is none."""
    typed = request.GET.get("q", "")[:LONGEST]
    if not is_fragment(request):
        return HttpResponseRedirect("/search/messages?" + urlencode({"q": typed}))
    query = parse(typed)
    hits = found(request.viewer, query, limit=PAGE)
    count = f"{len(hits)}+" if len(hits) == PAGE else str(len(hits))
    rows = _shown(query, hits[:FEW])
    return HttpResponse(render("search/messages_beside.html", hits=rows, count=count, query=typed))
