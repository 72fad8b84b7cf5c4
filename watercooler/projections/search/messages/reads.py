"""What the viewer's own messages say, found by the words typed into the search box."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from watercooler.foundation.base.language import LANGUAGES
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.search.query import Query

PAGE = 20
FEW = 3
LONGEST = 1000
"""Characters of a search that are looked for."""
ELSEWHERE = frozenset({"in", "topic", "kind", "is"})
"""Filters that no message fits: with one of them none is found."""
END_OF_TIME = datetime.fromisoformat("9999-12-31T00:00:00+00:00")
BEGIN_OF_TIME = datetime.fromisoformat("0001-01-02T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Hit:
    """A message found. people: up to three of the others in its conversation, {name}; person_count: all of them."""

    id: int
    conversation_id: int
    number: int
    name: str
    people: list[dict[str, Any]]
    person_count: int
    author: dict[str, Any]
    safe_html: str
    at: datetime

    @property
    def url(self) -> str:
        return f"/inbox/messages/{self.conversation_id}?at={self.number}#m-{self.number}"


TEXT = "search_message(m.language, m.safe_html)"
"""As the index has it: search_messages."""
ASKED = "search_asked_apart(%(words)s)"
# Each message is asked in its own language: another's stems would let an excluded word pass.
SAYS = " or ".join(
    f"(m.language = '{code}' and {TEXT} @@ websearch_to_tsquery(search_config('{code}'), {ASKED}))"
    for code in LANGUAGES
)
FOUND = f"""
with found as (
    select m.* from conversations_message m
    where m.removed_at is null and m.kind = 'said' and ({SAYS})
      and exists (select from conversations_participant p where p.conversation_id = m.conversation_id
                  and p.person_id = %(viewer)s and p.left_at is null and m.number > p.sees_after)
      and (m.at, m.id) < (%(before_at)s, %(before_id)s) and m.at >= %(after_day)s and m.at < %(before_day)s
      and (%(author)s = '' or m.author_id in (
          select id from people_person where handle = %(author)s or lower(name) = %(author)s))
    order by m.at desc, m.id desc limit %(limit)s
)
select m.id, m.conversation_id, m.number, c.name,
       coalesce((select json_agg(x) from (
           select o.name from conversations_participant q join people_person o on o.id = q.person_id
           where q.conversation_id = c.id and q.person_id <> %(viewer)s and q.left_at is null
           order by q.joined_at, q.id limit 3) x), '[]'),
       (select count(*) from conversations_participant q
        where q.conversation_id = c.id and q.person_id <> %(viewer)s and q.left_at is null),
       json_build_object('name', a.name, 'handle', a.handle, 'photo', a.photo), m.safe_html, m.at
from found m join conversations_conversation c on c.id = m.conversation_id join people_person a on a.id = m.author_id
order by m.at desc, m.id desc
"""


def found(viewer: Viewer, query: Query, before: tuple[datetime, int] | None = None, limit: int = PAGE) -> list[Hit]:
    """Return the viewer's messages that hold the words, newest first, older than `before`. Fresh at once.

    Takes phrases, exclusions and the filters from:, before: and after:. Cost: one prepared query; none without words.
    """
    if not query.terms or ELSEWHERE & query.filters.keys() or not viewer.is_known:
        return []
    at, number = before or (END_OF_TIME, 0)
    values = {
        "viewer": viewer.person_id,
        "words": query.words[:LONGEST],
        "author": viewer.handle if query.filters.get("from") == "me" else query.filters.get("from", ""),
        "after_day": _begin(query.on("after"), BEGIN_OF_TIME),
        "before_day": _begin(query.on("before"), END_OF_TIME),
        "before_at": at,
        "before_id": number,
        "limit": limit,
    }
    return hot.rows(FOUND, Hit, **values)


def _begin(day: date | None, otherwise: datetime) -> datetime:
    if day is None:
        return otherwise
    return datetime.combine(day, time(), tzinfo=UTC)
