"""What a topic's page shows: its things, newest first, and the people who helped most with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.content.models import Topic
from watercooler.spine.content.reads import LISTED_COLUMNS, LISTED_JOINS, Listed
from watercooler.spine.content.visibility import VISIBLE, visible_values
from watercooler.spine.social.models import Follow
from watercooler.spine.spaces.models import Level

SHOWN = 20

ITEMS = f"""
select {LISTED_COLUMNS}
from (
    select i.id from content_item i
    where i.topic_ids @> array[%(topic)s::bigint] and i.parent_id is null
      and (%(before)s::timestamptz is null or (i.published_at, i.id) < (%(before)s::timestamptz, %(before_id)s::bigint))
      and {VISIBLE}
    order by i.published_at desc, i.id desc limit {SHOWN + 1}
) found join content_item i on i.id = found.id {LISTED_JOINS}
order by i.published_at desc, i.id desc
"""


def items(viewer: Viewer, topic: Topic, before: tuple[datetime, int] | None = None) -> list[Listed]:
    """Return at most 21 things with this topic, newest first, older than `before`. Cost: one prepared query."""
    at, last_id = before or (None, 0)
    return hot.rows(ITEMS, Listed, topic=topic.pk, before=at, before_id=last_id, **visible_values(viewer))


@dataclass(frozen=True, slots=True)
class Knower:
    """Somebody whose things and answers about a topic helped. helped: how often, distinct people a thing."""

    name: str
    handle: str
    photo: str
    helped: int
    accepted: int


PEOPLE = f"""
with alike as materialized (
    select i.id, i.author_id, i.helped_count, i.card from content_item i
    where i.topic_ids @> array[%(topic)s::bigint] and i.parent_id is null and {VISIBLE}
    order by i.published_at desc, i.id desc limit 500
), given as (
    select author_id, helped_count, false as is_accepted from alike
    union all
    select i.author_id, i.helped_count, (alike.card->'accepted'->>'id')::bigint = i.id
    from alike join content_item i on i.parent_id = alike.id where i.kind = 'answer' and {VISIBLE}
), people as (
    select author_id, sum(helped_count)::int as helped, count(*) filter (where is_accepted)::int as accepted
    from given group by author_id having sum(helped_count) > 0 or count(*) filter (where is_accepted) > 0
    order by sum(helped_count) + 3 * count(*) filter (where is_accepted) desc, author_id limit %(limit)s
)
select p.name, p.handle, p.photo, people.helped, people.accepted
from people join people_person p on p.id = people.author_id where p.is_active
order by people.helped + 3 * people.accepted desc, p.id
"""


def people(viewer: Viewer, topic: Topic, limit: int = 6) -> list[Knower]:
    """Return who helped most with a topic, out of the newest 500 things with it that the viewer reads. One query."""
    return hot.rows(PEOPLE, Knower, topic=topic.pk, limit=limit, **visible_values(viewer))


def is_followed(viewer: Viewer, topic: Topic) -> bool:
    """Say whether the viewer follows the topic. Cost: one query."""
    mine = Follow.objects.filter(follower_id=viewer.person_id, topic=topic)
    return mine.exclude(level=Level.MUTED).exists()
