"""What a search asks, apart from who asks: read from an address, written as one, and said in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext as _

from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.projections.search.filters import kind_called
from watercooler.projections.search.listing import is_asked
from watercooler.projections.search.query import Query, parse
from watercooler.spine.content.kinds import registered
from watercooler.spine.spaces.models import Space

NAMES = ("q", "kind", "space", "topic", "author", "solved")
"""What is kept of a search page's address; how it is sorted and where the page begins is not."""
LONGEST = 300
LONGEST_NAME = 80
STATES = {"solved": "1", "open": "0"}
TYPED = {"kind": "kind", "in": "space", "topic": "topic", "from": "author"}


@dataclass(frozen=True, slots=True)
class Asked:
    """query: the words. chosen: kind, space, topic, author and solved, clicked or typed, as `reads.find` takes them."""

    query: Query
    chosen: dict[str, str]


def chosen_of(query: Query, clicked: Mapping[str, str]) -> dict[str, str]:
    """Return what was clicked, with what was typed as a filter where nothing was."""
    chosen = dict(clicked)
    for word, name in TYPED.items():
        chosen[name] = chosen.get(name) or query.filters.get(word, "")
    chosen["kind"] = kind_called(chosen["kind"])
    chosen["solved"] = chosen.get("solved") or STATES.get(query.filters.get("is", ""), "")
    chosen["solved"] *= chosen["solved"] in STATES.values()
    return chosen


def state(solved: bool | None) -> str:
    """Return what an address says for solved questions, for open ones, or for both."""
    return "" if solved is None else str(int(solved))


def canonical(given: Mapping[str, str]) -> str:
    """Return the address of a search after the question mark, in one way of writing; empty if it asks for nothing."""
    kept = {"q": clean_line(given.get("q", "")[:LONGEST])}
    kept |= {name: clean_line(given.get(name, "")[:80]) for name in NAMES[1:]}
    return urlencode({name: value for name, value in kept.items() if value}) if asks(kept) else ""


def asks(given: Mapping[str, str]) -> bool:
    """Say whether an address asks for words, or for something by filters alone."""
    query = parse(given.get("q", ""))
    clicked = {name: given.get(name, "") for name in NAMES[1:]}
    return bool(query.terms) or is_asked(query, chosen_of(query, clicked))


def given(asked: str) -> dict[str, str]:
    """Return what `canonical` wrote, by name."""
    return {name: value for name, value in parse_qsl(asked) if name in NAMES}


def read(asked: str) -> Asked:
    """Return what is asked for at an address that `canonical` wrote."""
    clicked = given(asked)
    query = parse(clicked.pop("q", ""))
    return Asked(query, chosen_of(query, clicked))


def called(viewer: Viewer, asked: str) -> str:
    """Return a name for a search: its words, then its filters and scope. Cost: at most one query."""
    said = filters(asked, space_names(viewer, [asked]))
    return " · ".join(filter(None, [read(asked).query.words, *said]))[:LONGEST_NAME].rstrip(" ·")


def space_names(viewer: Viewer, asked: Iterable[str]) -> dict[str, str]:
    """Return slug → name of the spaces searched, of those the viewer may know of. Cost: at most one query."""
    slugs = {read(each).chosen.get("space", "") for each in asked} - {""}
    return dict(Space.objects.listed_for(viewer).filter(slug__in=slugs).values_list("slug", "name")) if slugs else {}


def filters(asked: str, names: Mapping[str, str]) -> list[str]:
    """Return the filters and the scope in words. A space without a name in `names` keeps the word of its address."""
    found = read(asked)
    chosen, typed = found.chosen, found.query.filters
    kind = registered().get(chosen.get("kind", ""))
    words = [str(kind.plural)] if kind else []
    if chosen.get("solved"):
        words.append(_("solved") if chosen["solved"] == "1" else _("open"))
    if slug := chosen.get("space", ""):
        words.append(names.get(slug, slug))
    words += [f"{sign}{chosen[name]}" for name, sign in (("topic", "#"), ("author", "@")) if chosen.get(name)]
    return words + [f"{name}:{typed[name]}" for name in ("after", "before") if name in typed]
