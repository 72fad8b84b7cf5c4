"""What stands beside Home: fetched after the page, so that the page itself waits for none of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from watercooler.foundation.base.text import excerpt
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.places.home.sql import MAY, ME
from watercooler.spine.content.kinds import Kind, registered, url_of
from watercooler.spine.content.visibility import VISIBLE, visible_values


@dataclass(frozen=True, slots=True)
class Line:
    """One item in a word: an open question, or what a host put at the top of a space."""

    id: int
    kind: str
    title: str
    space_name: str
    at: datetime
    note: str = ""

    @property
    def words(self) -> str:
        return excerpt(self.title, 80)

    @property
    def url(self) -> str:
        return url_of(self.kind, self.id, self.title)

    @property
    def kind_of(self) -> Kind:
        return registered()[self.kind]


QUESTIONS = f"""{ME}
select i.id, i.kind, i.title, s.name, i.published_at from (
    select e.item_id from me cross join (
        select e.item_id, e.space_id, e.topic_ids from feed_feedentry e
        where e.is_unanswered and e.author_id <> %(person)s and {MAY} order by e.at desc, e.item_id desc limit 300
    ) e
    order by (e.topic_ids && me.skills) desc, (e.topic_ids && me.all_topics) desc, e.space_id = any(%(spaces)s) desc,
        e.item_id desc limit 3
) e join content_item i on i.id = e.item_id join spaces_space s on s.id = i.space_id where {VISIBLE}
"""

HIGHLIGHTS = f"""
select i.id, i.kind, coalesce(nullif(i.title, ''), i.excerpt), s.name, h.at, h.note
from content_highlight h join content_item i on i.id = h.item_id join spaces_space s on s.id = h.space_id
where h.space_id = any(%(spaces)s) and h.space_id = i.space_id and (h.ends_on is null or h.ends_on >= %(today)s)
    and {VISIBLE}
order by h.at desc, h.id desc limit 3
"""


@dataclass(frozen=True, slots=True)
class Rail:
    """At most three of each. What is suggested stands below: projections.recommendations."""

    questions: list[Line]
    highlights: list[Line]


def rail(viewer: Viewer, today: date | None = None) -> Rail:
    """Return what stands beside Home. Cost: two prepared queries, bounded in what they look at."""
    values: dict[str, Any] = {
        "person": viewer.person_id,
        "is_member": viewer.is_member,
        "spaces": viewer.space_ids,
        "hosted": viewer.hosted_space_ids,
        "today": today or timezone.localdate(),
        **visible_values(viewer),
    }
    return Rail(
        questions=hot.rows(QUESTIONS, Line, **values),
        highlights=hot.rows(HIGHLIGHTS, Line, **values),
    )
