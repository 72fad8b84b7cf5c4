"""Following the record into the feed. A row is computed again from the item as it now is: no order can spoil it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from watercooler.foundation.database import hot
from watercooler.kinds.questions.verbs import ACCEPTED
from watercooler.projections.feed.models import FeedEntry, FeedTopic
from watercooler.spine.activity.projections import Projection, Recorded
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.verbs import HELD, MERGED_TOPIC, MOVED, REMOVED, TAGGED
from watercooler.spine.social.verbs import HELPED
from watercooler.spine.spaces.verbs import CHANGED_SPACE

# All touched threads of a batch in one statement; rows that would stay the same are not written.
ENTRIES = """
insert into feed_feedentry as e (item_id, position, active_position, space_id, audience, author_id, kind, at, topic_ids,
                                 helped_count, is_unanswered, is_solved, is_live)
select i.id, t.position, t.woken, i.space_id, i.audience, i.author_id, i.kind, i.published_at, i.topic_ids,
       i.helped_count,
       i.kind = 'question' and i.answer_count = 0 and not coalesce((i.card->>'solved')::boolean, false),
       coalesce((i.card->>'solved')::boolean, false), i.state = 1
from unnest(%(items)s::bigint[], %(first)s::bigint[], %(woken)s::bigint[]) t (item_id, position, woken)
join content_item i on i.id = t.item_id
where i.parent_id is null and i.published_at is not null
on conflict (item_id) do update set
    active_position = greatest(e.active_position, excluded.active_position), space_id = excluded.space_id,
    audience = excluded.audience, topic_ids = excluded.topic_ids, helped_count = excluded.helped_count,
    is_unanswered = excluded.is_unanswered, is_solved = excluded.is_solved, is_live = excluded.is_live
where (e.active_position, e.space_id, e.audience, e.topic_ids, e.helped_count, e.is_unanswered, e.is_solved, e.is_live)
    is distinct from (greatest(e.active_position, excluded.active_position), excluded.space_id, excluded.audience,
    excluded.topic_ids, excluded.helped_count, excluded.is_unanswered, excluded.is_solved, excluded.is_live)
"""
TOPICS_OFF = """
delete from feed_feedtopic ft using feed_feedentry e
where ft.entry_id = any(%(items)s) and e.item_id = ft.entry_id and not (e.is_live and ft.topic_id = any(e.topic_ids))
"""
TOPICS_ON = """
insert into feed_feedtopic (entry_id, topic_id, at)
select e.item_id, topic, e.at from feed_feedentry e cross join unnest(e.topic_ids) topic
where e.item_id = any(%(items)s) and e.is_live on conflict do nothing
"""
MERGED = """
update feed_feedentry e set topic_ids = i.topic_ids
from content_item i where i.id = e.item_id and e.topic_ids && %(topics)s::bigint[] returning e.item_id
"""
AUDIENCES = """
update feed_feedentry e set audience = case when s.access = 'open' then 0 else s.id end
from spaces_space s where s.id = any(%(spaces)s) and e.space_id = s.id
"""


@cache
def waking() -> frozenset[str]:
    """Return the verbs that wake a thread: whatever makes an item of any kind, and accepting."""
    return frozenset({kind.made.name for kind in registered().values()} | {ACCEPTED.name})


@cache
def placing() -> frozenset[str]:
    """Return the verbs after which an entry may be about other topics, or about them again."""
    made = {kind.made.name for kind in registered().values() if kind.is_top}
    return frozenset(made | {verb.name for verb in (REMOVED, HELD, TAGGED)})


@cache
def touching() -> frozenset[str]:
    """Return all verbs after which an entry may differ."""
    return waking() | {verb.name for verb in (REMOVED, HELD, MOVED, TAGGED, HELPED)}


class Feed(Projection):
    """One entry per item that stands alone, whoever reads it: who reads is decided when they look."""

    name = "feed"
    version = 1
    tables = (FeedEntry, FeedTopic)

    def apply(self, batch: Sequence[Recorded]) -> None:
        """Write at most five statements a batch. Comments and answers touch the entry of their thread."""
        first, woken = _touched(batch)
        about = list({a.root_id for a in batch if a.verb in placing() and a.root_id})
        merged = [a.detail["topic_id"] for a in batch if a.verb == MERGED_TOPIC.name]
        spaces = {a.space_id for a in batch if a.verb == CHANGED_SPACE.name and "access" in a.detail.get("fields", ())}
        ids = list(first)
        if ids:
            hot.rows(ENTRIES, items=ids, first=list(first.values()), woken=[woken.get(i, 0) for i in ids])
        if merged:
            about += hot.rows(MERGED, int, topics=merged)
        if about:
            hot.rows(TOPICS_OFF, items=about)
            hot.rows(TOPICS_ON, items=about)
        if spaces:
            hot.rows(AUDIENCES, spaces=list(spaces))


def _touched(batch: Sequence[Recorded]) -> tuple[dict[int, int], dict[int, int]]:
    """Return item → first position that touched its thread, and item → last position that woke it."""
    first: dict[int, int] = {}
    woken: dict[int, int] = {}
    for activity in batch:
        if activity.verb in touching() and activity.root_id is not None:
            first.setdefault(activity.root_id, activity.position)
            if activity.verb in waking() and not activity.undoes_id:
                woken[activity.root_id] = activity.position
    return first, woken
