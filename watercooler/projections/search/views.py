"""The search page, and what the box suggests while one types."""

from __future__ import annotations

from urllib.parse import quote_plus, urlencode

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from watercooler.foundation.base import pages
from watercooler.foundation.base.pages import Request
from watercooler.foundation.base.text import clean_line
from watercooler.projections.search import reads, vain
from watercooler.projections.search.query import LONGEST, Query, parse
from watercooler.projections.search.saved.asked import LONGEST as MOST_KEPT
from watercooler.projections.search.saved.asked import NAMES, canonical, chosen_of
from watercooler.spine.content.kinds import registered

CHOICES = ("kind", "space", "topic", "author", "solved", "sort")
MOST_SKIPPED = reads.MOST_THREADS - reads.PAGE


def _whole(text: str) -> int:
    return min(int(text), MOST_SKIPPED) if text.isascii() and text.isdigit() and len(text) < 5 else 0


@require_GET
def search(request: Request) -> HttpResponse:
    """Show what was found, by kind, with ways to narrow it down and "Ask it" as the last result."""
    typed = request.GET.get("q", "")[:LONGEST]
    query = parse(typed)
    chosen = chosen_of(query, {name: clean_line(request.GET.get(name, "")[:80]) for name in CHOICES})
    skip = _whole(request.GET.get("skip", ""))
    found = reads.find(request.viewer, query, now=timezone.now(), chosen=chosen, skip=skip) if query.terms else None
    if found is not None and skip == 0:
        threads = frozenset(hit.thread_id for hit in found.hits)
        vain.searched(request.viewer, query.words, chosen["space"], threads)
    chrome = pages.chrome(request.viewer)
    links = Links(typed, chosen)
    return pages.page(
        request,
        "search/show.html",
        chrome=chrome,
        query=typed,
        words=query.words,
        found=found,
        chosen=chosen,
        tabs=_tabs(found, chosen, links),
        links=links,
        applied=[(chosen[name], links(**{name: ""})) for name in CHOICES[1:4] if chosen[name]],
        instead=links(q=_with_filters(found.instead, query)) if found and found.instead else "",
        next=links(skip=str(skip + reads.PAGE)) if found and found.has_more and skip < MOST_SKIPPED else "",
        skip=skip,
        save=_kept_as(request, typed) if found else "",
        feed=links().replace("/search?", "/search/feed.atom?", 1) if found else "",
    )


def _kept_as(request: Request, typed: str) -> str:
    """Return what a saved search would keep of this one; empty if it is too long to be kept whole."""
    if len(typed) > MOST_KEPT:
        return ""
    return canonical({"q": typed, **{name: request.GET.get(name, "") for name in NAMES[1:]}})


def _with_filters(words: str, query: Query) -> str:
    """Return other words with the filters that were typed beside the first ones."""
    return " ".join([words, *(f'{name}:"{value}"' for name, value in query.filters.items())])


class Links:
    """Addresses of this search with something changed: links(kind="answer")."""

    def __init__(self, typed: str, chosen: dict[str, str]) -> None:
        self._pairs = {name: _pair(name, value) for name, value in {"q": typed, **chosen}.items()}

    def __call__(self, **changed: str) -> str:
        pairs = {**self._pairs, **{name: _pair(name, value) for name, value in changed.items()}}
        return "/search?" + "&".join(filter(None, pairs.values()))


def _pair(name: str, value: str) -> str:
    """Return a part of an address, or nothing. Encoded once a page: there are some twenty links on it."""
    return f"{name}={quote_plus(value)}" if value else ""


def _tabs(found: reads.Found | None, chosen: dict[str, str], links: Links) -> list[tuple[str, str, bool, int | None]]:
    if found is None:
        return []
    counts = found.kinds if not chosen["kind"] else {}
    tabs: list[tuple[str, str, bool, int | None]] = [
        (_("All"), links(kind=""), not chosen["kind"], found.total if not chosen["kind"] else None)
    ]
    for name, kind in registered().items():
        if counts.get(name) or chosen["kind"] == name:
            tabs.append((str(kind.plural), links(kind=name), chosen["kind"] == name, counts.get(name)))
    return tabs


@require_GET
def suggest(request: Request) -> HttpResponse:
    """Answer the palette: things, people, spaces and topics with names like what was typed. One query."""
    words = parse(request.GET.get("q", "")).words
    mode, words = (words[0], words[1:].strip()) if words[:1] in {"@", "#"} else ("", words)
    if len(words) < 2:
        return JsonResponse({"results": [], "people": [], "actions": []})
    found = reads.suggest(request.viewer, parse(words))
    people, spaces, topics = found.people, found.spaces, found.topics
    things = [] if mode else found.items
    results = [
        {
            "kind": r["kind"].slug,
            "icon": r["kind"].icon,
            "title": r["title"],
            "url": r["url"],
            "sub": str(r["kind"].label),
        }
        for r in things
    ]
    if mode != "@":
        results += [
            {"kind": "topic", "icon": "hash", "title": t["name"], "url": f"/topics/{t['slug']}", "sub": _("Topic")}
            for t in topics
        ]
    if not mode:
        results += [
            {
                "kind": "space",
                "icon": "messages-square",
                "title": s["name"],
                "url": f"/spaces/{s['slug']}/",
                "sub": _("Space"),
            }
            for s in spaces
        ]
    faces = [
        {
            "title": p["name"],
            "url": f"/people/{p['handle']}",
            "sub": " · ".join(filter(None, (p["job"], p["town"]))),
            "photo": p["photo"],
        }
        for p in people
    ]
    ask = "/compose?" + urlencode({"kind": "question", "title": words})
    actions = [
        {"title": _("Search for “%(words)s”") % {"words": words}, "url": "/search?" + urlencode({"q": words})},
        {"title": _("Ask this instead"), "url": ask},
    ]
    return JsonResponse({"results": results, "people": [] if mode == "#" else faces, "actions": actions})
