"""What feeds list: the newest things of one place that the reader may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.doors.feeds.models import OutsideFeed
from watercooler.foundation.base.text import excerpt
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.feed.reads import Place
from watercooler.projections.search.listing import asking
from watercooler.projections.search.listing import found as newest
from watercooler.projections.search.query import Query
from watercooler.projections.search.reads import HOLDING_ALL, asked_by
from watercooler.projections.search.saved.asked import NAMES, chosen_of
from watercooler.projections.search.sql import if_solved
from watercooler.spine.content.kinds import registered, url_of
from watercooler.spine.content.visibility import VISIBLE, visible_values
from watercooler.spine.spaces.models import Space

LISTED = 30
MOST_LOOKED_AT = 400
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing as a feed says it. topics: [{slug, name}]."""

    id: int
    kind: str
    title: str
    excerpt: str
    html: str
    published_at: datetime
    edited_at: datetime | None
    author_name: str
    author_handle: str
    space_name: str
    root_id: int | None
    root_kind: str
    root_title: str
    topics: list[dict[str, str]]

    @property
    def updated_at(self) -> datetime:
        return max(self.published_at, self.edited_at or self.published_at)

    @property
    def url(self) -> str:
        return url_of(self.kind, self.id, self.title, self.root_id, self.root_kind, self.root_title)

    @property
    def heading(self) -> str:
        """Return a title, which every entry must have: its own, its thread's, or the first words."""
        label = str(registered()[self.kind].label)
        if self.title or not self.root_id:
            return self.title or excerpt(self.excerpt, 80) or label
        return _("%(kind)s: %(title)s") % {"kind": label, "title": self.root_title or excerpt(self.excerpt, 80)}


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a feed: what is older than a place, or with `is_newer` what is newer. At the start: the newest."""

    place: Place = field(default_factory=Place)
    is_newer: bool = False

    @property
    def name(self) -> str:
        """Return what stands in the address of this page; empty for the first."""
        return "" if self.place.is_start else f"{'newer' if self.is_newer else 'before'}={self.place}"


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a feed, newest first, with the pages beside it; None where there is none."""

    entries: list[Entry]
    older: Page | None
    newer: Page | None


LIST = f"""
select i.id, i.kind, i.title, i.excerpt, i.safe_html, i.published_at, i.edited_at, p.name, p.handle, s.name,
       i.root_id, coalesce(r.kind, ''), coalesce(r.title, ''),
       (select coalesce(jsonb_agg(jsonb_build_object('slug', t.slug, 'name', t.name) order by t.slug), '[]')
        from content_topic t where t.id = any(i.topic_ids))
from (
    select i.id from {{nominated}} and {VISIBLE} and {{beyond}} limit {LISTED + 1}
) found join content_item i on i.id = found.id
join people_person p on p.id = i.author_id join spaces_space s on s.id = i.space_id
left join content_item r on r.id = i.root_id
order by i.published_at desc, i.id desc
"""
OLDER = "(i.published_at, i.id) < (%(at)s, %(id)s) order by i.published_at desc, i.id desc"
NEWER = "(i.published_at, i.id) > (%(at)s, %(id)s) order by i.published_at, i.id"
SPACE = "content_item i where i.space_id = %(space)s and i.parent_id is null"
TOPIC = "content_item i where i.topic_ids @> array[%(topic)s::bigint] and i.parent_id is null"
PERSON = """spaces_space wall join content_item i on i.space_id = wall.id
    where wall.owner_id = %(person)s and wall.purpose = 'wall' and i.author_id = %(person)s and i.parent_id is null"""

# The newest things that hold all the words, or what means the same; search itself lists the best, which seldom are.
SEARCH = f"""(
    {HOLDING_ALL} order by e.item_id desc limit {MOST_LOOKED_AT}
) e join content_item i on i.id = e.item_id
where {if_solved("coalesce(i.root_id, i.id)")}"""

FILTERED = "({found}) e join content_item i on i.id = e.id where true"


def listed(viewer: Viewer, page: Page, nominated: str, **values: Any) -> Listed:
    """Return at most 30 entries and the pages beside. nominated: SPACE, TOPIC or PERSON. Cost: one prepared query."""
    sql = LIST.format(nominated=nominated, beyond=NEWER if page.is_newer else OLDER)
    beyond = {"at": page.place.at, "id": page.place.id}
    rows: list[Entry] = hot.rows(sql, Entry, **{**values, **beyond, **visible_values(viewer)})
    has_more = len(rows) > LISTED
    if page.is_newer:
        entries = rows[-LISTED:]
        return Listed(entries, _older(entries), _newer(entries) if has_more else None)
    entries = rows[:LISTED]
    return Listed(entries, _older(entries) if has_more else None, None if page.place.is_start else _newer(entries))


def _older(entries: list[Entry]) -> Page | None:
    return Page(_place(entries[-1])) if entries else None


def _newer(entries: list[Entry]) -> Page | None:
    return Page(_place(entries[0]), is_newer=True) if entries else None


def _place(entry: Entry) -> Place:
    return Place((entry.published_at - EPOCH) // timedelta(microseconds=1), entry.id)


def found(viewer: Viewer, page: Page, query: Query, asked: dict[str, str]) -> Listed:
    """Return at most 30 entries that hold all the words, newest first, out of the newest 400. One prepared query.

    Filters alone list what the search page lists. asked: kind, space, topic, author and solved, as the search page's
    address says them.
    """
    clicked = {name: asked.get(name, "") for name in NAMES if name != "q"}
    chosen = chosen_of(query, clicked)
    if not query.terms:
        alone = asking(viewer, query, chosen)
        if alone is None:
            return Listed([], None, None)
        return listed(viewer, page, FILTERED.format(found=newest(alone[0])), many=MOST_LOOKED_AT, **alone[1])
    values = asked_by(viewer, query, now=timezone.now(), chosen=chosen)
    return listed(viewer, page, SEARCH, **values)


def outside_of(space: Space) -> list[OutsideFeed]:
    """Return the feeds from outside that come into a space, oldest first; for its hosts. Cost: one query."""
    return list(OutsideFeed.objects.filter(space=space).select_related("person", "space__owner").order_by("made_at"))
