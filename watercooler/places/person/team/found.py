"""A team as its page shows it: who covers what, who else could, and what nobody covers."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from watercooler.foundation.base.viewer import Viewer
from watercooler.places.person.team.candidates import Candidate, Wanted, candidates
from watercooler.places.person.team.cover import Cover, cover

OTHERS = 3
MOST_SPANNED = 6


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the team. alone: skills that only they cover in it. is_must: asked for by name."""

    person: Candidate
    skills: list[str]
    alone: list[str]
    is_must: bool
    can_swap: bool


@dataclass(frozen=True, slots=True)
class Team:
    """others: skill → who else could cover it, best first, at most 3. open_skills, open_places: covered by nobody.

    unknown: handles asked for that are nobody's.
    """

    members: list[Member]
    others: dict[str, list[Candidate]]
    open_skills: list[str]
    open_places: int
    at_least: int
    is_smallest: bool
    unknown: list[str]

    @property
    def covered(self) -> int:
        return len(self.others) - len(self.open_skills)


def team(viewer: Viewer, wanted: Wanted) -> Team:
    """Return the smallest team for what is wanted. Cost: as `candidates`; the choice at most about 0.15 s."""
    people = candidates(viewer, wanted)
    by_handle = {one.handle: one.id for one in people.values()}
    must = [by_handle[handle] for handle in wanted.must if handle in by_handle]
    kept = [by_handle[handle] for handle in wanted.kept if handle in by_handle]
    left_out = set(wanted.left_out) - set(wanted.must)
    free = {number: one for number, one in people.items() if one.handle not in left_out}
    places = _places(wanted)
    able = {number: frozenset([*one.abilities, *_from(one, wanted, places)]) for number, one in free.items()}
    worth = {number: one.worth for number, one in free.items()}
    found = cover([*wanted.skills, *places], able, worth, [*must, *(one for one in kept if one in free)])
    return _shown(wanted, people, free, frozenset(must), found)


def _places(wanted: Wanted) -> list[tuple[str, int]]:
    """Return the sites and units that the team shall span, as further things to cover."""
    if not wanted.spans:
        return []
    return [*(("site", one) for one in wanted.site), *(("unit", one) for one in wanted.unit)][:MOST_SPANNED]


def _from(one: Candidate, wanted: Wanted, places: list[tuple[str, int]]) -> list[Hashable]:
    return [place for place in places if place in (("site", one.site_id), ("unit", one.unit_id))]


def _shown(
    wanted: Wanted,
    people: dict[int, Candidate],
    free: dict[int, Candidate],
    must: frozenset[int],
    found: Cover,
) -> Team:
    chosen = [people[number] for number in found.chosen]
    members = [_member(one, chosen, wanted, one.id in must) for one in chosen]
    others = {
        skill: sorted(
            (one for one in free.values() if skill in one.abilities and one.id not in found.chosen),
            key=lambda one, skill=skill: (-one.abilities[skill].strength, one.name, one.id),  # type: ignore[misc]
        )[:OTHERS]
        for skill in wanted.skills
    }
    open_skills = [skill for skill in wanted.skills if skill in found.open]
    unknown = [handle for handle in wanted.must if handle not in {one.handle for one in people.values()}]
    open_places = len(found.open) - len(open_skills)
    return Team(members, others, open_skills, open_places, found.at_least, found.is_smallest, unknown)


def _member(one: Candidate, chosen: list[Candidate], wanted: Wanted, is_must: bool) -> Member:
    skills = [skill for skill in wanted.skills if skill in one.abilities]
    elsewhere = {skill for other in chosen if other.id != one.id for skill in other.abilities}
    return Member(one, skills, [skill for skill in skills if skill not in elsewhere], is_must, not is_must)
