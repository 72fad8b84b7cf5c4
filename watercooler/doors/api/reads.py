"""What programs read of items: whole ones by id, and pages of ids. The rule of who reads what is the pages' own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from watercooler.doors.api.shapes.common import PersonBrief, SpaceBrief, TopicBrief, address
from watercooler.doors.api.shapes.items import File, Item, Mine, StateName
from watercooler.foundation.base.pages import chrome
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.feed.reads import Place, moment
from watercooler.spine.content.found import WAITING
from watercooler.spine.content.kinds import url_of
from watercooler.spine.content.reads import Marked
from watercooler.spine.content.visibility import VISIBLE, State, visible_values
from watercooler.spine.spaces.mentioned import without_dead_links

WHOLE = f"""
select i.id, i.kind, i.state, i.title, i.source, i.safe_html, i.excerpt, i.parent_id, coalesce(i.root_id, i.id),
       coalesce(r.kind, i.kind), coalesce(r.title, i.title), i.revision, i.made_at, i.published_at, i.publish_at,
       i.edited_at, i.active_at, i.helped_count, i.answer_count, i.comment_count, i.share_count, i.rating_count,
       i.reactions::text, i.card::text, s.slug, s.name, s.purpose, p.handle, p.name, p.job, p.photo,
       (select coalesce(json_agg(json_build_object('slug', t.slug, 'name', t.name) order by t.name), '[]')
        from content_topic t where t.id = any(i.topic_ids))::text,
       (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'content_type', a.content_type,
            'size_bytes', a.size_bytes, 'alt', a.alt, 'width', a.width, 'height', a.height) order by a.id), '[]')
        from content_attachment a where a.item_id = i.id)::text
from unnest(%(ids)s::bigint[]) with ordinality asked (id, place)
join content_item i on i.id = asked.id
left join content_item r on r.id = i.root_id
join spaces_space s on s.id = i.space_id
join people_person p on p.id = i.author_id
where {VISIBLE} or (i.author_id = %(person)s and i.state = any(%(waiting)s))
order by asked.place
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One whole item, in the order of WHOLE's columns."""

    id: int
    kind: str
    state: int
    title: str
    source: str
    html: str
    excerpt: str
    parent_id: int | None
    thread_id: int
    root_kind: str
    root_title: str
    revision: int
    made_at: datetime
    published_at: datetime | None
    publish_at: datetime | None
    edited_at: datetime | None
    active_at: datetime
    helped_count: int
    answer_count: int
    comment_count: int
    share_count: int
    rating_count: int
    reactions: str
    card: str
    space_slug: str
    space_name: str
    space_purpose: str
    author_handle: str
    author_name: str
    author_job: str
    author_photo: str
    topics: str
    files: str


AS_THEY_ARE = (
    *("id", "kind", "title", "source", "excerpt", "revision", "made_at", "published_at", "publish_at"),
    *("edited_at", "active_at", "helped_count", "answer_count", "comment_count", "share_count", "rating_count"),
)


Reasons = Callable[[Sequence[Row]], dict[int, str]]


def whole(viewer: Viewer, ids: Sequence[int], reasons: Reasons | None = None) -> list[Item]:
    """Return the items of these ids that the viewer may read, or that are their own and wait, in this order.

    Cost: two prepared queries, flat in everything but the number of ids; one more for guests at most.
    """
    if not ids:
        return []
    waiting = [int(state) for state in WAITING]
    values: dict[str, Any] = {"ids": list(ids), "person": viewer.person_id, "waiting": waiting}
    rows = hot.rows(WHOLE, Row, **values, **visible_values(viewer))
    marks = chrome(viewer, [row.id for row in rows]).marks
    why = reasons(rows) if reasons else {}
    texts = without_dead_links(viewer, [row.html for row in rows])
    return [_item(row, html, marks.of(row.id), why.get(row.id, "")) for row, html in zip(rows, texts, strict=True)]


def one(viewer: Viewer, item_id: int) -> Item | None:
    """Return one whole item as `whole` does; None where there is none for this viewer."""
    found = whole(viewer, [item_id])
    return found[0] if found else None


def _item(row: Row, html: str, mine: Marked, reason: str) -> Item:
    path = url_of(row.kind, row.id, row.title, row.thread_id, row.root_kind, row.root_title)
    author = {"handle": row.author_handle, "name": row.author_name, "job": row.author_job, "photo": row.author_photo}
    return Item(
        **{name: getattr(row, name) for name in AS_THEY_ARE},
        html=html,
        state=cast(StateName, State(row.state).name.lower()),
        url=address(path),
        author=PersonBrief.of(author),
        space=SpaceBrief.of(row.space_slug, row.space_name, row.space_purpose),
        parent=row.parent_id,
        thread=row.thread_id,
        topics=[TopicBrief(**topic) for topic in json.loads(row.topics)],
        files=[File.of(file) for file in json.loads(row.files)],
        details=json.loads(row.card),
        reactions=json.loads(row.reactions),
        mine=Mine(helped=mine[0], saved=mine[1], following=mine[2], reactions=list(mine[3])),
        reason=reason,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of items is narrowed to; None or empty for everything. kinds: names, never empty."""

    kinds: Sequence[str]
    space: int | None = None
    author: int | None = None
    topic: int | None = None


# Each kind's newest first, then the newest of those: every part rides an index, however large the house is.
NEWEST = f"""
select x.id, {moment("x.at")} from unnest(%(kinds)s::text[]) wanted cross join lateral (
    select i.id, i.published_at as at from content_item i
    where i.kind = wanted and i.parent_id is null and {VISIBLE} and (i.published_at, i.id) < (%(at)s, %(id)s)
    order by i.published_at desc, i.id desc limit %(limit)s) x
order by x.at desc, x.id desc limit %(limit)s
"""
NARROWED = f"""
select i.id, {moment("i.published_at")} from content_item i
where {{narrowed}} and i.kind = any(%(kinds)s::text[]) and {VISIBLE} and (i.published_at, i.id) < (%(at)s, %(id)s)
order by i.published_at desc, i.id desc limit %(limit)s
"""
OF_SPACE = "i.space_id = %(space)s"
OF_AUTHOR = "i.author_id = %(author)s"
OF_TOPIC = "i.topic_ids @> array[%(topic)s::bigint]"
ALONE = "i.parent_id is null"


def newest(viewer: Viewer, wanted: Wanted, after: Place, limit: int) -> tuple[list[int], str]:
    """Return the ids of one page, newest first, and where the next begins. Cost: one prepared query."""
    asked = {"space": wanted.space, "author": wanted.author, "topic": wanted.topic}
    given = {name: value for name, value in asked.items() if value is not None}
    parts = {"space": OF_SPACE, "author": OF_AUTHOR, "topic": OF_TOPIC}
    narrowed = [parts[name] for name in given] + ([] if wanted.author is not None else [ALONE])
    sql = NARROWED.replace("{narrowed}", " and ".join(narrowed)) if given else NEWEST
    values: dict[str, Any] = {**given, "kinds": list(wanted.kinds), "at": after.at, "id": after.id, "limit": limit + 1}
    found: list[tuple[int, int]] = hot.rows(sql, lambda *row: row, **values, **visible_values(viewer))
    more = str(Place(found[limit - 1][1], found[limit - 1][0])) if len(found) > limit else ""
    return [item_id for item_id, _key in found[:limit]], more


REPLIES = f"""
select i.id from content_item i
where i.root_id = %(root)s and i.parent_id = %(parent)s and (%(kind)s = '' or i.kind = %(kind)s)
  and i.id > %(after)s and {VISIBLE}
order by i.id limit %(limit)s
"""


def replies(viewer: Viewer, item_id: int, thread_id: int, kind: str, after: int, limit: int) -> tuple[list[int], str]:
    """Return the ids of what hangs directly below an item, oldest first. Cost: one prepared query."""
    values = {"root": thread_id, "parent": item_id, "kind": kind, "after": after, "limit": limit + 1}
    found = [row.id for row in hot.rows(REPLIES, **values, **visible_values(viewer))]
    return found[:limit], str(found[limit - 1]) if len(found) > limit else ""


def ids(cards: Iterable[Any]) -> list[int]:
    """Return the ids of cards or rows."""
    return [card.id for card in cards]
