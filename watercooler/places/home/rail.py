"""What stands beside Home: fetched after the page, so that the page itself waits for none of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from watercooler.foundation.base.text import excerpt
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.places.home.sql import MAY, ME
from watercooler.spine.content.kinds import Kind, registered, url_of
from watercooler.spine.content.visibility import VISIBLE, visible_values
from watercooler.spine.spaces.reads import Suggestion, suggested


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


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody worth following, with the evidence."""

    handle: str
    name: str
    photo: str
    helped: int
    offers: list[str]

    @property
    def reason(self) -> str:
        if self.helped:
            words = ngettext(
                "Helped %(count)s person in your spaces", "Helped %(count)s people in your spaces", self.helped
            )
            return words % {"count": self.helped}
        return _("New here; knows %(skill)s") % {"skill": self.offers[0]}


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

# Whose words helped most in the newest threads of the viewer's spaces; then newcomers of their unit with a skill.
COLLEAGUES = f"""
with thread as (
    select e.item_id from unnest(%(spaces)s::bigint[]) wanted cross join lateral (
        select e.item_id from feed_feedentry e where e.space_id = wanted and {MAY}
        order by e.at desc, e.item_id desc limit 30) e
), helpful as (
    select i.author_id, sum(i.helped_count)::int as helped
    from thread join content_item i on i.id = thread.item_id or i.root_id = thread.item_id
    where i.helped_count > 0 and {VISIBLE} group by i.author_id
), known as (
    select author_id, helped from helpful union all
    select p.id, 0 from people_person p join people_person me on me.id = %(person)s and me.unit_id = p.unit_id
    where %(is_member)s and p.joined_at > now() - interval '90 days' and cardinality(p.offers) > 0 and not exists (
        select 1 from helpful where author_id = p.id)
)
select p.handle, p.name, p.photo, k.helped, p.offers from known k join people_person p on p.id = k.author_id
where p.id <> %(person)s and p.is_active and not exists (
    select 1 from social_follow f where f.follower_id = %(person)s and f.person_id = p.id)
order by k.helped desc, p.id limit 3
"""


@dataclass(frozen=True, slots=True)
class Rail:
    """At most three of each."""

    questions: list[Line]
    highlights: list[Line]
    colleagues: list[Colleague]
    spaces: list[Suggestion]


def rail(viewer: Viewer, today: date | None = None) -> Rail:
    """Return what stands beside Home. Cost: at most four prepared queries, bounded in what they look at."""
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
        colleagues=hot.rows(COLLEAGUES, Colleague, **values),
        spaces=suggested(viewer, 3) if len(viewer.space_ids) < 4 else [],
    )
