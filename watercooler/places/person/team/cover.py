"""The fewest people who cover what is needed: exactly where that is quick, else greedily with a proven bound.

Set cover is hard in general, but a team is small. Level by level, all sets of one person, of two, of three … are grown,
each by somebody who covers the first need still open: every smallest team can be put in that order, so none is missed,
and of teams of one size the one worth most is kept. Where that takes too long, the greedy choice (most new needs first)
is at most 1 + 1/2 + … + 1/d times as large as the smallest, d being what one person covers at most (Chvátal 1979).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil

EFFORT = 100_000
"""Steps after which the exact way gives up; about 0.1 s of processor time."""

type Needs = frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class Cover:
    """chosen: those who must be in first, then by what they add. open: what nobody covers.

    at_least: no team that covers as much has fewer people; is_smallest: this one has no more.
    """

    chosen: tuple[int, ...]
    open: Needs
    at_least: int

    @property
    def is_smallest(self) -> bool:
        return len(self.chosen) <= self.at_least


def cover(
    wanted: Iterable[Hashable],
    able: Mapping[int, Needs],
    worth: Mapping[int, float] | None = None,
    must: Iterable[int] = (),
    effort: int = EFFORT,
) -> Cover:
    """Return the smallest team that covers as much of `wanted` as anybody can, worth the most among its size.

    able: person → what they cover. must: who is in whatever they cover. The order of what comes in changes nothing.
    """
    wanted, fixed = frozenset(wanted), tuple(dict.fromkeys(must))
    possible = wanted & frozenset().union(*able.values()) if able else frozenset()
    need = sorted(possible.difference(*(able.get(one, frozenset()) for one in fixed)), key=repr)
    bits = {each: 1 << place for place, each in enumerate(need)}
    masks = _best_of_each(able, bits, worth or {}, frozenset(fixed))
    full = (1 << len(need)) - 1
    team, least = _exact(full, masks, worth or {}, effort)
    if team is None:
        team = _greedy(full, masks, worth or {})
        least = max(least, _bound(full, masks, len(team)))
    return Cover((*fixed, *_by_what_they_add(team, masks)), wanted - possible, len(fixed) + least)


def _best_of_each(
    able: Mapping[int, Needs], bits: Mapping[Hashable, int], worth: Mapping[int, float], fixed: frozenset[int]
) -> dict[int, int]:
    """Return person → mask of needs, one person a mask: of two who cover the same, no smallest team has both."""
    best: dict[int, int] = {}
    for person in sorted(able.keys() - fixed):
        mask = sum(bits[each] for each in able[person] if each in bits)
        if mask and (mask not in best or worth.get(person, 0) > worth.get(best[mask], 0)):
            best[mask] = person
    return {person: mask for mask, person in sorted(best.items())}


def _exact(
    full: int, masks: Mapping[int, int], worth: Mapping[int, float], effort: int
) -> tuple[tuple[int, ...] | None, int]:
    """Return the smallest team, or None where it takes too long; and how many people are needed at least."""
    level: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    size = 0
    while full not in level:
        grown: dict[int, tuple[float, tuple[int, ...]]] = {}
        for covered, (value, team) in level.items():
            first = ~covered & (covered + 1)
            for person, mask in masks.items():
                if not mask & first:
                    continue
                effort -= 1
                better = (value + worth.get(person, 0), (*team, person))
                if (covered | mask) not in grown or better[0] > grown[covered | mask][0]:
                    grown[covered | mask] = better
            effort -= 1
            if effort < 0:
                return None, size + 1
        level, size = grown, size + 1
    return level[full][1], size


def _greedy(full: int, masks: Mapping[int, int], worth: Mapping[int, float]) -> tuple[int, ...]:
    """Return a team by taking, again and again, who adds most; then whoever turned out not to be needed goes."""
    team: list[int] = []
    covered = 0
    while covered != full:
        added = {person: (mask & ~covered).bit_count() for person, mask in masks.items()}
        best = max(masks, key=lambda one: (added[one], worth.get(one, 0), -one))
        team.append(best)
        covered |= masks[best]
    for person in list(team):
        rest = 0
        for other in team:
            rest |= masks[other] if other != person else 0
        if rest == full:
            team.remove(person)
    return tuple(team)


def _bound(full: int, masks: Mapping[int, int], found: int) -> int:
    """Return how many people any team needs: by the most one covers, by needs that no two share, by the greedy rule."""
    most = max((mask.bit_count() for mask in masks.values()), default=1)
    greedy_factor = sum(1 / step for step in range(1, most + 1))
    apart, left = 0, full
    while left:
        first = left & -left
        apart += 1
        for mask in masks.values():
            if mask & first:
                left &= ~mask
    return max(ceil(full.bit_count() / most), ceil(found / greedy_factor - 1e-9), apart)


def _by_what_they_add(team: Iterable[int], masks: Mapping[int, int]) -> list[int]:
    return sorted(team, key=lambda person: (-masks[person].bit_count(), person))
