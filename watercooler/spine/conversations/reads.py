"""What pages show of conversations: the list, the head, the lines. Each is one prepared query, and asks who looks."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.content.models import Item

LIST = 25
PAGE = 30
MOST_SHOWN = 300
"""So many lines at most come at once to a page that was long open; it then begins anew."""
END_OF_TIME = datetime.fromisoformat("9999-12-31T00:00:00+00:00")

UNREAD = """(select count(*) from (
        select from conversations_participant where person_id = %(person)s and left_at is null and not is_muted
          and unread > 0 limit 100) unread_conversations)"""
"""How many conversations hold something unread: a column for pages that read one row anyway. Cost: an index alone."""

_FACE = "json_build_object('id', o.id, 'name', o.name, 'handle', o.handle, 'photo', o.photo)"


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation of a list. people: up to 4 of the others, {id, name, handle, photo}; person_count: all of them.

    last_*: its newest line that the viewer sees; last_kind is "" where there is none.
    """

    id: int
    name: str
    is_group: bool
    unread: int
    is_muted: bool
    active_at: datetime
    people: list[dict[str, Any]]
    person_count: int
    last_number: int
    last_kind: str
    last_author_id: int
    last_author: str
    last_about: str
    last_words: str
    is_last_removed: bool


ROWS = f"""
select c.id, c.name, c.one_id is null, p.unread, p.is_muted, p.active_at,
       coalesce((select json_agg(x.face) from (
           select {_FACE} as face from conversations_participant q join people_person o on o.id = q.person_id
           where q.conversation_id = c.id and q.person_id <> %(viewer)s and q.left_at is null
           order by q.joined_at, q.id limit 4) x), '[]'),
       (select count(*) from conversations_participant q
        where q.conversation_id = c.id and q.person_id <> %(viewer)s and q.left_at is null),
       coalesce(m.number, 0), coalesce(m.kind, ''), coalesce(m.author_id, 0), coalesce(w.name, ''),
       coalesce(b.name, ''), coalesce(m.excerpt, ''), coalesce(m.removed_at is not null, false)
from conversations_participant p join conversations_conversation c on c.id = p.conversation_id
left join lateral (
    select * from conversations_message l where l.conversation_id = c.id and l.number > p.sees_after
    order by l.number desc limit 1) m on true
left join people_person w on w.id = m.author_id
left join people_person b on b.id = m.about_id
where p.person_id = %(viewer)s and p.left_at is null and c.last_number > 0
  and (p.active_at, p.conversation_id) < (%(before_at)s, %(before_id)s)
order by p.active_at desc, p.conversation_id desc limit %(limit)s
"""


def rows(viewer: Viewer, before: tuple[datetime, int] | None = None, limit: int = LIST) -> list[Row]:
    """Return the viewer's conversations, newest first, older than `before`. Cost: one query, flat in their number."""
    at, number = before or (END_OF_TIME, 0)
    return hot.rows(ROWS, Row, viewer=viewer.person_id, before_at=at, before_id=number, limit=limit)


@dataclass(frozen=True, slots=True)
class Head:
    """A conversation as the viewer stands in it.

    people: all who take part but the viewer, {id, name, handle, photo, job, town, status, role, has_left, read_up_to,
    read_at}; has_left: the organisation, so that nobody would read what is written. refused, of two alone: "theirs"
    where the other one takes no messages from the viewer, "mine" where the viewer blocked them, "muted" where what
    they begin is muted, else empty.
    """

    id: int
    name: str
    is_group: bool
    last_number: int
    sees_after: int
    read_up_to: int
    unread: int
    is_muted: bool
    joined_at: datetime
    made_at: datetime
    people: list[dict[str, Any]]
    refused: str

    @property
    def url(self) -> str:
        return f"/inbox/messages/{self.id}"


HEAD = """
select c.id, c.name, c.one_id is null, c.last_number, p.sees_after, p.read_up_to, p.unread, p.is_muted, p.joined_at,
       c.made_at, coalesce((
           select json_agg(json_build_object('id', o.id, 'name', o.name, 'handle', o.handle, 'photo', o.photo,
               'job', o.job, 'town', coalesce(s.town, ''), 'status', o.status, 'role', o.role,
               'has_left', not o.is_active or coalesce(o.ends_on < current_date, false),
               'read_up_to', q.read_up_to, 'read_at', q.read_at) order by q.joined_at, q.id)
           from conversations_participant q join people_person o on o.id = q.person_id
           left join people_site s on s.id = o.site_id
           where q.conversation_id = c.id and q.person_id <> %(viewer)s and q.left_at is null), '[]'),
       coalesce((select case when s.person_id <> %(viewer)s then 'theirs' when s.is_blocked then 'mine' else 'muted' end
           from conversations_silence s
           where (s.person_id in (c.one_id, c.other_id) and s.about_id in (c.one_id, c.other_id))
             and (s.is_blocked or s.person_id = %(viewer)s)
           order by s.person_id = %(viewer)s, s.id limit 1), '')
from conversations_participant p join conversations_conversation c on c.id = p.conversation_id
where p.person_id = %(viewer)s and p.left_at is null and c.id = %(conversation)s
"""


def head(viewer: Viewer, conversation_id: int) -> Head | None:
    """Return the conversation, or None for who takes no part. Cost: one prepared query."""
    found = hot.rows(HEAD, Head, viewer=viewer.person_id, conversation=conversation_id)
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Said:
    """One line. files: of a message, {id, name, url, is_picture, alt, width, height, has_small}, oldest first.

    is_taken: removed after a report.
    """

    number: int
    kind: str
    author_id: int
    name: str
    handle: str
    photo: str
    about: str
    source: str
    safe_html: str
    excerpt: str
    at: datetime
    edited_at: datetime | None
    is_removed: bool
    is_taken: bool
    item_ids: list[int]
    files: list[dict[str, Any]]


SAID = """
select m.number, m.kind, m.author_id, a.name, a.handle, a.photo, coalesce(b.name, ''),
       case when m.removed_at is null then m.source else '' end,
       case when m.removed_at is null then m.safe_html else '' end,
       case when m.removed_at is null then m.excerpt else '' end,
       m.at, m.edited_at, m.removed_at is not null, m.removed_by_id is not null,
       case when m.removed_at is null then m.item_ids else '{}' end,
       case when m.removed_at is null then coalesce((
           select json_agg(json_build_object('id', f.id, 'name', f.name, 'url', '/files/' || f.id || '/' || f.name,
               'is_picture', f.width is not null, 'alt', f.alt, 'width', f.width, 'height', f.height,
               'has_small', f.has_thumbnail) order by f.id)
           from content_attachment f where f.message_id = m.id
             and strpos(m.source, '/files/' || f.id || '/') = 0), '[]') else '[]' end
from conversations_message m
join conversations_participant p on p.conversation_id = m.conversation_id and p.person_id = %(viewer)s
    and p.left_at is null and m.number > p.sees_after
join people_person a on a.id = m.author_id left join people_person b on b.id = m.about_id
where m.conversation_id = %(conversation)s and m.number >= %(first)s and m.number <= %(last)s
order by m.number desc limit %(limit)s
"""


def said(viewer: Viewer, conversation_id: int, first: int = 0, last: int = 2**31 - 1, limit: int = PAGE) -> list[Said]:
    """Return the newest lines from number `first` to `last` that the viewer sees, in their order.

    Cost: one prepared query, flat in the length of the conversation.
    """
    values = {"viewer": viewer.person_id, "conversation": conversation_id, "first": first, "last": last}
    return hot.rows(SAID, Said, **values, limit=limit)[::-1]


def cards(viewer: Viewer, lines: list[Said]) -> dict[int, Item]:
    """Return the items that these lines link to and this viewer may read. Cost: none without links, else one query."""
    wanted = {item_id for line in lines for item_id in line.item_ids}
    if not wanted:
        return {}
    found = Item.objects.visible_to(viewer).top().filter(pk__in=wanted)
    return {item.pk: item for item in found.for_cards()}


BETWEEN = """
select c.id from conversations_conversation c where c.last_number > 0
and c.one_id = least(%(viewer)s::bigint, %(person)s::bigint)
and c.other_id = greatest(%(viewer)s::bigint, %(person)s::bigint)
"""


def between(viewer: Viewer, person_id: int) -> int | None:
    """Return the id of the conversation of the viewer and one other person, if something was said there."""
    found = hot.rows(BETWEEN, int, viewer=viewer.person_id, person=person_id)
    return found[0] if found else None


COUNT = f"select {UNREAD}"


def unread(viewer: Viewer) -> int:
    """Return how many of the viewer's conversations hold something unread. Cost: one prepared query."""
    return hot.rows(COUNT, int, person=viewer.person_id)[0]


# From the few acts to who takes part, and never the other way.
TOLD = """
select p.person_id, array_agg(t.id order by t.id) from (
    select distinct (a.detail ->> 'conversation_id')::bigint as id from activity_activity a
    where a.position between %(first)s and %(last)s and a.verb in ('sent_message', 'changed_conversation')
    offset 0) t
cross join lateral (
    select * from conversations_participant q where q.conversation_id = t.id and q.left_at is null offset 0) p
group by p.person_id
"""
UNREAD_OF = """
select p.person_id, count(*) filter (where p.unread > 0 and not p.is_muted)
from conversations_participant p where p.person_id = any(%(people)s) and p.left_at is null and p.unread > 0
group by p.person_id
"""


def reached(first: int, last: int, people: Container[int]) -> dict[int, list[int]]:
    """Return person → conversations of theirs in which something happened between these positions, for these people.

    Cost: one prepared query, flat in how many listen.
    """
    return {row[0]: row[1] for row in hot.rows(TOLD, _pair, first=first, last=last) if row[0] in people}


def unread_of(people: list[int]) -> dict[int, int]:
    """Return person → how many of their conversations hold something unread. Cost: one prepared query."""
    found = {row[0]: row[1] for row in hot.rows(UNREAD_OF, _pair, people=people)}
    return {person: found.get(person, 0) for person in people}


def _pair(person_id: int, value: Any) -> tuple[int, Any]:
    return person_id, value
