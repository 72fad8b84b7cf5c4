"""What stands around every page for one viewer: unread count, their spaces, their marks on the page's items, and cards
that are not kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from watercooler.foundation.base.pages import Beside
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.notifications.reads import UNREAD
from watercooler.spine.content.reads import UNKEPT, Card, Listed, Marks, ids, keep, kept
from watercooler.spine.content.visibility import visible_values
from watercooler.spine.conversations.reads import UNREAD as UNREAD_CONVERSATIONS


@dataclass(slots=True)
class Chrome:
    """unread: notifications not read yet. messages: conversations with something unread. spaces_json: at most 12 of
    {id, slug, name, hue, unread}, most alive first; text, because a kept sidebar is found by it and then never decoded.
    cards: of the items listed, in their order. beside: the column that the page asked for."""

    unread: int
    messages: int
    spaces_json: str
    marks: Marks
    cards: list[Card] = field(default_factory=list)
    beside: str = "[]"


# The spaces are looked up one by one: joined in their order, all up to the newest of somebody's were read.
FRAME = f"""
select
    {UNREAD}, {UNREAD_CONVERSATIONS},
    (select coalesce(json_agg(json_build_object('id', x.id, 'slug', x.slug, 'name', x.name, 'hue', x.hue,
                                    'unread', x.unread)), '[]')::text from (
        select s.id, s.slug, s.name, s.hue, coalesce(s.last_item_at > coalesce(m.seen_at, m.since), false) as unread
        from spaces_membership m
        join lateral (select * from spaces_space s where s.id = m.space_id offset 0) s on true
        where m.person_id = %(person)s and m.standing in ('host', 'member') and s.archived_at is null
        order by s.last_item_at desc nulls last, s.id limit 12) x)"""
UNMARKED = f"{FRAME}, '{{}}'::bigint[], '{{}}'::bigint[], '{{}}'::bigint[], '{{}}'::jsonb[]"
"""Of a page without items."""
AROUND = f"""{FRAME},
    array(select item_id from social_helped where person_id = %(person)s and item_id = any(%(items)s)),
    array(select item_id from social_saved where person_id = %(person)s and item_id = any(%(items)s)),
    array(select case level when 'muted' then -item_id else item_id end from social_follow
          where follower_id = %(person)s and item_id = any(%(items)s)),
    array(select jsonb_build_array(item_id, reaction) from social_reaction
          where person_id = %(person)s and item_id = any(%(items)s))
"""


def _into(
    unread: int, messages: int, spaces: str, helped: Any, saved: Any, following: Any, reacted: Any, beside: str = "[]"
) -> Chrome:
    pairs = frozenset((item, reaction) for item, reaction in reacted)
    muted = frozenset(-item for item in following if item < 0)
    followed = frozenset(item for item in following if item > 0)
    marks = Marks(frozenset(helped), frozenset(saved), followed, pairs, muted)
    return Chrome(unread, messages, spaces, marks, beside=beside)


def chrome(
    viewer: Viewer, items: Sequence[int] = (), listed: Sequence[Listed] = (), beside: Beside | None = None
) -> Chrome:
    """Return the frame of a page, the viewer's marks on `items`, and the cards of what is listed, or what is beside.

    Cost: one prepared query, which reads no card that is kept already.
    """
    have = kept(listed)
    unkept = [each.id for each in listed if each.id not in have]
    values = {"person": viewer.person_id, "items": [*items, *ids(listed)], **visible_values(viewer)}
    beside = Beside(UNKEPT, {"unkept": unkept}) if unkept else beside
    sql = AROUND if values["items"] else UNMARKED
    if beside:
        around = hot.rows(f"{sql}, {beside.column}", _into, **beside.values, **values)[0]
    else:
        around = hot.rows(sql, _into, **values)[0]
    if unkept:
        have |= keep(around.beside)
    around.cards = [have[each.id] for each in listed if each.id in have]
    return around
