"""What a space's page shows: the space, how the viewer stands to it, what its hosts put on top, and cards."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.text import excerpt
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.feed.reads import PAGE, Place, moment
from watercooler.spine.content.kinds import Kind, registered, url_of
from watercooler.spine.content.reads import LISTED_COLUMNS, LISTED_JOINS, Listed
from watercooler.spine.content.visibility import VISIBLE, visible_values
from watercooler.spine.spaces.models import Membership, Standing

MOST_COUNTED = 999


@dataclass(slots=True)
class Pinned:
    """An item at the top of a space, with the reason. ends_on: an ISO date, or nothing."""

    id: int
    kind: str
    title: str
    note: str
    is_pinned: bool
    ends_on: str | None
    author: str

    @property
    def words(self) -> str:
        return excerpt(self.title, 70)

    @property
    def url(self) -> str:
        return url_of(self.kind, self.id, self.title)

    @property
    def kind_of(self) -> Kind:
        return registered()[self.kind]

    @property
    def until(self) -> date | None:
        return date.fromisoformat(self.ends_on) if self.ends_on else None


@dataclass(slots=True)
class SpaceHead:
    """A space as one viewer meets it. standing: theirs, or "". accepted: the version of the rules they accepted.

    unanswered: open questions nobody has answered, at most 999. hosts and faces: {name, handle, photo, job}.
    """

    id: int
    slug: str
    name: str
    access: str
    tagline: str
    objective: str
    how_we_work: str
    rules: list[str]
    rules_version: int
    hue: int
    banner: str
    member_count: int
    question_count: int
    owner_id: int
    is_archived: bool
    standing: str
    level: str
    accepted: int
    is_unread: bool
    is_followed: bool
    unanswered: int
    requests: int
    parent: dict[str, Any] | None
    hosts: list[dict[str, Any]]
    faces: list[dict[str, Any]]
    pinned: list[Pinned]
    may_read: bool = False

    def __post_init__(self) -> None:
        self.pinned = [Pinned(**pin) for pin in self.pinned]  # type: ignore[arg-type]

    @property
    def url(self) -> str:
        return f"/spaces/{self.slug}/"

    @property
    def is_inside(self) -> bool:
        return self.standing in Membership.INSIDE

    @property
    def is_host(self) -> bool:
        return self.standing == Standing.HOST

    @property
    def answered_percent(self) -> int | None:
        """Return how many of a hundred questions were answered; None below five, when it would say little."""
        if self.question_count < 5 or self.unanswered >= MOST_COUNTED:
            return None
        return round(100 * max(self.question_count - self.unanswered, 0) / self.question_count)

    @property
    def must_accept(self) -> bool:
        """Say whether the rules changed since the viewer accepted them (R92)."""
        return self.is_inside and bool(self.rules) and self.accepted < self.rules_version


PERSON = "jsonb_build_object('name', p.name, 'handle', p.handle, 'photo', p.photo, 'job', p.job)"

# A closed space is listed with its hosts, who can be asked; its people and items are for those inside.
HEAD = f"""
with s as materialized (
    select s.*, coalesce(m.standing, '') as standing, coalesce(nullif(m.level, ''), s.default_level) as my_level,
           coalesce(m.rules_version, 0) as accepted, m.seen_at, m.since,
           (s.access = 'open' and %(is_member)s) or coalesce(m.standing in ('host', 'member'), false) as may_read
    from spaces_space s left join spaces_membership m on m.space_id = s.id and m.person_id = %(person)s
    where s.slug = %(slug)s and s.purpose = 'space' and (m.id is not null or (%(is_member)s and s.access <> 'secret'))
), head as materialized (
    select jsonb_build_object(
        'id', s.id, 'slug', s.slug, 'name', s.name, 'access', s.access, 'tagline', s.tagline, 'objective', s.objective,
        'how_we_work', s.how_we_work, 'rules', s.rules, 'rules_version', s.rules_version, 'hue', s.hue,
        'banner', s.banner, 'member_count', s.member_count, 'question_count', s.question_count, 'owner_id', s.owner_id,
        'is_archived', s.archived_at is not null, 'standing', s.standing, 'level', s.my_level, 'accepted', s.accepted,
        'may_read', s.may_read,
        'is_unread', coalesce(s.last_item_at > coalesce(s.seen_at, s.since), false),
        'is_followed', exists(select from social_follow f where f.follower_id = %(person)s and f.space_id = s.id
                              and f.level <> 'muted'),
        'unanswered', (select count(*) from (select 1 from feed_feedentry e where e.space_id = s.id and e.is_live
                       and e.is_unanswered and s.may_read limit {MOST_COUNTED}) waiting),
        'requests', (select count(*) from spaces_membership r where s.standing = 'host' and r.space_id = s.id
                     and r.standing = 'requested'),
        'parent', (select jsonb_build_object('slug', up.slug, 'name', up.name, 'hue', up.hue)
                   from spaces_space up where up.id = s.parent_id
                   and ((up.access <> 'secret' and %(is_member)s) or up.id = any(%(spaces)s))),
        'hosts', (select coalesce(jsonb_agg({PERSON} order by p.id = s.owner_id desc, p.id), '[]') from (
                  select h.person_id from spaces_membership h where h.space_id = s.id and h.standing = 'host'
                  order by h.id limit 6) h join people_person p on p.id = h.person_id),
        'faces', (select coalesce(jsonb_agg({PERSON} order by f.id), '[]') from (
                  select f.id, f.person_id from spaces_membership f where f.space_id = s.id and s.may_read
                  and f.standing in ('host', 'member') order by f.id limit 4) f
                  join people_person p on p.id = f.person_id),
        'pinned', (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind,
                  'title', coalesce(nullif(i.title, ''), i.excerpt), 'note', h.note, 'ends_on', h.ends_on,
                  'is_pinned', h.is_pinned, 'author', p.name) order by h.is_pinned desc, h.at desc), '[]')
                  from content_highlight h join content_item i on i.id = h.item_id
                  join people_person p on p.id = i.author_id
                  where h.space_id = s.id and i.space_id = s.id and (h.ends_on is null or h.ends_on >= %(today)s)
                  and {VISIBLE})
    )::text as head from s
)"""

_of_feed = f"""
    select i.id as item_id, {moment("i.published_at")} as key from content_item i
    where i.space_id = (select id from s) and i.parent_id is null and {VISIBLE}
        and (i.published_at, i.id) < (%(at)s, %(id)s)
    order by i.published_at desc, i.id desc limit {PAGE + 1}"""


def _of(narrowed: str) -> str:
    return f"""
    select e.item_id, {moment("e.at")} as key from feed_feedentry e
    where e.space_id = (select id from s) and e.is_live and {narrowed} and (e.at, e.item_id) < (%(at)s, %(id)s)
    order by e.at desc, e.item_id desc limit {PAGE + 11}"""


LISTS = {
    "feed": _of_feed,
    "questions": _of("e.kind = 'question'"),
    "unanswered": _of("e.is_unanswered"),
    "open": _of("e.kind = 'question' and not e.is_solved"),
    "solved": _of("e.kind = 'question' and e.is_solved"),
    "articles": _of("e.kind = 'article'"),
    "nothing": "select 0::bigint as item_id, 0::bigint as key where false",
}
SHOW = {
    name: f"""{HEAD}, page as ({listed})
select case when row_number() over (order by listed.key desc, listed.item_id desc) = 1 then head.head end,
       listed.key, {LISTED_COLUMNS}
from head left join (page listed join content_item i on i.id = listed.item_id {LISTED_JOINS}) on {VISIBLE}
order by listed.key desc, listed.item_id desc limit {PAGE + 1}
"""
    for name, listed in LISTS.items()
}


@dataclass(slots=True)
class SpacePage:
    """A space with at most 20 things. head: all that is said of it, by which its rendered parts are kept.

    next: where the next page begins, empty at the end.
    """

    space: SpaceHead
    head: str
    listed: list[Listed] = field(default_factory=list)
    next: str = ""


_heads: Kept[SpaceHead] = Kept(1_000)


def _row(head: str | None, key: int | None, *columns: Any) -> tuple[str | None, int, Listed | None]:
    return head, key or 0, Listed(*columns) if columns[0] is not None else None


def show(viewer: Viewer, slug: str, listed: str, after: Place, today: date | None = None) -> SpacePage | None:
    """Return a space and one page of one of LISTS; None where the viewer may not know of it.

    A closed space is shown to outsiders without its items. Cost: one prepared query, flat in the number of items.
    """
    found = hot.rows(
        SHOW[listed],
        _row,
        person=viewer.person_id,
        is_member=viewer.is_member,
        spaces=viewer.space_ids,
        slug=slug,
        today=today or timezone.localdate(),
        at=after.at,
        id=after.id,
        **visible_values(viewer),
    )
    if not found:
        return None
    head = found[0][0] or "{}"
    page = SpacePage(_heads.get(head, lambda: SpaceHead(**json.loads(head))), head)
    page.listed = [item for _head, _key, item in found[:PAGE] if item is not None]
    if len(found) > PAGE:
        page.next = str(Place(found[PAGE - 1][1], page.listed[-1].id))
    return page
