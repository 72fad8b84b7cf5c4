"""The search page, and what the box suggests while one types."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from watercooler.foundation.base import pages
from watercooler.foundation.base.pages import Request
from watercooler.foundation.base.text import clean_line
from watercooler.projections.search import filters, listing, reads, results, vain
from watercooler.projections.search.query import LONGEST, Query, parse
from watercooler.projections.search.saved.asked import LONGEST as MOST_KEPT
from watercooler.projections.search.saved.asked import NAMES, TYPED, canonical, chosen_of
from watercooler.projections.search.sql import APART, CALLED, CALLED_AND_TEXTS
from watercooler.projections.search.tally import NO_NAMES, Around, around, tally
from watercooler.spine.content.kinds import registered

CHOICES = ("kind", "space", "topic", "author", "solved", "sort")
type Tab = tuple[str, str, bool, int | None]
"""What it says, where it leads, whether one is there, and how many there are."""
MOST_SKIPPED = reads.MOST_THREADS - reads.PAGE


def _whole(text: str) -> int:
    return min(int(text), MOST_SKIPPED) if text.isascii() and text.isdigit() and len(text) < 5 else 0


@require_GET
def search(request: Request) -> HttpResponse:
    """Show what was found, by kind, with ways to narrow it down and "Ask it" as the last result."""
    typed = request.GET.get("q", "")[:LONGEST].replace(results.HERE, "")
    query = parse(typed)
    chosen = chosen_of(query, {name: clean_line(request.GET.get(name, "")[:80]) for name in CHOICES})
    skip = _whole(request.GET.get("skip", ""))
    unclear = filters.unclear(query)
    if not query.terms and not listing.is_asked(query, chosen):
        links = Links(query, chosen)
        shown = {"query": typed, "words": query.words, "chosen": chosen, "links": links, "found": None, "feed": ""}
        shown["unclear"] = unclear
        empty = results.page((request.META.get("QUERY_STRING", ""), "", request.viewer.is_member), lambda: shown)
        return _answered(request, typed, query.words, empty)
    sought, chosen, unknown = listing.sought(request.viewer, query, now=timezone.now(), chosen=chosen, skip=skip)
    unclear += unknown
    if skip == 0 and query.terms:
        threads = frozenset([each.thread_id for each in sought.near])
        vain.searched(request.viewer, query.words, chosen["space"], threads)
    hits = results.Results(sought, is_first=skip == 0)
    unread = hits.unread
    wanted = CALLED_AND_TEXTS if unread else CALLED
    chrome = pages.chrome(request.viewer, beside=pages.Beside(wanted, sought.values(unread)) if sought.near else None)
    names, _apart, texts = chrome.beside.partition(APART) if sought.near else (NO_NAMES, "", "[]")
    address = request.META.get("QUERY_STRING", "")
    space = _only_space(chosen, sought)
    facts = (len(sought.near), sought.has_more, sought.instead, space, *sought.meanings, *unclear)
    key = (address, tally(sought.around_json).key, names, request.viewer.is_member, *facts)
    page = results.page(key, lambda: {**_shown(request, typed, query, chosen, skip, sought, names), "unclear": unclear})
    return _answered(request, typed, query.words, page, chrome, hits.html(texts))


def _answered(
    request: Request, typed: str, words: str, around: results.Page, chrome: Any = None, found: Any = ""
) -> HttpResponse:
    return pages.page(
        request,
        "search/show.html",
        chrome=chrome,
        query=typed,
        words=words,
        before=around.before,
        results=found,
        after=around.after,
        feed=around.feed,
    )


def _shown(
    request: Request, typed: str, query: Query, chosen: dict[str, str], skip: int, sought: reads.Sought, names: str
) -> dict[str, Any]:
    """Return what the page around the results shows. Nothing of it but `sought` is not of the address."""
    links = Links(query, chosen)
    found = around(tally(sought.around_json), names)
    return {
        "viewer": request.viewer,
        "query": typed,
        "words": query.words,
        "found": found._asdict(),
        "count": len(sought.near),
        "meanings": sought.meanings,
        "chosen": chosen,
        "tabs": _tabs(found.kinds if query.terms else None, chosen, links),
        "links": links,
        "applied": _applied(chosen, found, _only_space(chosen, sought), links),
        "instead": links(q=_beside_days(sought.instead, query)) if sought.instead else "",
        "instead_words": sought.instead,
        "next": links(skip=str(skip + reads.PAGE)) if sought.has_more and skip < MOST_SKIPPED else "",
        "save": _kept_as(request, typed, query, chosen),
        "feed": links().replace("/search?", "/search/feed.atom?", 1),
    }


def _only_space(chosen: dict[str, str], sought: reads.Sought) -> str:
    """Return the name of the space that was asked for, which everything found lies in; nothing if nothing was found."""
    return sought.near[0].space_name if chosen["space"] and sought.near else ""


def _applied(chosen: dict[str, str], found: Around, space: str, links: Links) -> list[tuple[str, str]]:
    """Return what narrows this search, as people call it, and where it is taken away. space: its name, if known."""
    topics = {slug: name for slug, name, _count in found.topics}
    called = {
        # A kind of ours is taken off by its tab; what is none has no tab.
        "kind": "" if chosen["kind"] in registered() else chosen["kind"],
        "space": space or chosen["space"],
        "topic": topics.get(chosen["topic"], f"#{chosen['topic'].removeprefix('#')}"),
        "author": f"@{chosen['author'].removeprefix('@')}",
    }
    return [(label, links(**{name: ""})) for name, label in called.items() if chosen[name] and label]


def _kept_as(request: Request, typed: str, query: Query, chosen: dict[str, str]) -> str:
    """Return what a saved search would keep of this one; empty if it is too long to be kept whole."""
    if len(typed) > MOST_KEPT:
        return ""
    clicked = {name: request.GET.get(name, "") for name in NAMES[1:]}
    called = {name: chosen[name] for word, name in TYPED.items() if query.filters.get(word) not in {None, chosen[name]}}
    return canonical({"q": typed, **clicked, **called})


def _beside_days(words: str, query: Query) -> str:
    """Return words with the days that were typed; the other filters stand in the address, where a click ends them."""
    days = [f"{name}:{query.filters[name]}" for name in ("after", "before") if query.on(name)]
    return " ".join([words, *days]).strip()


class Links:
    """Addresses of this search with something changed: links(kind="answer")."""

    def __init__(self, query: Query, chosen: dict[str, str]) -> None:
        pairs = {"q": _beside_days(query.words, query), **chosen}
        self._pairs = {name: _pair(name, value) for name, value in pairs.items()}

    def __call__(self, **changed: str) -> str:
        pairs = {**self._pairs, **{name: _pair(name, value) for name, value in changed.items()}}
        return "/search?" + "&".join(filter(None, pairs.values()))


def _pair(name: str, value: str) -> str:
    """Return a part of an address, or nothing. Encoded once a page: there are some twenty links on it."""
    return f"{name}={quote_plus(value)}" if value else ""


def _tabs(
    kinds: dict[str, int] | None, chosen: dict[str, str], links: Links
) -> list[tuple[str, str, bool, int | None]]:
    """Return the kinds found. kinds: how many of each; None where nobody counted, so that each may be asked for."""
    counts = kinds if kinds and not chosen["kind"] else {}
    total = sum(kinds.values()) if kinds is not None and not chosen["kind"] else None
    tabs: list[Tab] = [(_("All"), links(kind=""), not chosen["kind"], total)]
    for name, kind in registered().items():
        if counts.get(name) or chosen["kind"] == name or kinds is None:
            tabs.append((str(kind.plural), links(kind=name), chosen["kind"] == name, counts.get(name)))
    return tabs


@require_GET
def suggest(request: Request) -> HttpResponse:
    """Answer the palette: things, people, spaces and topics with names like what was typed. One query.

    What filters were typed for, and who knows about something, is looked for on the pages of both: names say neither.
    """
    typed = clean_line(request.GET.get("q", "")[:LONGEST])
    query = parse(typed)
    words, about = query.words, _who_knows_about(query.words) if request.viewer.is_member else ""
    if query.filters or about:
        return JsonResponse({"results": [], "people": [], "actions": _actions(request, typed, about or words, about)})
    mode, words = (words[0], words[1:].strip()) if words[:1] in {"@", "#"} else ("", words)
    if len(words) < 2:
        return JsonResponse({"results": [], "people": [], "actions": []})
    found = reads.suggest(request.viewer, parse(words))
    faces = [
        {
            "title": p["name"],
            "url": f"/people/{p['handle']}",
            "sub": " · ".join(filter(None, (p["job"], p["town"]))),
            "photo": p["photo"],
        }
        for p in ([] if mode == "#" else found.people)
    ]
    actions = _actions(request, words, words)
    return JsonResponse({"results": _called(found, mode), "people": faces, "actions": actions})


def _called(found: reads.Suggested, mode: str) -> list[dict[str, str]]:
    """Return things, topics and spaces as the palette shows them; of these, topics alone after a #, none after an @."""
    things = [
        {
            "kind": r["kind"].slug,
            "icon": r["kind"].icon,
            "title": r["title"],
            "url": r["url"],
            "sub": str(r["kind"].label),
        }
        for r in ([] if mode else found.items)
    ]
    topics = [
        {"kind": "topic", "icon": "hash", "title": t["name"], "url": f"/topics/{t['slug']}", "sub": _("Topic")}
        for t in ([] if mode == "@" else found.topics)
    ]
    spaces = [
        {
            "kind": "space",
            "icon": "messages-square",
            "title": s["name"],
            "url": f"/spaces/{s['slug']}/",
            "sub": _("Space"),
        }
        for s in ([] if mode else found.spaces)
    ]
    return [*things, *topics, *spaces]


def _who_knows_about(words: str) -> str:
    """Return what somebody is asked for who types "Who knows about defrost?", as the field offers; else nothing."""
    begins = re.escape((_("Who knows about %(words)s") % {"words": ""}).strip())
    asked = re.match(rf"(?:{begins}|who knows(?: about)?)\s+(.*?)\s*\??\Z", words, re.I)
    return asked[1] if asked else ""


def _actions(request: Request, typed: str, words: str, about: str = "") -> list[dict[str, str]]:
    """Return what leads on: to search, to who knows, and to asking. about: what stood after "who knows about"."""
    search = {
        "title": _("Search for “%(words)s”") % {"words": typed},
        "url": "/search?" + urlencode({"q": typed}),
        "icon": "search",
    }
    who = {
        "title": _("Who knows about %(words)s") % {"words": f"“{words}”"},
        "url": "/who-knows?" + urlencode({"q": words}),
        "icon": "users",
    }
    ask = {
        "title": _("Ask this instead"),
        "url": "/compose?" + urlencode({"kind": "question", "title": words}),
        "kind": "question",
    }
    knowers = [who] if words and request.viewer.is_member else []
    return [*knowers, search, ask] if about else [search, *knowers, ask]
