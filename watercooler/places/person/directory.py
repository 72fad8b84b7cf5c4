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
from watercooler.spine.spaces.sight import KNOWN, known_values

PAGE = 30


@cache
def open_statuses() -> tuple[str, ...]:
    """Return the status that the directory can be asked for, in each language: who says this likes to be asked."""
    said = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            said.append(gettext("Open to questions"))
    return tuple(dict.fromkeys(said))


COLUMNS = """p.id, p.handle, p.name, p.job, p.photo, p.role, p.status, coalesce(site.name, ''), coalesce(site.town, ''),
    coalesce(unit.name, ''), p.offers, coalesce(c.helped, 0), p.ends_on, coalesce(sponsor.name, ''),
    exists (select 1 from social_follow f
            where f.follower_id = %(viewer)s and f.person_id = p.id and f.level <> 'muted'),
    p.is_imported and p.last_login is null"""

JOINS = """
left join people_site site on site.id = p.site_id
left join people_unit unit on unit.id = p.unit_id
left join people_person sponsor on sponsor.id = p.sponsor_id
left join contributions_contribution c on c.person_id = p.id"""

FILTERS = """p.is_active
    and (%(site)s::bigint[] = '{}' or p.site_id = any(%(site)s))
    and (%(unit)s::bigint[] = '{}' or p.unit_id = any(%(unit)s))
    and (%(skill)s::text[] = '{}' or p.offers && %(skill)s::varchar[])
    and (%(language)s::text[] = '{}' or p.languages && %(language)s::varchar[])
    and (not %(is_open)s or p.status = any(%(open_statuses)s))"""

BY_NAME = f"""
select {COLUMNS}, 0 from (select p.* from people_person p where {FILTERS} and {KNOWN}
    and (lower(p.name), p.id) > (%(after)s, %(after_id)s) order by lower(p.name), p.id limit %(limit)s) p {JOINS}
order by lower(p.name), p.id"""

# How near a person is to what was typed, in thousandths: the name counts most, and forgives misspelling.
BY_NEARNESS = f"""
select {COLUMNS}, p.near from (select p.*, found.near from people_person p cross join lateral (
        select (greatest(
            word_similarity(%(words)s, lower(p.name)) * 1000,
            case when p.handle like %(words)s || '%%' then 950 else 0 end,
            case when lower(p.job) like '%%' || %(words)s || '%%' then 700 else 0 end,
            case when exists (select 1 from unnest(p.offers) o
                              where lower(o) like '%%' || %(words)s || '%%') then 800 else 0 end
        ))::int as near) found
    where {FILTERS} and {KNOWN} and found.near >= 400
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


def find(viewer: Viewer, wanted: Wanted, after: str = "") -> tuple[list[Found], str]:
    """Return at most 30 people and where the next page begins. By name; or nearest first where words were typed.

    Cost: one query, over all people where words were typed (5,000: about 15 ms).
    """
    place, _bar, number = after.rpartition("|")
    words = wanted.words.lower()
    values = {
        "words": words.replace("\\", "").replace("%", "").replace("_", ""),
        "after": place,
        "near": int(place) if place.isdecimal() and len(place) < 6 else 100_000,
        "after_id": int(number) if number.isdecimal() and len(number) < 16 else 0,
        "site": list(wanted.site),
        "unit": list(wanted.unit),
        "skill": list(wanted.skill),
        "language": list(wanted.language),
        "is_open": wanted.is_open,
        "open_statuses": open_statuses(),
        "limit": PAGE + 1,
        **known_values(viewer),
    }
    found = hot.rows(BY_NEARNESS if values["words"] else BY_NAME, Found, **values)
    if len(found) <= PAGE:
        return found, ""
    last = found[PAGE - 1]
    return found[:PAGE], f"{last.near if values['words'] else last.name.lower()}|{last.id}"


FACETS = """
select 'site' as facet, s.id::text as value, s.name as label, count(*)::int as people
from people_person p join people_site s on s.id = p.site_id where p.is_active group by s.id
union all select 'unit', u.id::text, u.name, count(*)::int
from people_person p join people_unit u on u.id = p.unit_id where p.is_active group by u.id
union all (select 'skill', skill, skill, count(*)::int from people_person p, unnest(p.offers) skill
    where p.is_active group by skill order by 4 desc, 2 limit 14)
union all (select 'language', tongue, tongue, count(*)::int from people_person p, unnest(p.languages) tongue
    where p.is_active group by tongue order by 4 desc, 2 limit 14)
union all select 'open', '1', '', count(*)::int from people_person p where p.is_active and p.status = any(%(open)s)
order by 1, 4 desc, 3
"""
KEPT_SECONDS = 60
_kept: tuple[float, list[Any]] = (0.0, [])


def facets() -> list[Any]:
    """Return rows of (facet, value, label, people) over the whole directory. Cost: one query in a minute."""
    global _kept
    if _kept[0] < time.monotonic():
        _kept = (time.monotonic() + KEPT_SECONDS, hot.rows(FACETS, open=open_statuses()))
    return _kept[1]


def forget_facets() -> None:
    """Count the facets anew: after the directory was changed."""
    global _kept
    _kept = (0.0, [])
