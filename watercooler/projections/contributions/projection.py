"""Keeps each person's sums of what they gave."""

from __future__ import annotations

from collections.abc import Sequence

from watercooler.foundation.database import hot
from watercooler.projections.contributions.models import Contribution
from watercooler.projections.contributions.reads import NUMBERS
from watercooler.spine.activity.projections import Projection, Recorded
from watercooler.spine.people.verbs import JOINED_PEOPLE

# Counted anew for the people a batch touches, from what is there now: it cannot drift, and a rebuild gives the same.
SUMS = f"""
with given as materialized (
    select i.author_id as person_id, i.space_id, sum(i.helped_count) as helped,
           count(*) filter (where i.kind = 'post') as posts, count(*) filter (where i.kind = 'question') as questions,
           count(*) filter (where i.kind = 'answer') as answers, count(q.item_id) as accepted,
           count(*) filter (where i.kind = 'article') as articles, 0 as improved
    from content_item i left join questions_question q on q.accepted_answer_id = i.id
    where i.author_id = any(%(people)s) and i.state = 1 group by 1, 2
    union all
    select r.author_id, o.space_id, 0, 0, 0, 0, 0, 0, count(distinct r.item_id)
    from content_revision r join content_item o on o.id = r.item_id
    where r.author_id = any(%(people)s) and o.author_id <> r.author_id and o.state = 1 group by 1, 2
), gone as (
    delete from contributions_contribution c where c.person_id = any(%(people)s)
        and not exists (select from given g where g.person_id = c.person_id and g.space_id = c.space_id)
)
insert into contributions_contribution as c (person_id, space_id, {", ".join(NUMBERS)})
select person_id, space_id, {", ".join(f"sum({name})" for name in NUMBERS)} from given group by 1, 2
on conflict (person_id, space_id) do update set {", ".join(f"{name} = excluded.{name}" for name in NUMBERS)}
where ({", ".join(f"c.{name}" for name in NUMBERS)}) <> ({", ".join(f"excluded.{name}" for name in NUMBERS)})
"""


THREADED = """
select i.author_id from content_item i where i.root_id = any(%(threads)s)
union
select r.author_id from content_revision r join content_item i on i.id = r.item_id
where i.id = any(%(threads)s) or i.root_id = any(%(threads)s)
"""
CHANGES_TEXT = frozenset({"edited", "removed", "held"})
WITH_ALL_BELOW = frozenset({"removed", "held", "moved"})


class Contributions(Projection):
    """Sums by author and space, for profiles and for suggesting whom to follow."""

    name = "contributions"
    version = 2
    tables = (Contribution,)
    batch = 10_000

    def apply(self, batch: Sequence[Recorded]) -> None:
        people = {a.author_id for a in batch if a.author_id}
        people |= {a.actor_id for a in batch if a.verb in CHANGES_TEXT}
        people |= {a.person_id for a in batch if a.verb == JOINED_PEOPLE.name and a.person_id}
        # What stood below a removed or moved thing went with it, or came back with it.
        threads = [a.item_id for a in batch if a.verb in WITH_ALL_BELOW]
        if threads:
            people |= set(hot.rows(THREADED, int, threads=threads))
        hot.rows(SUMS, people=sorted(people))
