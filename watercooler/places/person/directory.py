"""Finding people: by name, however it is spelt, by what they do and offer, by where they are."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.contributions.reads import GIVEN
from watercooler.spine.content.visibility import visible_values
from watercooler.spine.social.reads.connections import STANDING
from watercooler.spine.spaces.sight import KNOWN, known_values

PAGE = 30
LEAST_NEAR = 420
"""Thousandths; a short word that merely begins as a name does has 400."""


@cache
def open_statuses() -> tuple[str, ...]:
    """Return the status that the directory can be asked for, in each language: who says this likes to be asked."""
    said = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            said.append(gettext("Open to questions"))
    return tuple(dict.fromkeys(said))


COLUMNS = f"""p.id, p.handle, p.name, p.job, p.photo, p.role, p.status, coalesce(site.name, ''),
    coalesce(site.town, ''), coalesce(unit.name, ''), p.offers, c.helped, p.ends_on,
    coalesce(sponsor.name, ''), exists (select 1 from social_follow f
            where f.follower_id = %(viewer)s and f.person_id = p.id and f.level <> 'muted'),
    p.is_imported and p.last_login is null, {STANDING}"""

JOINS = f"""
left join people_site site on site.id = p.site_id
left join people_unit unit on unit.id = p.unit_id
left join people_person sponsor on sponsor.id = p.sponsor_id
{GIVEN}"""

# A unit stands for its parts as well: within (unit, above) pairs each unit with itself and all above it.
WITHIN = """within as materialized (
    with recursive up (unit_id, above_id) as (
        select id, id from people_unit
        union select up.unit_id, u.parent_id from up join people_unit u on u.id = up.above_id
        where u.parent_id is not null)
    select * from up)"""

# One condition a facet, so that the counts of each can leave out its own.
CONDITIONS = {
    "site": "(%(site)s::bigint[] = '{}' or p.site_id = any(%(site)s))",
    "unit": """(%(unit)s::bigint[] = '{}'
        or p.unit_id in (select unit_id from within where above_id = any(%(unit)s)))""",
    "skill": "(%(skill)s::text[] = '{}' or p.offers && %(skill)s::varchar[])",
    "language": "(%(language)s::text[] = '{}' or p.languages && %(language)s::varchar[])",
    "open": "(not %(is_open)s or p.status = any(%(open_statuses)s))",
}
FILTERS = "p.is_active and " + " and ".join(CONDITIONS.values())

BY_NAME = f"""
with recursive {WITHIN}
select {COLUMNS}, 0 from (select p.* from people_person p where {FILTERS} and {KNOWN}
    and (lower(p.name), p.id) > (%(after)s, %(after_id)s) order by lower(p.name), p.id limit %(limit)s) p {JOINS}
order by lower(p.name), p.id"""

# How near a person is to what was typed, in thousandths: the name counts most, and forgives misspelling. What all the
# typed words are found in, wherever each stands, comes last: "defrost leeds" finds who offers the one in the other.
NEAR = """cross join lateral (select greatest(
        word_similarity(%(words)s, lower(p.name)) * 1000,
        case when p.handle like %(words)s || '%%' then 950 else 0 end,
        case when lower(p.job) like '%%' || %(words)s || '%%' then 700 else 0 end,
        case when exists (select 1 from unnest(p.offers) o
                          where lower(o) like '%%' || %(words)s || '%%') then 800 else 0 end,
        case when lower(p.about) like '%%' || %(words)s || '%%' then 600 else 0 end,
        case when lower(concat_ws(' ', p.name, p.job, p.about, array_to_string(p.offers, ' '), whose.name, whose.town,
                                  part.name)) like all(%(each)s) then 500 else 0 end
    )::int as near from (values (1)) one
    left join people_site whose on whose.id = p.site_id left join people_unit part on part.id = p.unit_id) found"""

BY_NEARNESS = f"""
with recursive {WITHIN}
select {COLUMNS}, p.near from (select p.*, found.near from people_person p {NEAR}
    where {FILTERS} and {KNOWN} and found.near > {LEAST_NEAR}
    and (-found.near, p.id) > (-%(near)s::int, %(after_id)s) order by found.near desc, p.id limit %(limit)s) p {JOINS}
order by p.near desc, p.id"""


@dataclass(frozen=True, slots=True)
class Found:
    """One person in the directory."""

    id: int
    handle: str
    name: str
    job: str
    photo: str
    role: int
    status: str
    site: str
    town: str
    unit: str
    offers: list[str]
    helped: int
    ends_on: Any
    sponsor: str
    is_followed: bool
    is_imported: bool
    tie: str
    near: int

    @property
    def is_open(self) -> bool:
        return self.status in open_statuses()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. words: as typed, cleaned. The others: ticked facets, empty for all."""

    words: str = ""
    site: Sequence[int] = ()
    unit: Sequence[int] = ()
    skill: Sequence[str] = ()
    language: Sequence[str] = ()
    is_open: bool = False

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.site or self.unit or self.skill or self.language or self.is_open)


def find(viewer: Viewer, wanted: Wanted, after: str = "") -> tuple[list[Found], str]:
    """Return at most 30 people and where the next page begins. By name; or nearest first where words were typed.

    Cost: one query, over all people where words were typed.
    """
    place, _bar, number = after.rpartition("|")
    values = _values(wanted) | {
        "after": place,
        "near": int(place) if place.isdecimal() and len(place) < 6 else 100_000,
        "after_id": int(number) if number.isdecimal() and len(number) < 16 else 0,
        "limit": PAGE + 1,
        **known_values(viewer),
        **visible_values(viewer),
    }
    found = hot.rows(BY_NEARNESS if values["words"] else BY_NAME, Found, **values)
    if len(found) <= PAGE:
        return found, ""
    last = found[PAGE - 1]
    return found[:PAGE], f"{last.near if values['words'] else last.name.lower()}|{last.id}"


def _values(wanted: Wanted) -> dict[str, Any]:
    """Return what the conditions need; of what was typed, what has a meaning in a pattern is left out."""
    words = wanted.words.lower().replace("\\", "").replace("%", "").replace("_", "").strip()
    return {
        "words": words,
        "each": [f"%{word}%" for word in words.split()[:10]] or ["%"],
        "site": list(wanted.site),
        "unit": list(wanted.unit),
        "skill": list(wanted.skill),
        "language": list(wanted.language),
        "is_open": wanted.is_open,
        "open_statuses": list(open_statuses()),
    }


# Each facet counts who fits everything else that is asked for, so that its numbers say what a tick would add or leave.
_CONDITION_COLUMNS = ", ".join(f"{sql} as in_{name}" for name, sql in CONDITIONS.items())


def _others(facet: str) -> str:
    return " and ".join(f"in_{name}" for name in CONDITIONS if name != facet)


def _facets_sql(near: str = "", far: str = "") -> str:
    return f"""
with recursive {WITHIN}, fits as materialized (
    select p.id, p.site_id, p.unit_id, p.offers, p.languages, p.status, {_CONDITION_COLUMNS}
    from people_person p {near} where p.is_active {far}
)
select 'site' as facet, s.id::text as value, s.name as label, count(*)::int as people
from fits p join people_site s on s.id = p.site_id where {_others("site")} group by s.id
union all select 'unit', u.id::text, u.name, count(*)::int
from fits p join within w on w.unit_id = p.unit_id join people_unit u on u.id = w.above_id
where {_others("unit")} group by u.id
union all (select 'skill', skill, skill, count(*)::int from fits p, unnest(p.offers) skill
    where {_others("skill")} group by skill order by skill = any(%(skill)s) desc, 4 desc, 2 limit 14)
union all (select 'language', tongue, tongue, count(*)::int from fits p, unnest(p.languages) tongue
    where {_others("language")} group by tongue order by tongue = any(%(language)s) desc, 4 desc, 2 limit 14)
union all select 'open', '1', '', count(*)::int from fits p
    where p.status = any(%(open_statuses)s) and {_others("open")}
union all select 'all', '', '', count(*)::int from fits p where {_others("")}
order by 1, 4 desc, 3
"""


ALL_FACETS = _facets_sql()
NEAR_FACETS = _facets_sql(NEAR, f"and found.near > {LEAST_NEAR}")
KEPT_SECONDS = 60
_kept: tuple[float, list[Any]] = (0.0, [])


def facets(wanted: Wanted | None = None) -> list[Any]:
    """Return rows of (facet, value, label, people), for members: how many fit with the rest of what is asked for.

    The facet "all" counts everybody who fits. Cost: one query over all people (5,000: 7 to 47 ms); without
    anything asked for, one in a minute.
    """
    global _kept
    values = _values(wanted or Wanted())
    if wanted is not None and wanted.is_narrow:
        return hot.rows(NEAR_FACETS if values["words"] else ALL_FACETS, **values)
    if _kept[0] < time.monotonic():
        _kept = (time.monotonic() + KEPT_SECONDS, hot.rows(ALL_FACETS, **values))
    return _kept[1]


def forget_facets() -> None:
    """Count the facets anew: after the directory was changed."""
    global _kept
    _kept = (0.0, [])
