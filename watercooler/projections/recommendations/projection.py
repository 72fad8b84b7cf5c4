"""Following the record: who took part in which thread, and when last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from watercooler.foundation.database import hot
from watercooler.projections.recommendations.engagement import TAKE_PART
from watercooler.projections.recommendations.models import Engagement
from watercooler.spine.activity.projections import Projection, Recorded
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.verbs import MOVED
from watercooler.spine.people.verbs import JOINED_PEOPLE
from watercooler.spine.social.verbs import HELPED, REACTED, SAVED

NEVER = datetime(1970, 1, 1, tzinfo=UTC)

MOVE = """
update recommendations_engagement e set space_id = i.space_id
from content_item i where i.id = e.thread_id and i.id = any(%(threads)s) and e.space_id <> i.space_id
"""
JOINED = """
with gone as (delete from recommendations_engagement where person_id = %(gone_id)s returning *)
insert into recommendations_engagement as e (person_id, thread_id, space_id, acts, at, open_acts, open_at)
select %(person_id)s, thread_id, space_id, acts, at, open_acts, open_at from gone
on conflict (person_id, thread_id) do update set
    acts = e.acts + excluded.acts, at = greatest(e.at, excluded.at),
    open_acts = e.open_acts + excluded.open_acts, open_at = greatest(e.open_at, excluded.open_at)
"""
MOVED_WALL = """
update recommendations_engagement e set space_id = i.space_id
from content_item i where i.id = e.thread_id and e.space_id = %(gone_wall_id)s
"""


@cache
def taking_part() -> frozenset[str]:
    """Return the verbs that say somebody took part: making an item of any kind, Helped, reacting, saving."""
    made = {kind.made.name for kind in registered().values()}
    return frozenset(made | {HELPED.name, REACTED.name, SAVED.name})


class Recommendations(Projection):
    """One row per person and thread they took part in. What is picked from it is made by a job."""

    name = "recommendations"
    version = 1
    tables = (Engagement,)

    @property
    def verbs(self) -> frozenset[str]:  # type: ignore[override]
        return taking_part() | {MOVED.name, JOINED_PEOPLE.name}

    def apply(self, batch: Sequence[Recorded]) -> None:
        """Write at most two statements a batch, and two for each who turned out to be somebody else."""
        sums: dict[tuple[int, int], list[tuple[int, datetime, bool]]] = defaultdict(list)
        for a in batch:
            if a.verb in taking_part() and a.root_id:
                at = a.at if a.sign > 0 else NEVER
                sums[a.actor_id, a.root_id].append((a.sign, at, a.verb != SAVED.name))
        if sums:
            hot.rows(TAKE_PART, **_columns(sums))
        if moved := [a.root_id for a in batch if a.verb == MOVED.name and a.root_id]:
            hot.rows(MOVE, threads=moved)
        for one in (a.detail for a in batch if a.verb == JOINED_PEOPLE.name):
            hot.rows(JOINED, **one)
            hot.rows(MOVED_WALL, **one)


def _columns(sums: dict[tuple[int, int], list[tuple[int, datetime, bool]]]) -> dict[str, list[object]]:
    """Return the sums as columns. An act taken back leaves its time: when is no reason, only how often."""
    opened = {key: [(sign, at) for sign, at, is_open in acts if is_open] for key, acts in sums.items()}
    return {
        "people": [person for person, _thread in sums],
        "threads": [thread for _person, thread in sums],
        "acts": [sum(sign for sign, *_rest in acts) for acts in sums.values()],
        "ats": [max(at for _sign, at, _is_open in acts) for acts in sums.values()],
        "open_acts": [sum(sign for sign, _at in acts) for acts in opened.values()],
        "open_ats": [max((at for _sign, at in acts), default=NEVER) for acts in opened.values()],
    }
