"""Keeping known which texts can be found by meaning, and which wait for their vector."""

from __future__ import annotations

from collections.abc import Sequence

from watercooler.foundation.base.jobs import enqueue
from watercooler.foundation.database import hot
from watercooler.projections.semantic.entries import follow, write
from watercooler.projections.semantic.jobs import embed
from watercooler.projections.semantic.models import Entry
from watercooler.spine.activity.projections import Projection, Recorded
from watercooler.spine.content.kinds import registered

THREADS = "select id from content_item where root_id = any(%(roots)s)"
OPENED = """
update semantic_entry e set audience = i.audience from content_item i
where i.id = e.item_id and e.space_id = any(%(spaces)s) and e.audience <> i.audience
"""
JOINED = """
update semantic_entry e set space_id = i.space_id from content_item i
where i.id = e.item_id and e.space_id = %(gone_wall_id)s
"""
SAID = frozenset({"edited"})
ELSEWHERE = frozenset({"removed", "held", "moved"})
SPACES = frozenset({"changed_space", "joined_people"})


class Semantic(Projection):
    """A row of every live item but comments, and whether its text waits for its vectors, which a job makes."""

    name = "semantic"
    tables = (Entry,)

    @property
    def verbs(self) -> frozenset[str]:  # type: ignore[override]
        """What makes, changes, hides or moves a text; helped and accepted say nothing of what it means."""
        return SAID | ELSEWHERE | SPACES | {kind.made.name for kind in registered().values()}

    def apply(self, batch: Sequence[Recorded]) -> None:
        whole = {a.item_id for a in batch if a.item_id and a.verb in SAID | ELSEWHERE}
        said = {a.item_id for a in batch if a.item_id and a.verb in SAID}
        touched = whole | {a.item_id for a in batch if a.item_id and a.verb not in SPACES}
        if whole:
            touched |= set(hot.rows(THREADS, int, roots=sorted(whole)))
        if said:
            said |= set(hot.rows(THREADS, int, roots=sorted(said)))
        if touched and write(touched, said):
            enqueue(embed, alone=embed.name)
        spaces = {a.space_id for a in batch if a.space_id and a.verb == "changed_space"}
        if spaces:
            hot.rows(OPENED, spaces=sorted(spaces))
            follow(spaces=sorted(spaces))
        for gone in (a.detail for a in batch if a.verb == "joined_people"):
            hot.rows(JOINED, gone_wall_id=gone["gone_wall_id"])
