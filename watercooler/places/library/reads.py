"""What the library shows: everything worth keeping that the viewer may read, narrowed and ordered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.text import Words
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.feed.reads import Place, moment
from watercooler.spine.content.kinds import top_kinds
from watercooler.spine.content.reads import CARD_COLUMNS, CARD_JOINS, Card
from watercooler.spine.content.visibility import ON_TOPIC, VISIBLE, visible_values

SHOWN = 24

MAY = "(e.is_live and (e.audience = any(%(audiences)s) or e.space_id = any(%(guest_spaces)s)))"


def kinds() -> dict[str, tuple[Words, str]]:
    """Return what the library can be narrowed to: name → label and SQL, what is meant to last first."""
    found = {kind.name: (kind.plural, f"e.kind = '{kind.name}'") for kind in top_kinds()}
    found["question"] = (_("Open questions"), "e.kind = 'question' and not e.is_solved")
    lasting = {"article": found.pop("article"), "solved": (_("Solved questions"), "e.is_solved")}
    return {**lasting, **found}


ABOUT = "about as materialized (select distinct entry_id from feed_feedtopic where topic_id = any(%(topics)s))"
"""What is about some topics, found first: the planner would walk the whole order to meet a rare topic."""
ORDERS = {"helped": ("e.helped_count", "e.helped_count::bigint"), "newest": ("e.at", moment("e.at"))}


@dataclass(frozen=True, slots=True)
class Found:
    """At most 24 cards. next: where the next page begins, empty at the end."""

    cards: list[Card]
    next: str


def browse(viewer: Viewer, chosen: list[str], topics: list[int], spaces: list[int], order: str, after: Place) -> Found:
    """Return one page of what the viewer may read, most helpful or newest first.

    chosen: names of `kinds`; values of one facet add up, facets narrow each other. Cost: one prepared query; it rides
    the feed's index of its order, or of the topics or spaces where some are chosen.
    """
    column, key = ORDERS[order]
    narrowed = f"and ({' or '.join(kinds()[name][1] for name in chosen)})" if chosen else ""
    if topics:
        narrowed += " and e.item_id = about.entry_id"
    if spaces or not viewer.is_member:
        narrowed += " and e.space_id = any(%(spaces)s)"
    bound = after.at if order == "newest" else min(after.key, 2**31 - 1)
    sql = _shown(f"""
        {"with " + ABOUT if topics else ""}
        select e.item_id, {key} as key from feed_feedentry e {", about" if topics else ""}
        where {MAY} {narrowed} and ({column}, e.item_id) < (%(bound)s, %(id)s)
        order by {column} desc, e.item_id desc limit {SHOWN + 11}""")
    inside = [space for space in spaces if space in viewer.space_ids] or list(viewer.space_ids)
    return _found(sql, viewer, bound=bound, id=after.id, topics=topics, spaces=spaces if viewer.is_member else inside)


def saved(viewer: Viewer, after: Place) -> Found:
    """Return one page of what the viewer saved, latest saved first. An answer is kept with its question."""
    sql = _shown(f"""
        select coalesce(i.root_id, i.id) as item_id, max(saved.id) as key
        from social_saved saved join content_item i on i.id = saved.item_id
        where saved.person_id = %(person)s and {VISIBLE} group by 1
        having max(saved.id) < %(key)s order by 2 desc limit {SHOWN + 1}""")
    return _found(sql, viewer, key=after.key)


def _shown(page: str) -> str:
    return f"""with page as ({page})
select listed.key, {CARD_COLUMNS}
from page listed join content_item i on i.id = listed.item_id {CARD_JOINS} where {VISIBLE}
order by listed.key desc, listed.item_id desc limit {SHOWN + 1}"""


def _found(sql: str, viewer: Viewer, **values: Any) -> Found:
    rows: list[tuple[int, Card]] = hot.rows(
        sql, lambda key, *columns: (key, Card(*columns)), person=viewer.person_id, **values, **visible_values(viewer)
    )
    more = str(Place(rows[SHOWN - 1][0], rows[SHOWN - 1][1].id)) if len(rows) > SHOWN else ""
    return Found([card for _key, card in rows[:SHOWN]], more)


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic with something on it that the viewer may read. items: how many, at most 99."""

    id: int
    slug: str
    name: str
    about: str
    items: int
    is_followed: bool


# A topic that is only used where one may not read is not named; the feed's copy is good enough to count by.
TOPICS = f"""
select t.id, t.slug, t.name, t.about, near.items, exists (
    select 1 from social_follow f where f.follower_id = %(person)s and f.topic_id = t.id and f.level <> 'muted')
from content_topic t cross join lateral (
    select count(*) as items from (
        select 1 from feed_feedtopic ft join feed_feedentry e on e.item_id = ft.entry_id
        where ft.topic_id = t.id and {MAY} limit 99) counted
) near
where t.synonym_of_id is null and t.item_count > 0 and near.items > 0
    and (%(like)s = '%%' or lower(t.name) like %(like)s)
order by {ON_TOPIC.format(topic="t")} desc, near.items desc, t.id limit %(limit)s
"""


def topics(viewer: Viewer, words: str = "", limit: int = 60) -> list[TopicLine]:
    """Return the topics with most on them that the viewer may read, at most `limit`. Cost: one prepared query."""
    words = words.lower().replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    like = f"%{words}%" if words else "%"
    return hot.rows(TOPICS, TopicLine, person=viewer.person_id, like=like, limit=limit, **visible_values(viewer))
