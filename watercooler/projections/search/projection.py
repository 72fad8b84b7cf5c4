"""Keeping the search table true to the items' present state."""

from __future__ import annotations

from collections.abc import Sequence

from watercooler.foundation.database import hot
from watercooler.foundation.database.waiting import Waiting
from watercooler.projections.search.entries import QUALITY_OF, write
from watercooler.projections.search.models import SearchEntry
from watercooler.spine.activity.projections import BATCH, Projection, Recorded
from watercooler.spine.content.kinds import registered

GONE = """
delete from search_searchentry e using content_item i
where i.id = e.item_id and i.id = any(%(items)s) and i.state <> 1
"""
THREADS = "select id from content_item where root_id = any(%(roots)s) or parent_id = any(%(roots)s)"
TOPICS = "select id from content_item where topic_ids && %(topics)s::bigint[]"
RECKON = f"""
update search_searchentry e set quality = {QUALITY_OF}
from content_item i left join content_item r on r.id = i.root_id
where i.id = e.item_id and i.id = any(%(items)s)
"""
MOVE = """
update search_searchentry e set audience = i.audience from content_item i
where i.id = e.item_id and e.space_id = any(%(spaces)s) and e.audience <> i.audience
"""
JOINED = """
update search_searchentry e set author_id = i.author_id, space_id = i.space_id
from content_item i where i.id = e.item_id and (e.author_id = %(gone_id)s or e.space_id = %(gone_wall_id)s)
"""

AT_ONCE = 2 * BATCH
"""So many at once where it is far behind: the experts take as many, and count each stem once a batch."""
SMALL = 100
"""Below this the worker has caught up, and merging waiting words, if they are many, spares every search from them."""

WHOLE_THREAD = frozenset({"edited", "removed", "held", "moved", "tagged"})
QUALITY = frozenset({"helped", "accepted", "counted"})
ELSEWHERE = frozenset({"changed_space", "merged_topic", "joined_people"})


class Search(Projection):
    """Rows of every live item, recomputed from its present state whenever something was done to it."""

    name = "search"
    version = 6
    tables = (SearchEntry,)
    batch = AT_ONCE
    waiting = Waiting("search_words")

    @property
    def verbs(self) -> frozenset[str]:  # type: ignore[override]
        """Everything that makes or changes items; a new kind is found without a word here."""
        return WHOLE_THREAD | QUALITY | ELSEWHERE | {kind.made.name for kind in registered().values()}

    def apply(self, batch: Sequence[Recorded]) -> None:
        touched = {a.item_id for a in batch if a.item_id and a.verb not in QUALITY}
        roots = {a.item_id for a in batch if a.item_id and a.verb in WHOLE_THREAD}
        reckoned = {a.item_id for a in batch if a.item_id and a.verb in QUALITY}
        reckoned |= {a.root_id for a in batch if a.root_id and a.verb == "accepted"}
        topics = {a.detail["into_id"] for a in batch if a.verb == "merged_topic"}
        spaces = {a.space_id for a in batch if a.space_id and a.verb == "changed_space"}
        if topics:
            roots |= set(hot.rows(TOPICS, int, topics=sorted(topics)))
        if roots:
            touched |= roots | set(hot.rows(THREADS, int, roots=sorted(roots)))
        if touched:
            write(touched)
            hot.rows(GONE, items=sorted(touched))
        if reckoned:
            hot.rows(RECKON, items=sorted(reckoned))
        if spaces:
            hot.rows(MOVE, spaces=sorted(spaces))
        for gone in (a.detail for a in batch if a.verb == "joined_people"):
            hot.rows(JOINED, **gone)
        if len(batch) < SMALL:
            self.waiting.add(len(touched))
