"""Keeping what people are known for, so that a profile need not read all that somebody ever answered.

What happens to a thread marks its authors stale within a second; a stale person's topics are worked out when asked
for, as before they were ever kept. A job sums them up anew once a minute. So what is kept is never older than its
evidence, but for its slow fading with age.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from watercooler.foundation.database import hot
from watercooler.kinds.questions.verbs import ACCEPTED
from watercooler.projections.experts.entries import KNOWING
from watercooler.projections.experts.known_for import BEST_FIRST, IS_ACCEPTED, IS_USEFUL, PROOFS, SUMS, newest_of
from watercooler.projections.experts.projection import OF_SPACES, OF_THREADS
from watercooler.spine.activity.projections import Follower, Recorded
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.verbs import COUNTED, MERGED_TOPIC
from watercooler.spine.people.verbs import JOINED_PEOPLE
from watercooler.spine.social.verbs import HELPED
from watercooler.spine.spaces.verbs import CHANGED_SPACE

TOPICS = 24
"""How many topics of a person are kept for each audience; a profile shows six."""
FADED = "7 days"
"""When topics are summed up again although nothing happened: newer evidence counts more."""

EVIDENCE = frozenset({HELPED.name, ACCEPTED.name, COUNTED.name})
MARK = """
update experts_knownperson k set is_stale = true from (
    select author_id as id from content_item where id = any(%(touched)s) or root_id = any(%(touched)s)
    union select person_id from experts_knowntopic where topic_id = any(%(topics)s)
    union select unnest(%(people)s::bigint[])) a
where k.person_id = a.id and not k.is_stale"""

WAITING = f"""
select person_id from (
    select e.person_id, 0 as turn, null::timestamptz as at from people_person p cross join lateral (
        select person_id from experts_entry where person_id = p.id and shows_knowledge limit 1) e
    where not exists (select from experts_knownperson k where k.person_id = p.id)
    union all select person_id, 1, at from experts_knownperson where is_stale
    union all select person_id, 2, at from experts_knownperson where at < now() - interval '{FADED}') w
order by turn, at limit %(most)s"""
BEGIN = """
insert into experts_knownperson (person_id, is_stale, at)
select id, true, now() from people_person where id = any(%(people)s) on conflict do nothing"""
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
    """Return at most so many people whose topics are not kept, stale or faded. Cost: one query, of all people."""
    return hot.rows(WAITING, int, most=most)


@transaction.atomic
def sum_up(people: Sequence[int]) -> None:
    """Keep what these people are known for, as of now. Cost: six statements; about 1 ms for each who wrote much."""
    hot.rows(BEGIN, people=people)
    held = hot.rows(HOLD, int, people=people)
    for statement in (CLEAR, SUM_UP, DONE):
        hot.rows(statement, people=held)


class Known(Follower):
    """Marks those whose evidence may have changed: the authors of every thread that something happened to."""

    name = "known"

    @property
    def verbs(self) -> frozenset[str]:  # type: ignore[override]
        """What adds evidence, and what changes its worth, place or topics."""
        made = {registered()[name].made.name for name in KNOWING if name in registered()}
        return EVIDENCE | OF_THREADS | made | {MERGED_TOPIC.name, CHANGED_SPACE.name, JOINED_PEOPLE.name}

    def apply(self, batch: Sequence[Recorded]) -> None:
        touched = {a.root_id for a in batch if a.root_id}
        topics = [a.detail["topic_id"] for a in batch if a.verb == MERGED_TOPIC.name]
        spaces = [a.space_id for a in batch if a.verb == CHANGED_SPACE.name and "access" in a.detail.get("fields", ())]
        if spaces:
            touched |= set(hot.rows(OF_SPACES, int, ids=spaces))
        people = [a.person_id for a in batch if a.verb == JOINED_PEOPLE.name]
        hot.rows(MARK, touched=sorted(touched), topics=topics, people=people)
