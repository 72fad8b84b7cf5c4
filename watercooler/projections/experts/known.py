"""Keeping what people are known for, so that a profile need not read all that somebody ever answered.

Those whose evidence may have changed are marked, and summed up at once if they are few; after an import a job sums up
the rest. So what is kept is as old as any projection, but for its slow fading with age.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from watercooler.foundation.database import hot
from watercooler.kinds.questions.verbs import ACCEPTED
from watercooler.projections.experts.known_for import BEST_FIRST, IS_ACCEPTED, IS_USEFUL, PROOFS, SUMS, newest_of
from watercooler.projections.experts.models import KnownPerson, KnownTopic
from watercooler.projections.experts.projection import OF_SPACES
from watercooler.spine.activity.projections import Projection, Recorded
from watercooler.spine.content.verbs import COUNTED, HELD, MERGED_TOPIC, MOVED, REMOVED, TAGGED
from watercooler.spine.people.verbs import JOINED_PEOPLE
from watercooler.spine.social.verbs import HELPED
from watercooler.spine.spaces.verbs import CHANGED_SPACE

CHANGES = (REMOVED, HELD, MOVED, TAGGED, MERGED_TOPIC, CHANGED_SPACE, JOINED_PEOPLE)
TOPICS = 24
"""How many topics of a person are kept for each audience; a profile shows six."""
AT_ONCE = 60
"""How many people are summed up as the record is followed: some 60 ms for a thousand activities."""
ALL_AT_ONCE = 500
"""How many people are summed up in one transaction where that is all there is to do: some half a second."""
FADED = "7 days"
"""When topics are summed up again although nothing happened: newer evidence counts more."""

# The authors of whatever was touched and of what stands below it, and whoever has a topic that is no more.
MARK = """
insert into experts_knownperson (person_id, is_stale, at)
select id, true, now() from (
    select author_id as id from content_item where id = any(%(touched)s) or root_id = any(%(touched)s)
    union select person_id from experts_knowntopic where topic_id = any(%(topics)s)
    union select unnest(%(people)s::bigint[])) a
order by id on conflict (person_id) do update set is_stale = true returning person_id"""
WAITING = f"""
select person_id from experts_knownperson where is_stale or at < now() - interval '{FADED}'
order by is_stale desc, at limit %(most)s"""
# Whoever marks one of them waits until the sums are written, and marks them then.
HOLD = "select person_id from experts_knownperson where person_id = any(%(people)s) order by person_id for update"
CLEAR = "delete from experts_knowntopic where person_id = any(%(people)s)"
SUM_UP = f"""
insert into experts_knowntopic (person_id, audience, topic_id, accepted, helped, score, item_ids)
with proof as (
    select e.person_id, i.audience, topic, i.id, i.helped_count, i.published_at, {IS_ACCEPTED} as is_accepted
    from unnest(%(people)s::bigint[]) p(id) cross join lateral ({newest_of("p.id")}) e
    join content_item i on i.id = e.item_id left join content_item r on r.id = i.root_id
    cross join unnest(e.topic_ids) topic
    where i.state = 1
), topic as (
    select person_id, audience, topic, {SUMS}, (array_agg(id order by {BEST_FIRST}))[1:{PROOFS}] as item_ids
    from proof group by person_id, audience, topic having {IS_USEFUL}
), ranked as (
    select *, row_number() over (partition by person_id, audience order by score desc, topic) as place from topic
)
select person_id, audience, topic, accepted, helped, score, item_ids from ranked where place <= {TOPICS}"""
DONE = "update experts_knownperson set is_stale = false, at = now() where person_id = any(%(people)s)"


def waiting(most: int) -> list[int]:
    """Return at most so many people whose topics are stale or faded, the stale first. Cost: one query."""
    return hot.rows(WAITING, int, most=most)


@transaction.atomic
def sum_up(people: Sequence[int]) -> None:
    """Keep what these people are known for, as of now. Cost: four statements; about 1 ms for each who wrote much."""
    held = hot.rows(HOLD, int, people=people)
    for statement in (CLEAR, SUM_UP, DONE):
        hot.rows(statement, people=held)


class Known(Projection):
    """What people are known for, from the entries of `Experts`, which comes before it.

    A new answer is no evidence yet: somebody has to find it useful.
    """

    name = "known"
    version = 2
    tables = (KnownPerson, KnownTopic)
    verbs = frozenset(verb.name for verb in (HELPED, COUNTED, ACCEPTED, *CHANGES))

    def apply(self, batch: Sequence[Recorded]) -> None:
        touched = {a.root_id if a.verb == ACCEPTED.name else a.item_id for a in batch if a.item_id}
        topics = [a.detail["topic_id"] for a in batch if a.verb == MERGED_TOPIC.name]
        spaces = [a.space_id for a in batch if a.verb == CHANGED_SPACE.name and "access" in a.detail.get("fields", ())]
        if spaces:
            touched |= set(hot.rows(OF_SPACES, int, ids=spaces))
        joined = [a for a in batch if a.verb == JOINED_PEOPLE.name]
        if joined:
            hot.rows(CLEAR, people=[a.detail["gone_id"] for a in joined])
        people = [a.person_id for a in joined]
        marked = hot.rows(MARK, int, touched=[item for item in touched if item], topics=topics, people=people)
        if len(marked) <= AT_ONCE:
            sum_up(marked)

    def complete(self) -> None:
        while people := waiting(ALL_AT_ONCE):
            sum_up(people)

    def snapshot(self) -> dict[str, list[tuple[Any, ...]]]:
        """Leave out what depends on the moment: when it was summed up, and what faded since."""
        rows = KnownTopic.objects.values_list("person_id", "audience", "topic_id", "accepted", "helped", "item_ids")
        return {"experts_knowntopic": sorted(rows)}
