"""What may narrow a search down: of which kinds, spaces and topics the threads found are, counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from watercooler.foundation.base.kept import Kept

MOST_SPACES, MOST_TOPICS = 6, 8
NO_NAMES = "[[], []]"


class Tally(NamedTuple):
    """Of the best 100 threads, kinds: kind → count. spaces, topics: (id, count), those that most threads have."""

    kinds: dict[str, int]
    spaces: list[tuple[int, int]]
    topics: list[tuple[int, int]]
    people: list[dict[str, Any]]
    named_spaces: list[dict[str, Any]]
    named_topics: list[dict[str, Any]]
    key: str
    """All of it, to keep something by."""


class Around(NamedTuple):
    """kinds: kind → count. spaces, topics: [slug, name, count]. Counts are of the best 100 threads."""

    kinds: dict[str, int]
    spaces: list[tuple[str, str, int]]
    topics: list[tuple[str, str, int]]
    people: list[dict[str, Any]]
    named_spaces: list[dict[str, Any]]
    named_topics: list[dict[str, Any]]


_tallies: Kept[Tally] = Kept(2_000)


def tally(around_json: str) -> Tally:
    """Return what sql.facets returned, counted."""
    return _tallies.get(around_json, lambda: _counted(*json.loads(around_json)))


def _counted(kinds: str, spaces: str, topics: str, *named: Any) -> Tally:
    counts = dict(sorted(Counter(kinds.split()).items())), _most(spaces, MOST_SPACES), _most(topics, MOST_TOPICS)
    people, named_spaces, named_topics = named
    return Tally(*counts, people, named_spaces, named_topics, repr((counts, named)))


def _most(numbers: str, most: int) -> list[tuple[int, int]]:
    counts = Counter(map(int, numbers.split()))
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:most]


def around(counts: Tally, names: str) -> Around:
    """Return what stands around results. names: what sql.CALLED returned."""
    spaces, topics = json.loads(names)
    return Around(counts.kinds, _called(counts.spaces, spaces), _called(counts.topics, topics), *counts[3:6])


def _called(counts: Sequence[tuple[int, int]], names: Sequence[Sequence[Any]]) -> list[tuple[str, str, int]]:
    """Return slug, name and count, most first."""
    many = dict(counts)
    return sorted([(slug, name, many[pk]) for pk, slug, name in names], key=lambda one: (-one[2], one[0]))
