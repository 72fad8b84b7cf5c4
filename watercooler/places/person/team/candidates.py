"""Who could be in a team: what each can do, shown by their work or said by themselves, and how to reach them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log2

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.places.person.directory import open_statuses
from watercooler.projections.experts.load import WEIGHT
from watercooler.projections.experts.reads import Evidence
from watercooler.projections.experts.skills import proven

LONGEST = 60
MOST_SKILLS = 12
MOST_PEOPLE = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a team is looked for. skills: as typed, cleaned. must, left_out, kept: handles.

    site, unit: where from; all of them are spanned if `spans`, else nobody comes from elsewhere.
    """

    skills: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    site: tuple[int, ...] = ()
    unit: tuple[int, ...] = ()
    spans: bool = False
    language: str = ""
    only_open: bool = False


@dataclass(slots=True)
class Ability:
    """One skill of one person. proofs: what shows it, at most three; says: their own words for it, or empty."""

    skill: str
    proofs: list[Evidence] = field(default_factory=list)
    says: str = ""

    @property
    def is_proven(self) -> bool:
        return bool(self.proofs)

    @property
    def accepted(self) -> int:
        return sum(each.is_accepted for each in self.proofs)

    @property
    def helped(self) -> int:
        return sum(each.helped_count for each in self.proofs)

    @property
    def strength(self) -> float:
        """Return how well it is known: work counts, its use more; one's own word is worth one."""
        shown = 1 + log2(1 + 3 * self.accepted + self.helped + len(self.proofs)) if self.is_proven else 0.0
        return shown + (1.0 if self.says else 0.0)


@dataclass(slots=True)
class Candidate:
    """One person with their abilities by skill. load: how often they were asked in seven days."""

    id: int
    handle: str
    name: str
    photo: str
    job: str
    languages: list[str]
    status: str
    site_id: int
    unit_id: int
    site: str
    town: str
    time_zone: str
    load: int
    abilities: dict[str, Ability] = field(default_factory=dict)

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def is_open(self) -> bool:
        return self.status in open_statuses()

    @property
    def worth(self) -> float:
        """Return what decides between teams of one size: how well the skills are known, less what they were asked."""
        known = sum(one.strength for one in self.abilities.values())
        return (known + (0.5 if self.is_open else 0.0)) / (1 + WEIGHT * self.load)


# Whole words: "art" is not in "smart homes", and "welding" is in "underwater welding". Each offer is read once, however
# many people make it (5,000 people, 12 skills: a quarter of the time).
SAYING = """
with offered as materialized (
    select p.id, offer as word from people_person p cross join unnest(p.offers) offer where p.is_active and p.role >= 20
), spelt as materialized (
    select word, ' ' || regexp_replace(lower(word), '[^[:alnum:]]+', ' ', 'g') || ' ' as spaced
    from (select distinct word from offered) each
), meant as materialized (
    select spelt.word, s.skill from spelt
    join unnest(%(skills)s::text[], %(spaced)s::text[]) s (skill, spaced) on position(s.spaced in spelt.spaced) > 0
)
select offered.id, meant.skill, min(offered.word) as word from offered join meant using (word)
group by offered.id, meant.skill
"""
# Who does not want to be named as somebody who knows is not put into a team either.
PEOPLE = """
select p.id, p.handle, p.name, p.photo, p.job, p.languages, p.status, coalesce(p.site_id, 0), coalesce(p.unit_id, 0),
       coalesce(site.name, ''), coalesce(site.town, ''), coalesce(site.time_zone, ''),
       (select count(*)::int from experts_nudge n where n.person_id = p.id and n.at > now() - interval '7 days')
from people_person p left join people_site site on site.id = p.site_id
where p.is_active and p.role >= 20
  and (p.handle = any(%(must)s) or (p.id = any(%(able)s)
       and not exists (select from experts_findable f where f.person_id = p.id and f.is_out)
       and (%(spans)s or ((%(site)s::bigint[] = '{}' or p.site_id = any(%(site)s))
                          and (%(unit)s::bigint[] = '{}' or p.unit_id = any(%(unit)s))))
       and (%(language)s = '' or %(language)s = any(p.languages))
       and (not %(only_open)s or p.status = any(%(open)s))))
"""


def candidates(viewer: Viewer, wanted: Wanted) -> dict[int, Candidate]:
    """Return id → everybody who can do something of what is wanted, and those who must be in.

    Cost: five prepared queries, and one for each skill.
    """
    abilities = _abilities(viewer, wanted.skills)
    values = {
        "must": [*wanted.must, *wanted.kept],
        "able": list(abilities),
        "site": list(wanted.site),
        "unit": list(wanted.unit),
        "spans": wanted.spans,
        "language": wanted.language,
        "only_open": wanted.only_open,
        "open": list(open_statuses()),
    }
    people = {one.id: one for one in hot.rows(PEOPLE, Candidate, **values)}
    for person_id, candidate in people.items():
        candidate.abilities = abilities.get(person_id, {})
    return people


def _abilities(viewer: Viewer, skills: Sequence[str]) -> dict[int, dict[str, Ability]]:
    """Return person → skill → ability, from work the viewer may read and from what people offer."""
    found: dict[int, dict[str, Ability]] = {}
    for skill, people in proven(viewer, skills).items():
        for person_id, proofs in people:
            found.setdefault(person_id, {})[skill] = Ability(skill, proofs)
    for person_id, skill, word in _saying(skills):
        found.setdefault(person_id, {}).setdefault(skill, Ability(skill)).says = word
    return found


def _saying(skills: Sequence[str]) -> list[tuple[int, str, str]]:
    spaced = [f" {' '.join(_words(skill))} " for skill in skills]
    usable = [(skill, each) for skill, each in zip(skills, spaced, strict=True) if each.strip()]
    if not usable:
        return []
    values = {"skills": [skill for skill, _ in usable], "spaced": [each for _, each in usable]}
    return [(row.id, row.skill, row.word) for row in hot.rows(SAYING, **values)]


def _words(skill: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in skill.lower()).split()
