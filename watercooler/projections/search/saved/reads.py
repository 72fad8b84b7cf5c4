"""The saved searches of one person, and what an inbox says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.search.saved.asked import filters, given, read, space_names
from watercooler.spine.content.visibility import VISIBLE, visible_values

MOST = 50
"""Searches that one person can keep."""
MOST_COUNTED = 99

MINE = f"""
select s.id, s.name, s.asked, s.tells, s.made_at,
       (select count(*) from (
            select from search_savedfind f join content_item i on i.id = f.item_id
            where f.search_id = s.id and f.at > s.looked_at and {VISIBLE} limit {MOST_COUNTED}) x)
from search_savedsearch s where s.person_id = %(person)s order by lower(s.name), s.id limit {MOST}
"""

OF_LINE = f"""(case when n.kind = 'found' then (
    select json_build_object('name', s.name, 'search', s.id, 'count', x.count, 'titles', x.titles)
    from (select count(*) filter (where f.is_new) as count,
                 (array_agg(f.title order by f.is_new desc, f.position desc))[1:3] as titles
          from (select t.position, t.position > n.read_position as is_new,
                       coalesce(nullif(i.title, ''), nullif(r.title, ''), left(i.excerpt, 80)) as title
                from (select position from notifications_told
                      where notification_id = n.id and not is_hidden
                      order by position desc limit {MOST_COUNTED}) t
                join activity_activity a on a.position = t.position
                join content_item i on i.id = a.item_id left join content_item r on r.id = i.root_id
                where {VISIBLE}) f) x
    left join search_savedsearch s on s.id = n.because_id)::text end)"""
"""What a line of the inbox about a saved search says, as text of JSON, over `notifications_notification n`: its name
and id (none if it is kept no more), how many things are unread, and the newest titles that the viewer may see."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved search. new: what was found since it was last looked at, at most 99."""

    id: int
    name: str
    asked: str
    tells: str
    made_at: datetime
    new: int

    @property
    def url(self) -> str:
        """Return the address that opens it and remembers that it was looked at."""
        return f"/me/searches/{self.id}"

    @property
    def words(self) -> str:
        return read(self.asked).query.words

    @property
    def given(self) -> dict[str, str]:
        return given(self.asked)

    @property
    def feed(self) -> str:
        """Return the address of its Atom feed, without a key."""
        return f"/search/feed.atom?{self.asked}"


def mine(viewer: Viewer) -> list[Saved]:
    """Return what the viewer keeps, by name. Cost: one prepared query."""
    return hot.rows(MINE, Saved, person=viewer.person_id, **visible_values(viewer))


def described(viewer: Viewer) -> list[tuple[Saved, list[str]]]:
    """Return what the viewer keeps, each with its filters and scope in words. Cost: two queries."""
    found = mine(viewer)
    names = space_names(viewer, (one.asked for one in found))
    return [(one, filters(one.asked, names)) for one in found]
