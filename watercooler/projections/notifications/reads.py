"""The inbox of one person, as plain rows, and the number beside it."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.content.visibility import VISIBLE, visible_values
from watercooler.spine.social.reads.connections import WAITING_COUNT

PAGE = 20
MOST_COUNTED = 100
"""For who asks for the number itself."""
MOST_ON_PAGES = 21
"""On every page: one more than is said there, "20+". Each line asks its item, and a hundred cost 0.2 ms a page."""

SHOWN = f"(n.last_item_id is null or n.kind in ('care', 'flag') or {VISIBLE})"
"""The item decides again whether a line is shown, over `notifications_notification n left join content_item i on
i.id = n.last_item_id`. Authors read why their own words were taken away, and flaggers what came of it."""


def _unread(most: int) -> str:
    return f"""(select count(*) from (
        select from notifications_notification n left join content_item i on i.id = n.last_item_id
        where n.person_id = %(person)s and n.read_position < n.position and {SHOWN} limit {most}) unread)"""


UNREAD = _unread(MOST_ON_PAGES)
"""How many lines are unread, at most MOST_ON_PAGES: a column for pages that read one row anyway."""


@dataclass(slots=True)
class Line:
    """One line of an inbox. actors: at most 3 of {name, handle, photo}, newest first.

    because_name: the topic or person that `because` is about, or how many answers spoke for somebody who was nudged.

    verb, detail: of the newest act. newest: the newest unread position of the whole inbox, for "Mark all read".
    waiting: how many requests and invitations wait for the viewer.
    """

    id: int
    kind: str
    at: datetime
    position: int
    is_unread: bool
    actor_count: int
    actors_json: str
    because: str
    because_name: str
    verb: str
    detail_json: str
    root_id: int | None
    root_kind: str
    root_title: str
    root_excerpt: str
    item_id: int | None
    item_kind: str
    item_state: int
    item_excerpt: str
    space_slug: str
    space_name: str
    space_purpose: str
    is_muted: bool
    found_json: str | None
    newest: int
    waiting: int

    # JSON stays text until a line is rendered, and a kept one never is.
    @property
    def actors(self) -> list[dict[str, str]]:
        return list(json.loads(self.actors_json))

    @property
    def detail(self) -> dict[str, Any]:
        return dict(json.loads(self.detail_json))

    @property
    def found(self) -> dict[str, Any]:
        """Return what a line about a saved search says: name, search (its id), count, titles. Else nothing."""
        return dict(json.loads(self.found_json or "{}"))

    @property
    def key(self) -> tuple[Any, ...]:
        """Return everything that the line shows."""
        return _shown(self)


@dataclass(slots=True)
class Inbox:
    """A page of an inbox. newest, waiting: as in Line."""

    lines: list[Line]
    newest: int
    waiting: int


_shown = attrgetter(*(field.name for field in fields(Line) if field.name not in {"newest", "waiting"}))


INBOX = f"""
with line as (
    select n.*, i.state as item_state, i.kind as item_kind, i.excerpt as item_excerpt
    from notifications_notification n left join content_item i on i.id = n.last_item_id
    where n.person_id = %(person)s and n.position > 0 and {SHOWN}
      and (not %(only_unread)s or n.read_position < n.position)
      and (n.at, n.id) < (%(before_at)s, %(before_id)s) and (%(only)s = 0 or n.id = %(only)s)
    order by n.at desc, n.id desc limit %(limit)s
)
select n.id, n.kind, n.at, n.position, n.read_position < n.position, n.actor_count,
       (select coalesce(json_agg(json_build_object('name', p.name, 'handle', p.handle, 'photo', p.photo)
                                 order by place), '[]')::text
        from unnest(n.actor_ids) with ordinality a (id, place) join people_person p on p.id = a.id),
       n.because, coalesce(t.name, case when n.because = 'nudged' then n.because_id::text
           when n.because in ('introduced', 'meets', 'brought')
           then (select p.name from people_person p where p.id = n.because_id) end, ''),
       coalesce(a.verb, ''), coalesce(a.detail, '{{}}')::text,
       r.id, coalesce(r.kind, ''), coalesce(r.title, ''), coalesce(r.excerpt, ''),
       n.last_item_id, coalesce(n.item_kind, ''), coalesce(n.item_state, 0), coalesce(n.item_excerpt, ''),
       coalesce(s.slug, ''), coalesce(s.name, ''), coalesce(s.purpose, ''),
       exists(select from social_follow f
              where f.follower_id = n.person_id and f.item_id = n.item_id and f.level = 'muted'),
       {import_string(settings.FOUND_OF_LINE)},
       coalesce((select max(u.position) from notifications_notification u
                 where u.person_id = %(person)s and u.read_position < u.position), 0),
       (select count(*) from spaces_membership m join spaces_space s on s.id = m.space_id and s.archived_at is null
        where (m.standing = 'invited' and m.person_id = %(person)s)
           or (m.standing = 'requested' and m.space_id = any(%(hosted)s))) + {WAITING_COUNT}
from (values (1)) one left join line n on true
left join activity_activity a on a.position = n.position
left join content_item r on r.id = n.item_id
left join spaces_space s on s.id = n.space_id
left join content_topic t on n.because = 'follows_topic' and t.id = n.because_id
order by n.at desc, n.id desc
"""
END_OF_TIME = datetime.fromisoformat("9999-12-31T00:00:00+00:00")


def inbox(
    viewer: Viewer, *, only_unread: bool = False, before: tuple[datetime, int] | None = None, limit: int = PAGE
) -> list[Line]:
    """Return the viewer's lines, newest first, older than `before` (time and id of the last one shown).

    Cost: one prepared query, flat in the length of the inbox.
    """
    return opened(viewer, only_unread=only_unread, before=before, limit=limit).lines


def opened(
    viewer: Viewer, *, only_unread: bool = False, before: tuple[datetime, int] | None = None, limit: int = PAGE
) -> Inbox:
    """Return the lines as `inbox` does, with what stands around them also where there is none."""
    found = _lines(viewer, only_unread=only_unread, before=before or (END_OF_TIME, 0), limit=limit)
    return Inbox([line for line in found if line.id is not None], found[0].newest, found[0].waiting)


def line(viewer: Viewer, line_id: int) -> Line | None:
    """Return one line of the viewer's, or None if it is not shown. Cost: one prepared query."""
    found = _lines(viewer, only_unread=False, before=(END_OF_TIME, 0), limit=1, only=line_id)
    return found[0] if found[0].id is not None else None


def _lines(viewer: Viewer, *, only_unread: bool, before: tuple[datetime, int], limit: int, only: int = 0) -> list[Line]:
    """Return the lines, or a single one without an id that says what stands around an empty inbox."""
    values = {"only_unread": only_unread, "before_at": before[0], "before_id": before[1], "limit": limit, "only": only}
    hosted = list(viewer.hosted_space_ids)
    return hot.rows(INBOX, Line, person=viewer.person_id, hosted=hosted, **values, **visible_values(viewer))


def unread(viewer: Viewer) -> int:
    """Return how many lines are unread, at most MOST_COUNTED. Cost: one prepared query."""
    asked = f"select {_unread(MOST_COUNTED)} as count"
    return int(hot.one(asked, person=viewer.person_id, **visible_values(viewer)).count)


# SHOWN, said of the person's row in place of a viewer: an event stream counts for everybody who listens at once.
UNREAD_OF = f"""
select p.id, unread.lines, unread.newest
from people_person p cross join lateral (select count(*) as lines, coalesce(max(position), 0) as newest from (
    select n.position from notifications_notification n
    left join content_item i on i.id = n.last_item_id
    left join spaces_membership m
        on m.space_id = i.space_id and m.person_id = p.id and m.standing in ('host', 'member')
    where n.person_id = p.id and n.read_position < n.position
      and (n.last_item_id is null or n.kind in ('care', 'flag')
           or (i.state = 1 and ((i.audience = 0 and p.role >= 20) or m.id is not null)))
    order by n.position desc limit {MOST_ON_PAGES}) newest) unread
where p.id = any(%(people)s)
"""
# From the acts, of which there are few. Asked with all who listen, it read every line these people ever got: 100 ms of
# processor after each act where 2,000 of them had 391,000.
REACHED = """
select distinct n.person_id from notifications_told t join notifications_notification n on n.id = t.notification_id
where t.position = any(array(select generate_series(%(first)s, %(last)s)))
"""


def reached(first: int, last: int, people: Container[int]) -> list[int]:
    """Return which of these people were told of activities from `first` to `last`. Cost: one query."""
    return [person for person in hot.rows(REACHED, int, first=first, last=last) if person in people]


def unread_of(people: Iterable[int]) -> dict[int, int]:
    """Return person → unread lines, at most MOST_ON_PAGES each, for people who are connected. Cost: one query."""
    return {person: lines for person, (lines, _newest) in waiting_for(people).items()}


def waiting_for(people: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return person → what `unread_of` returns, and the position of their newest unread line, or 0. Cost: one query."""
    return dict(hot.rows(UNREAD_OF, lambda person, lines, newest: (person, (lines, newest)), people=list(people)))
