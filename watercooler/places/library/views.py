"""The library: what colleagues wrote and solved, saved things, and topics."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from watercooler.foundation.base.pages import Request, page
from watercooler.places.library import reads
from watercooler.places.library.reads import TopicLine
from watercooler.projections.feed.reads import Place
from watercooler.spine.spaces.models import Space

MOST_CHOICES = 8


@require_safe
def library(request: Request) -> HttpResponse:
    """Show one tab of the library. Cost: at most four queries, however much there is."""
    tab = request.GET.get("tab", "")
    if tab == "topics":
        words = request.GET.get("q", "")[:60].replace("\0", "").strip()
        return page(
            request, "library/topics.html", tabs=tabs("topics"), lines=reads.topics(request.viewer, words), words=words
        )
    after = Place.read(request.GET.get("after"))
    if tab == "saved":
        found = reads.saved(request.viewer, after)
        return page(
            request, "library/saved.html", tabs=tabs("saved"), found=found, more=_more([("tab", "saved")], found)
        )
    return _browse(request, after)


def _browse(request: Request, after: Place) -> HttpResponse:
    viewer, order = request.viewer, request.GET.get("order", "")
    order = order if order in reads.ORDERS else "helped"
    kinds = [kind for kind in request.GET.getlist("kind") if kind in reads.kinds()]
    topics = _topics(request)
    spaces = _spaces(request)
    chosen_topics = [t for t in topics if t.slug in request.GET.getlist("topic")]
    chosen_spaces = [s for s in spaces if s.slug in request.GET.getlist("space")]
    found = reads.browse(viewer, kinds, [t.id for t in chosen_topics], [s.pk for s in chosen_spaces], order, after)
    asked = [("kind", kind) for kind in kinds] + [("topic", t.slug) for t in chosen_topics]
    asked += [("space", s.slug) for s in chosen_spaces]
    ordered = [("order", order)] if order != "helped" else []
    named = {("kind", kind): label for kind, (label, _sql) in reads.kinds().items()}
    named |= {("topic", t.slug): t.name for t in topics} | {("space", s.slug): s.name for s in spaces}
    return page(
        request,
        "library/browse.html",
        tabs=tabs("answers" if asked == [("kind", "solved")] else "browse"),
        found=found,
        more=_more([*asked, *ordered], found),
        facets=_facets(kinds, topics, chosen_topics, spaces, chosen_spaces),
        keep={"order": order if order != "helped" else ""},
        chips=[(named[pair], _address([p for p in [*asked, *ordered] if p != pair])) for pair in asked],
        orders=[
            (_("Most helpful"), _address(asked), order == "helped"),
            (_("Newest"), _address([*asked, ("order", "newest")]), order == "newest"),
        ],
        is_asked=bool(asked),
    )


def _address(asked: list[tuple[str, str]]) -> str:
    return f"/library?{urlencode(asked)}" if asked else "/library"


def _more(asked: list[tuple[str, str]], found: reads.Found) -> str:
    return _address([*asked, ("after", found.next)]) if found.next else ""


def tabs(current: str) -> list[tuple[str, str, bool, None]]:
    """Return the tabs of the library."""
    named = {
        "browse": (_("Browse"), "/library"),
        "answers": (_("Answers"), "/library?kind=solved"),
        "topics": (_("Topics"), "/library?tab=topics"),
        "glossary": (_("Glossary"), "/library/glossary"),
        "saved": (_("Saved"), "/library?tab=saved"),
    }
    return [(name, address, key == current, None) for key, (name, address) in named.items()]


def _topics(request: Request) -> list[TopicLine]:
    """Return the topics to choose from: those with most on them, and those chosen already."""
    chosen = set(request.GET.getlist("topic"))
    lines = reads.topics(request.viewer)
    return [line for place, line in enumerate(lines) if place < MOST_CHOICES or line.slug in chosen]


def _spaces(request: Request) -> list[Space]:
    """Return the spaces to choose from: the viewer's most alive, and those chosen already."""
    readable = Space.objects.readable_by(request.viewer).filter(purpose="space")
    mine = readable.filter(pk__in=request.viewer.space_ids).order_by("-last_item_at")[:MOST_CHOICES]
    chosen = request.GET.getlist("space")[:20]
    named = {space.pk: space for space in mine}
    if chosen:
        named |= {space.pk: space for space in readable.filter(slug__in=chosen)}
    return list(named.values())


def _facets(
    kinds: list[str],
    topics: list[TopicLine],
    chosen_topics: list[TopicLine],
    spaces: list[Space],
    chosen_spaces: list[Space],
) -> list[tuple[str, str, list[Any]]]:
    groups: list[tuple[str, str, list[Any]]] = [
        (_("Kind"), "kind", [(kind, label, None, kind in kinds) for kind, (label, _sql) in reads.kinds().items()]),
        (_("Topic"), "topic", [(t.slug, t.name, t.items, t in chosen_topics) for t in topics]),
        (_("Space"), "space", [(s.slug, s.name, None, s in chosen_spaces) for s in spaces]),
    ]
    return [group for group in groups if group[2]]
