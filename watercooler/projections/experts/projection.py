"""Keeping the telling words of items true to their present state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from watercooler.foundation.database import hot
from watercooler.foundation.database.waiting import Waiting
from watercooler.projections.experts.entries import ASKING, HELPFUL, KNOWING, refresh
from watercooler.projections.experts.models import Entry, Stem
from watercooler.projections.experts.router import route
from watercooler.spine.activity.projections import BATCH, Projection, Recorded
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.verbs import COUNTED, EDITED, HELD, MERGED_TOPIC, MOVED, REMOVED, TAGGED
from watercooler.spine.people.verbs import JOINED_PEOPLE
from watercooler.spine.social.verbs import HELPED
from watercooler.spine.spaces.verbs import CHANGED_SPACE

THREADS = "select id from content_item where root_id = any(%(ids)s)"
OF_TOPICS = "select item_id from experts_entry where topic_ids && %(ids)s::bigint[]"
OF_SPACES = "select item_id from experts_entry where space_id = any(%(ids)s)"

JOINED = """
update experts_entry e set person_id = i.author_id, space_id = i.space_id
from content_item i where i.id = e.item_id and (e.person_id = %(gone_id)s or e.space_id = %(gone_wall_id)s)
"""

FOUND_USEFUL = frozenset({HELPED.name, COUNTED.name})
OF_THREADS = frozenset({EDITED.name, REMOVED.name, HELD.name, MOVED.name, TAGGED.name})
AT_ONCE = 2 * BATCH
"""So many at once where it is far behind, as search does: how many entries hold a stem is written once a batch."""
SMALL = 100
"""Below this the worker has caught up; merging waiting words, if they are many, spares every question from them."""


class Experts(Projection):
    """The telling words of questions, answers and pages, of posts and comments that helped, and how rare each is."""

    name = "experts"
    version = 4
    tables = (Entry, Stem)
    batch = AT_ONCE
    waiting = Waiting("expert_keys")

    @property
    def verbs(self) -> frozenset[str]:  # type: ignore[override]
        """What makes one of these kinds, and what changes its words, place or topics."""
        kinds = (*KNOWING, *HELPFUL, ASKING)
        made = {registered()[name].made.name for name in kinds if name in registered()}
        return OF_THREADS | FOUND_USEFUL | made | {MERGED_TOPIC.name, CHANGED_SPACE.name, JOINED_PEOPLE.name}

    def apply(self, batch: Sequence[Recorded]) -> None:
        touched = {a.item_id for a in batch if a.item_id and (a.verb not in FOUND_USEFUL or a.kind in HELPFUL)}
        roots = [a.item_id for a in batch if a.item_id and a.verb in OF_THREADS and a.parent_id is None]
        topics = [a.detail["topic_id"] for a in batch if a.verb == MERGED_TOPIC.name]
        spaces = [a.space_id for a in batch if a.verb == CHANGED_SPACE.name and "access" in a.detail.get("fields", ())]
        for sql, ids in ((THREADS, roots), (OF_TOPICS, topics), (OF_SPACES, spaces)):
            if ids:
                touched |= set(hot.rows(sql, int, ids=ids))
        if touched:
            refresh(touched)
        for gone in (a.detail for a in batch if a.verb == JOINED_PEOPLE.name):
            hot.rows(JOINED, **gone)
        if len(batch) < SMALL:
            self.waiting.add(len(touched))
        route(batch)

    def snapshot(self) -> dict[str, list[tuple[Any, ...]]]:
        """Leave out keys that no entry holds any more; they cost less to keep than to look for."""
        rows = super().snapshot()
        return {**rows, "experts_stem": [row for row in rows["experts_stem"] if row[1]]}
