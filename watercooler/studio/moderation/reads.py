"""What waits on the care desk, for hosts of the spaces and for administrators, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from minijinja import safe

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.content.kinds import Kind, registered, url_of
from watercooler.spine.content.models import Item
from watercooler.spine.content.visibility import State
from watercooler.spine.social.models import Flag
from watercooler.spine.spaces.models import Access

MOST = 50


@dataclass(frozen=True, slots=True)
class Case:
    """One flagged item. Where the viewer may not read, only that there is a flag, and in a closed space which.

    reasons: words of Flag.REASONS, most often first. notes: what flaggers added. The flaggers stay unnamed.
    """

    id: int
    may_read: bool
    flag_count: int
    flagged_at: datetime
    reasons: list[str]
    notes: list[str]
    kind: str
    state: int
    title: str
    excerpt: str
    html: str
    published_at: datetime | None
    above: str
    author: dict[str, Any]
    author_helped: int
    space_slug: str
    space_name: str
    space_access: str
    space_url: str
    rules: list[str]
    root: dict[str, Any]

    @property
    def kind_of(self) -> Kind:
        return registered()[self.kind]

    @property
    def words(self) -> Any:
        """Return the text, cleaned when it was written."""
        return safe(self.html)

    @property
    def is_hidden(self) -> bool:
        return self.state == State.HELD

    @property
    def may_ask_to_join(self) -> bool:
        return self.space_access == Access.CLOSED

    @property
    def reason_labels(self) -> list[str]:
        names = dict(Flag.REASONS)
        return [str(names[reason]) for reason in self.reasons if reason in names]

    @property
    def url(self) -> str:
        return url_of(self.kind, self.id, self.title, self.root["id"], self.root["kind"], self.root["title"])


QUEUE = """
with flagged as (
    select f.item_id, count(*) as flags, min(f.at) as first_at, array_agg(f.reason order by f.at) as reasons,
           array_remove(array_agg(f.note order by f.at), '') as notes
    from social_flag f where f.decided_at is null group by f.item_id
),
waiting as (
    select flagged.*, i.space_id = any(%(hosted)s) or i.audience = any(%(audiences)s) as may_read
    from flagged join content_item i on i.id = flagged.item_id
    where i.author_id <> %(person)s and i.state in (1, 4, 6) and (i.space_id = any(%(hosted)s) or %(is_administrator)s)
      and (%(item)s = 0 or i.id = %(item)s)
    order by flagged.flags desc, flagged.first_at limit %(most)s
)
select i.id, w.may_read, w.flags, w.first_at, case when w.may_read then w.reasons else '{}' end,
       case when w.may_read then w.notes else '{}' end, i.kind, i.state,
       case when w.may_read then i.title else '' end, case when w.may_read then i.excerpt else '' end,
       case when w.may_read then i.safe_html else '' end, case when w.may_read then i.published_at end,
       case when w.may_read then coalesce(nullif(u.title, ''), u.excerpt, '') else '' end,
       case when w.may_read then jsonb_build_object('name', p.name, 'handle', p.handle, 'photo', p.photo, 'job', p.job)
            else '{"name": "", "handle": "", "photo": "", "job": ""}' end,
       case when w.may_read then (select count(distinct h.person_id) from social_helped h join content_item o
            on o.id = h.item_id where o.author_id = i.author_id and h.at > now() - interval '30 days') else 0 end,
       case when w.may_read or s.access = 'closed' then s.slug else '' end,
       case when w.may_read or s.access = 'closed' then s.name else '' end, s.access,
       case when not w.may_read then '' when s.purpose = 'wall' then '/people/' || substr(s.slug, 2)
            else '/spaces/' || s.slug || '/' end,
       case when w.may_read then s.rules else '[]' end,
       jsonb_build_object('id', r.id, 'kind', coalesce(r.kind, ''), 'title',
                          case when w.may_read then coalesce(r.title, '') else '' end)
from waiting w
join content_item i on i.id = w.item_id
join people_person p on p.id = i.author_id
join spaces_space s on s.id = i.space_id
left join content_item r on r.id = i.root_id
left join content_item u on u.id = i.parent_id
order by w.flags desc, w.first_at
"""


def has_desk(viewer: Viewer) -> bool:
    """Say whether there is a care desk for the viewer: they host a space, their own wall left aside, or administer."""
    return viewer.is_administrator or bool(viewer.hosted_space_ids - {viewer.wall_id})


def _hosted(viewer: Viewer) -> list[int]:
    return sorted(viewer.hosted_space_ids - {viewer.wall_id})


def queue(viewer: Viewer, item_id: int = 0) -> list[Case]:
    """Return what waits, most flagged first, at most MOST; never the viewer's own words. Cost: one prepared query."""
    values = {"hosted": _hosted(viewer), "audiences": list(viewer.audiences), "item": item_id, "most": MOST}
    return hot.rows(QUEUE, Case, person=viewer.person_id, is_administrator=viewer.is_administrator, **values)


def item_of(viewer: Viewer, item_id: int) -> Item | None:
    """Return a flagged item that the viewer decides about, whatever its state, or None. Cost: one query."""
    found = Item.objects.select_related("space", "author").filter(pk=item_id, flags__isnull=False).first()
    if found is None or found.author_id == viewer.person_id:
        return None
    hosts = found.space_id in viewer.hosted_space_ids
    return found if hosts or (viewer.is_administrator and viewer.reads(found.audience, found.space_id)) else None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of the log. is_mine: whether the viewer took it, and so may take it back."""

    item_id: int
    at: datetime
    outcome: str
    note: str
    flag_count: int
    reasons: list[str]
    decider: dict[str, Any]
    author_name: str
    words: str
    space_name: str
    is_mine: bool
    is_newest: bool

    @property
    def outcome_label(self) -> str:
        return str(dict(Flag.OUTCOMES).get(self.outcome, self.outcome))

    @property
    def reason_labels(self) -> list[str]:
        names = dict(Flag.REASONS)
        return [str(names[reason]) for reason in self.reasons if reason in names]


LOG = """
select f.item_id, f.decided_at, max(f.outcome), max(f.outcome_note), count(*), array_agg(distinct f.reason),
       jsonb_build_object('name', d.name, 'handle', d.handle, 'photo', d.photo), p.name,
       case when i.state = 5 then '' else coalesce(nullif(i.title, ''), i.excerpt) end, s.name,
       d.id = %(person)s,
       not exists (select from social_flag n where n.item_id = f.item_id and n.decided_at > f.decided_at)
from social_flag f
join content_item i on i.id = f.item_id
join people_person p on p.id = i.author_id
join people_person d on d.id = f.decided_by_id
join spaces_space s on s.id = i.space_id
where f.decided_at < %(before)s
  and (i.space_id = any(%(hosted)s) or (%(is_administrator)s and i.audience = any(%(audiences)s)))
group by f.item_id, f.decided_at, d.id, p.name, i.id, s.name
order by f.decided_at desc limit %(most)s
"""


def log(viewer: Viewer, before: datetime) -> list[Decision]:
    """Return what was decided where the viewer looks after things, newest first. Cost: one prepared query."""
    values = {"hosted": _hosted(viewer), "audiences": list(viewer.audiences), "before": before, "most": MOST}
    return hot.rows(LOG, Decision, person=viewer.person_id, is_administrator=viewer.is_administrator, **values)


PACE = """
select count(distinct (f.item_id, f.decided_at)) as decided,
       percentile_cont(0.5) within group (order by extract(epoch from f.decided_at - f.at)) as seconds
from social_flag f join content_item i on i.id = f.item_id
where f.decided_at > now() - interval '90 days'
  and (i.space_id = any(%(hosted)s) or (%(is_administrator)s and i.audience = any(%(audiences)s)))
"""


def pace(viewer: Viewer) -> tuple[int, timedelta | None]:
    """Return how many things were decided in 90 days, and the median time until then. Cost: one query."""
    values = {"hosted": _hosted(viewer), "audiences": list(viewer.audiences)}
    row = hot.one(PACE, is_administrator=viewer.is_administrator, **values)
    return row.decided, timedelta(seconds=row.seconds) if row.seconds is not None else None
