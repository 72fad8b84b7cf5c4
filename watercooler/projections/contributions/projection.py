"""Keeps each person's sums of what they gave."""

from __future__ import annotations

from collections.abc import Sequence

from watercooler.foundation.database import hot
from watercooler.projections.contributions.models import Contribution
from watercooler.spine.activity.projections import Projection, Recorded

# Counted anew for the people a batch touches, from what is there now: it cannot drift, and a rebuild gives the same.
SUMS = """
insert into contributions_contribution
    (person_id, helped, posts, questions, answers, accepted, articles, improved)
select p.id, coalesce(sum(i.helped_count), 0),
       count(*) filter (where i.kind = 'post'), count(*) filter (where i.kind = 'question'),
       count(*) filter (where i.kind = 'answer'), count(q.item_id), count(*) filter (where i.kind = 'article'),
       (select count(distinct r.item_id) from content_revision r join content_item o on o.id = r.item_id
        where r.author_id = p.id and o.author_id <> p.id and o.state = 1)
from unnest(%(people)s::bigint[]) as p(id)
left join content_item i on i.author_id = p.id and i.state = 1
left join questions_question q on q.accepted_answer_id = i.id
group by p.id
on conflict (person_id) do update set
    helped = excluded.helped, posts = excluded.posts, questions = excluded.questions, answers = excluded.answers,
    accepted = excluded.accepted, articles = excluded.articles, improved = excluded.improved
"""


AUTHORS = "select distinct author_id from content_item where root_id = any(%(threads)s)"
CHANGES_TEXT = frozenset({"edited", "removed", "held"})
HIDES = frozenset({"removed", "held"})


class Contributions(Projection):
    """Sums by author, for profiles and for suggesting whom to follow."""

    name = "contributions"
    tables = (Contribution,)
    batch = 10_000

    def apply(self, batch: Sequence[Recorded]) -> None:
        people = {a.author_id for a in batch if a.author_id}
        people |= {a.actor_id for a in batch if a.verb in CHANGES_TEXT}
        # What stood below a removed thing went with it, or came back with it.
        threads = [a.item_id for a in batch if a.verb in HIDES]
        if threads:
            people |= set(hot.rows(AUTHORS, int, threads=threads))
        hot.rows(SUMS, people=sorted(people))
