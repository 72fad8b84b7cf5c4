"""Search, suggestions, and the kinds there are."""

from typing import Annotated, Any

from django.utils import timezone
from ninja import Query

from watercooler.doors.api.answering import next_address, place_of
from watercooler.doors.api.creating import shape_of
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.routes.found import AboutTopic, After, ByAuthor, InSpace
from watercooler.doors.api.routes.items import KindName
from watercooler.doors.api.shapes.common import PersonBrief, address
from watercooler.doors.api.shapes.found import Found, Hit, InFile, Meaning, Named, Suggested
from watercooler.doors.api.shapes.told import Kind, Kinds
from watercooler.projections.search import filters, listing, reads
from watercooler.projections.search.query import parse
from watercooler.projections.search.saved.asked import chosen_of, state
from watercooler.spine.content.kinds import registered

routes = Routes("Search")
MOST_SKIPPED = 380
Sought = Annotated[
    str,
    Query(
        max_length=300,
        description="Words, “a phrase” in quotes, -words to leave out, and filters as people type them: "
        "`from:priya`, `in:heat`, `topic:frost`, `kind:question`, `before:2026-11`, `after:yesterday`, `is:solved`, "
        "`is:open`. It may be empty where another filter is sent.",
    ),
]
Typed = Annotated[
    str,
    Query(
        max_length=300,
        description="What is being typed, from two letters on. @ before it asks for people alone, # for topics.",
    ),
]
OfKind = Annotated[
    KindName | None, Query(description="Only this kind of item, as `/kinds` names it; null or left out for all.")
]
Solved = Annotated[
    bool | None,
    Query(
        description="True for solved questions and the answers to them alone, false for open questions and the answers "
        "to them; null or left out for both."
    ),
]


@routes.read("/search", Found)
def search(
    request: Asked,
    q: Sought = "",
    kind: OfKind = None,
    space: InSpace = "",
    topic: AboutTopic = "",
    author: ByAuthor = "",
    solved: Solved = None,
    after: After = None,
) -> Found:
    """Find items, people, spaces and topics. The words may hold the filters of the search box, as `in:heat is:solved`.

    Results come best first and end at a hundred threads. Filters alone, as `from:priya`, list the newest first, and end
    at 400. What of the filters says nothing is told in `unclear`.

    Who may: everybody, of what they may read; guests find the people with whom they share a space.
    Refuses: nothing of its own; filters that say nothing are told in `unclear`.
    """
    query, place = parse(q), place_of(after)
    clicked = {"kind": kind or "", "space": space, "topic": topic, "author": author, "solved": state(solved)}
    skip = min(int(place), MOST_SKIPPED) if place.isdecimal() and len(place) < 5 else 0
    unclear, chosen = filters.unclear(query), chosen_of(query, clicked)
    if not query.words and not listing.is_asked(query, chosen):
        return Found(hits=[], named=[], meanings=[], kinds={}, unclear=unclear, next=None)
    sought, _called, unknown = listing.sought(request.viewer, query, now=timezone.now(), chosen=chosen, skip=skip)
    found = reads.whole(sought)
    more = str(skip + reads.PAGE) if found.has_more and skip < MOST_SKIPPED else ""
    return Found(
        hits=[_hit(one) for one in found.hits],
        named=_named(found.people, found.named_spaces, found.named_topics),
        meanings=[_meaning(one) for one in found.meanings],
        kinds=found.kinds,
        unclear=[*unclear, *unknown],
        next=next_address(request, more),
    )


def _meaning(one: reads.Meaning) -> Meaning:
    return Meaning(id=one.id, name=one.name, meaning=one.meaning, others=list(one.others))


def _hit(one: reads.Hit) -> Hit:
    names = ("published_at", "helped_count", "reply_count", "is_solved", "is_accepted", "is_checked")
    return Hit(
        item=one.id,
        kind=one.kind.name,
        title=str(one.title),
        snippet=str(one.snippet),
        file=InFile(name=one.file.name, url=address(one.file.url)) if one.file else None,
        url=address(one.url),
        space=one.space_name,
        author=PersonBrief.of(one.author),
        **{name: getattr(one, name) for name in names},
    )


type Rows = list[dict[str, Any]]


def _named(people: Rows, spaces: Rows, topics: Rows) -> list[Named]:
    return [
        *(Named(what="person", name=p["name"], line=p["job"], url=address(f"/people/{p['handle']}")) for p in people),
        *(Named(what="space", name=s["name"], line=s["tagline"], url=address(f"/spaces/{s['slug']}/")) for s in spaces),
        *(Named(what="topic", name=t["name"], line="", url=address(f"/topics/{t['slug']}")) for t in topics),
    ]


@routes.read("/search/suggest", Suggested)
def suggest(request: Asked, q: Typed = "") -> Suggested:
    """Suggest items, people, spaces and topics with names like what is being typed; @ and # narrow it.

    Names say nothing of what filters are typed for: with from:, kind: and the like there is nothing to suggest.

    Who may: everybody, of what they may know of.
    Refuses: nothing of its own.
    """
    query = parse(q)
    words = query.words
    mode, words = (words[0], words[1:].strip()) if words[:1] in {"@", "#"} else ("", words)
    if len(words) < 2 or query.filters:
        return Suggested(suggestions=[])
    found = reads.suggest(request.viewer, parse(words))
    items = [
        Named(what="item", name=one["title"], line=str(one["kind"].label), url=address(one["url"]))
        for one in ([] if mode else found.items)
    ]
    named = _named(
        found.people if mode != "#" else [], [] if mode else found.spaces, found.topics if mode != "@" else []
    )
    return Suggested(suggestions=[*items, *named])


kinds_routes = Routes("Items")


@kinds_routes.read("/kinds", Kinds)
def kinds(request: Asked) -> Kinds:
    """List the kinds of item there are, and what to send to make one.

    Who may: everybody.
    Refuses: nothing of its own.
    """
    return Kinds(
        kinds=[
            Kind(
                name=kind.name,
                label=str(kind.label),
                plural=str(kind.plural),
                parents=sorted(kind.parents),
                has_title=kind.has_title,
                can_be_made=bool(kind.compose) and request.viewer.role >= kind.made.needs,
                send=shape_of(kind).model_json_schema() if kind.compose else None,
            )
            for kind in registered().values()
        ]
    )
