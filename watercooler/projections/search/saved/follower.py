"""Noticing that there is something new to hold against saved searches."""

from __future__ import annotations

from collections.abc import Sequence

from watercooler.foundation.base.jobs import enqueue
from watercooler.foundation.database import hot
from watercooler.projections.search.jobs import look_for_saved, reckon_saved
from watercooler.spine.activity.projections import Follower, Recorded
from watercooler.spine.content.kinds import registered

ANY = "select 1 from search_savedsearch limit 1"
SAME = frozenset({"merged_topic", "explained_term", "removed_term"})
"""What changes which words mean the same."""


class SavedSearches(Follower):
    """Asks for a job that looks, after search has taken the new items in. Looks at nothing itself."""

    name = "saved_searches_asked"

    @property
    def verbs(self) -> frozenset[str]:  # type: ignore[override]
        """What makes items of any kind, and what changes which words mean the same."""
        return frozenset(kind.made.name for kind in registered().values()) | SAME

    def apply(self, batch: Sequence[Recorded]) -> None:
        if not hot.rows(ANY):
            return
        if any(not a.is_imported and a.verb not in SAME for a in batch):
            enqueue(look_for_saved, alone="search.look_for_saved")
        if any(a.verb in SAME for a in batch):
            enqueue(reckon_saved, alone="search.reckon_saved")
