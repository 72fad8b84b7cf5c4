"""What belongs beside a thread: alike by its telling words and topics, or with the same people in it."""

from __future__ import annotations

from typing import Any

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.recommendations.picks import REFUSED, UNREFUSED
from watercooler.spine.content.visibility import VISIBLE, visible_values
from watercooler.spine.social.reads import Near

BUDGET = 4000
"""Entries read at most, rarest words first."""
NEAR_ENOUGH = 0.12
"""The share of the telling words below which a thread is shown only if it shares a topic."""
SHARED_TOPIC, SHARED_PEOPLE = 0.05, 0.02
"""What each topic in common adds to the share of words, and each person who took part in both, five at most."""

# Rarity is counted over what every member may read, and visibility is applied before anything is capped.
RELATED = f"""
with {REFUSED}, about as materialized (
    select i.id, i.topic_ids, x.keys from content_item i left join experts_entry x on x.item_id = i.id
    where i.id = %(id)s and {VISIBLE}
), telling as materialized (
    select key, coalesce(s.entries, 0) as entries,
           ln(1 + n.entries / greatest(coalesce(s.entries, 0), 1)) as worth
    from about cross join unnest(about.keys) key left join experts_stem s using (key)
    cross join (select coalesce((select entries from experts_stem where key = 0), 0)::float as entries) n
), whole as (select greatest(sum(worth), 0.001) as worth from telling
), chosen as materialized (
    select key, worth from (select *, sum(entries) over (order by entries, key) as running from telling) t
    where running <= {BUDGET}
), alike as (
    select e.root_id as id, sum(chosen.worth) as worth
    from chosen join experts_entry e on e.keys @> array[chosen.key]
    where e.item_id = e.root_id and (e.audience = any(%(audiences)s) or e.space_id = any(%(guest_spaces)s))
    group by e.root_id order by worth desc, e.root_id limit 200
), on_topic as (
    select i.id from about join content_item i on i.topic_ids && about.topic_ids
    where i.parent_id is null and i.kind = %(kind)s and {VISIBLE} order by i.published_at desc, i.id desc limit 200
), found as (
    select id, max(worth) as worth from (
        select alike.id, alike.worth / whole.worth as worth from alike cross join whole
        union all select id, 0 from on_topic) each group by id
), weighed as (
    select i.id, found.worth,
           (select count(*) from unnest(i.topic_ids) topic where topic = any(about.topic_ids)) as topics,
           (select count(*) from recommendations_engagement own join recommendations_engagement e
                on e.person_id = own.person_id and e.thread_id = i.id and e.open_acts > 0
            where own.thread_id = about.id and own.open_acts > 0) as people
    from found join content_item i on i.id = found.id cross join about cross join refused
    where i.id <> about.id and i.parent_id is null and i.kind = %(kind)s and {VISIBLE} and {UNREFUSED}
)
select i.id, i.kind, i.title, i.answer_count, i.helped_count, coalesce((i.card->>'solved')::boolean, false)
from weighed w join content_item i on i.id = w.id
where w.worth >= {NEAR_ENOUGH} or w.topics > 0
order by w.worth + {SHARED_TOPIC} * w.topics + {SHARED_PEOPLE} * least(w.people, 5) desc, w.id desc limit %(limit)s
"""


def related(viewer: Viewer, item_id: int, kind: str = "question", limit: int = 4) -> list[Near]:
    """Return threads of one kind that belong beside another, nearest first; none that the viewer refused.

    Cost: one prepared query that reads at most 4,000 entries.
    """
    values: dict[str, Any] = {"id": item_id, "kind": kind, "limit": limit, "person": viewer.person_id}
    return hot.rows(RELATED, Near, **values, **visible_values(viewer))
