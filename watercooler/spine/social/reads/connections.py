"""Who is connected with whom, as far as the viewer may know: own list, requests, and whom both know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.people.models import Person
from watercooler.spine.social.models import Connection, Tie
from watercooler.spine.spaces.sight import KNOWN, known_values

PAGE = 30
MOST_WAITING = 50
MOST_MUTUAL = 60

# How the viewer stands with `people_person p`, as they may know it: a refusal looks like a request that waits.
STANDING = """coalesce((select case when c.state = 'connected' then 'connected'
        when c.asker_id = %(viewer)s and c.state in ('asked', 'declined') then 'asked'
        when c.asker_id <> %(viewer)s and c.state = 'asked' then 'waiting' else '' end
    from social_connection c
    where c.one_id = least(p.id, %(viewer)s::bigint) and c.other_id = greatest(p.id, %(viewer)s::bigint)), '')"""
"""A column over `people_person p`: "connected", "asked" by the viewer, "waiting" for the viewer, or ""."""

IS_CONNECTED = """exists (select from social_connection c where c.state = 'connected'
    and c.one_id = least(p.id, %(viewer)s::bigint) and c.other_id = greatest(p.id, %(viewer)s::bigint))"""
"""Whether the viewer is connected with `people_person p`, for lists that show those first."""

WITH_ME = """select case when c.one_id = %(viewer)s then c.other_id else c.one_id end as id, c.at, c.answered_at
    from social_connection c where c.state = 'connected' and (c.one_id = %(viewer)s or c.other_id = %(viewer)s)"""


def mutual(person: str, most: int) -> str:
    """Return SQL for the people whom the viewer and `person` (an expression) both know, as (id, name, handle, …).

    Nobody is shown who hides their connections, and nothing of somebody who does.
    """
    return f"""select m.id, m.name, m.handle, m.photo, m.job from ({WITH_ME}) mine
    join social_connection c on c.state = 'connected'
        and c.one_id = least(mine.id, {person}) and c.other_id = greatest(mine.id, {person})
    join people_person m on m.id = mine.id and m.is_active
    where {person} <> %(viewer)s and {KNOWN.replace(" p.", " m.")} and not exists (
        select from social_connectionchoice h where h.hides_connections and h.person_id in (mine.id, {person}))
    order by m.name, m.id limit {most}"""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the viewer is connected with. email: connected people have each other's."""

    id: int
    handle: str
    name: str
    job: str
    photo: str
    status: str
    site: str
    town: str
    email: str
    since: datetime


OWN = f"""
select p.id, p.handle, p.name, p.job, p.photo, p.status, coalesce(site.name, ''), coalesce(site.town, ''), p.email,
       coalesce(mine.answered_at, mine.at)
from ({WITH_ME}) mine join people_person p on p.id = mine.id and p.is_active
left join people_site site on site.id = p.site_id
where {KNOWN} and (%(words)s = '' or lower(p.name) like '%%' || %(words)s || '%%'
                   or lower(p.job) like '%%' || %(words)s || '%%')
  and (lower(p.name), p.id) > (%(after)s, %(after_id)s)
order by lower(p.name), p.id limit %(limit)s
"""


def connections(viewer: Viewer, words: str = "", after: str = "", limit: int = PAGE) -> tuple[list[Known], str]:
    """Return the viewer's connections by name, and where the next page begins. Cost: one prepared query."""
    name, _bar, number = after.rpartition("|")
    values = {
        "words": words.lower().replace("\\", "").replace("%", "").replace("_", ""),
        "after": name,
        "after_id": int(number) if number.isascii() and number.isdecimal() and len(number) < 16 else 0,
        "limit": limit + 1,
        **known_values(viewer),
    }
    found = hot.rows(OWN, Known, **values)
    if len(found) <= limit:
        return found, ""
    return found[:limit], f"{found[limit - 1].name.lower()}|{found[limit - 1].id}"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A request that waits, or an introduction. kind: "request", "introduction" or "sent".

    person: whom it is about; by: who introduced them, else None. other_said_yes: to the introduction. is_connected:
    the two know each other already.
    """

    kind: str
    id: int
    at: datetime
    note: str
    person: dict[str, Any]
    by: dict[str, Any] | None
    said_yes: bool
    other_said_yes: bool
    is_connected: bool


_PERSON = """jsonb_build_object('id', {p}.id, 'name', {p}.name, 'handle', {p}.handle, 'photo', {p}.photo,
    'job', {p}.job, 'town', coalesce((select coalesce(nullif(town, ''), name) from people_site
                                      where id = {p}.site_id), ''))"""
REQUESTS = f"""select 'request', c.id, c.at, c.note, {_PERSON.format(p="p")}, null::jsonb, false, false, false
from social_connection c join people_person p on p.id = c.asker_id and p.is_active
where c.state = 'asked' and c.asker_id <> %(viewer)s and (c.one_id = %(viewer)s or c.other_id = %(viewer)s)
  and {KNOWN} and not exists (select from social_follow f where f.follower_id = %(viewer)s and f.person_id = p.id
                              and f.level = 'muted')"""
INTRODUCTIONS = f"""select 'introduction', n.id, n.at, n.note, {_PERSON.format(p="p")}, {_PERSON.format(p="b")},
    case when n.one_id = %(viewer)s then n.one_answer else n.other_answer end = 'yes',
    case when n.one_id = %(viewer)s then n.other_answer else n.one_answer end = 'yes', {STANDING} = 'connected'
from social_introduction n
join people_person p on p.id = case when n.one_id = %(viewer)s then n.other_id else n.one_id end and p.is_active
join people_person b on b.id = n.introducer_id
where n.taken_back_at is null and n.met_at is null and (n.one_id = %(viewer)s or n.other_id = %(viewer)s)
  and case when n.one_id = %(viewer)s then n.one_answer else n.other_answer end <> 'no'
  and {KNOWN} and {KNOWN.replace(" p.", " b.")}
  and not exists (select from social_follow f where f.follower_id = %(viewer)s and f.level = 'muted'
                  and f.person_id in (n.introducer_id, p.id))"""
SENT = f"""select 'sent', c.id, c.at, c.note, {_PERSON.format(p="p")}, null::jsonb, false, false, false
from social_connection c
join people_person p on p.id = case when c.one_id = %(viewer)s then c.other_id else c.one_id end and p.is_active
where c.state in ('asked', 'declined') and c.asker_id = %(viewer)s and {KNOWN}"""
WAITING = f"select * from ({REQUESTS} union all {INTRODUCTIONS}) w order by 3 desc, 2 desc limit {MOST_WAITING}"
MY_SENT = f"{SENT} order by c.at desc, c.id desc limit {MOST_WAITING}"

# How many wait for an answer of the viewer: a column for pages that read one row anyway.
WAITING_COUNT = """(select count(*) from social_connection c
    join people_person asker on asker.id = c.asker_id and asker.is_active
    where c.state = 'asked' and c.asker_id <> %(person)s and (c.one_id = %(person)s or c.other_id = %(person)s)
    and not exists (select from social_follow f where f.follower_id = %(person)s and f.person_id = c.asker_id
                    and f.level = 'muted'))
  + (select count(*) from social_introduction i where i.taken_back_at is null and i.met_at is null
     and ((i.one_id = %(person)s and i.one_answer = '') or (i.other_id = %(person)s and i.other_answer = '')))"""


def waiting(viewer: Viewer) -> list[Meeting]:
    """Return who would like to connect and whom one was introduced to, newest first. Cost: one prepared query."""
    return hot.rows(WAITING, Meeting, **known_values(viewer))


def sent(viewer: Viewer) -> list[Meeting]:
    """Return the viewer's own requests that nobody said yes to yet, newest first. Cost: one prepared query."""
    return hot.rows(MY_SENT, Meeting, **known_values(viewer))


@dataclass(frozen=True, slots=True)
class Introduced:
    """One introduction that the viewer made: the two, the note, and whether they have met."""

    id: int
    at: datetime
    note: str
    one: dict[str, Any]
    other: dict[str, Any]
    have_met: bool


MADE = f"""select n.id, n.at, n.note, {_PERSON.format(p="a")}, {_PERSON.format(p="b")}, n.met_at is not null
from social_introduction n join people_person a on a.id = n.one_id join people_person b on b.id = n.other_id
where n.introducer_id = %(viewer)s and n.taken_back_at is null order by n.at desc, n.id desc limit {MOST_WAITING}"""


def introductions_made(viewer: Viewer) -> list[Introduced]:
    """Return the introductions the viewer made, newest first. Cost: one prepared query."""
    return hot.rows(MADE, Introduced, viewer=viewer.person_id)


@dataclass(frozen=True, slots=True)
class Both:
    """Somebody the viewer and another person both know."""

    id: int
    name: str
    handle: str
    photo: str
    job: str


BOTH = mutual("%(person)s::bigint", MOST_MUTUAL)


def both_know(viewer: Viewer, person_id: int) -> list[Both]:
    """Return whom the viewer and this person are both connected with, at most 60. Cost: one prepared query."""
    return hot.rows(BOTH, Both, person=person_id, **known_values(viewer))


ONE = f"select {STANDING} as tie from people_person p where p.id = %(person)s"


def stands_with(viewer: Viewer, person_id: int) -> str:
    """Return how the viewer stands with a person: "connected", "asked", "waiting" or "". Cost: one prepared query."""
    return str(hot.one(ONE, viewer=viewer.person_id, person=person_id).tie)


def acquaintances_first(viewer: Viewer, people: QuerySet[Person]) -> QuerySet[Person]:
    """Return the people by name, those the viewer is connected with first."""
    mine = Connection.objects.filter(state=Tie.CONNECTED).filter(
        Q(one_id=viewer.person_id, other_id=OuterRef("pk")) | Q(other_id=viewer.person_id, one_id=OuterRef("pk"))
    )
    return people.annotate(is_near=Exists(mine)).order_by("-is_near", "name", "pk")
