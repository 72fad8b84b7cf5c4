"""Projections: tables computed from activities, which can be thrown away and computed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.module_loading import import_string

from watercooler.foundation.database import hot
from watercooler.spine.activity.models import Cursor

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Recorded:
    """An activity as projections read it, joined with the facts of its item that never change."""

    position: int
    id: int
    uuid: UUID
    actor_id: int
    verb: str
    item_id: int | None
    person_id: int | None
    space_id: int | None
    at: datetime
    detail: dict[str, Any]
    undoes_id: int | None
    is_imported: bool
    kind: str | None
    author_id: int | None
    parent_id: int | None
    root_id: int | None

    @property
    def sign(self) -> int:
        """Return −1 for an undo, else 1."""
        return -1 if self.undoes_id else 1


# One query a batch; the item's facts come with it (lazily: 635 activities a second, joined: 8,100).
FACTS = """
select a.position, a.id, a.uuid, a.actor_id, a.verb, a.item_id, a.person_id, a.space_id, a.at, a.detail, a.undoes_id,
       a.is_imported, i.kind, i.author_id, i.parent_id, coalesce(i.root_id, i.id)
from activity_activity a left join content_item i on i.id = a.item_id
"""
READ = f"{FACTS} where a.position > %(after)s order by a.position limit %(limit)s"
# Positions have no gaps where nobody took rows away; what lies behind one is found by READ, which costs more: planned
# for any number after a position, it makes room for 100,000 items each time, 0.4 ms of 0.45.
READ_FEW = f"""{FACTS}
where a.position = any(array(select generate_series(%(after)s + 1, %(after)s + %(limit)s))) order by a.position
"""


class Follower:
    """Reads the record in order, each activity once. Subclasses say what a batch of activities does.

    What it does is never done again: a follower is not rebuilt, and begins with what its own tables tell it to.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    verbs: ClassVar[frozenset[str]] = frozenset()
    """The verbs it reads; empty means all."""
    batch: ClassVar[int] = BATCH
    """How many activities it takes at once when it is behind. What counts people anew takes more: each person once."""

    def apply(self, batch: Sequence[Recorded]) -> None:
        raise NotImplementedError

    def rehearse(self, batch: Sequence[Recorded]) -> None:
        """Do once more what was done with these, in a transaction that will be taken back."""
        self.apply(batch)

    def wanted(self, batch: Sequence[Recorded]) -> Sequence[Recorded]:
        """Return what of a batch it reads."""
        verbs = self.verbs
        return [a for a in batch if a.verb in verbs] if verbs else batch


class Projection(Follower):
    """A follower whose tables can be computed again. Subclasses name them.

    `apply` relies only on the activity and on item facts that never change, or recomputes from the item's present
    state; it writes with set statements, calls no network and loops over no members. Raise `version` to rebuild.
    """

    tables: ClassVar[tuple[type[models.Model], ...]] = ()

    def clear(self) -> None:
        """Empty the tables before a rebuild."""
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")  # what waits to be checked would refuse a truncate
            for table in self.tables:
                cursor.execute(f'truncate "{table._meta.db_table}" restart identity cascade')
            cursor.execute("set constraints all deferred")

    def complete(self) -> None:
        """Do, after a rebuild, what is else left to a job."""

    def snapshot(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return table → its rows without their ids, sorted: what a rebuild must give again."""
        return {table._meta.db_table: _rows(table) for table in self.tables}


def _rows(table: type[models.Model]) -> list[tuple[Any, ...]]:
    columns = [f.attname for f in table._meta.concrete_fields if not isinstance(f, models.AutoField)]
    return sorted(table._default_manager.values_list(*columns), key=repr)


@cache
def registered() -> tuple[Projection, ...]:
    """Return the projections in the order that settings.PROJECTIONS lists them."""
    return tuple(import_string(path)() for path in settings.PROJECTIONS)


@cache
def followers() -> tuple[Follower, ...]:
    """Return the followers that are no projections, in the order that settings.FOLLOWERS lists them."""
    return tuple(import_string(path)() for path in settings.FOLLOWERS)


# Commits before it is on disk: a power cut takes rows and cursor back together, and the next round makes them again.
# Waiting cost 10 ms a projection and round.
WITHOUT_WAITING = "set_config('synchronous_commit', 'off', true)"
# Tables grow under a rebuild faster than statistics do: a plan kept from an empty table once cost 3 s a batch.
PLANNED_ANEW = "select set_config('plan_cache_mode', 'force_custom_plan', true)"
FEW = 100
"""Activities up to which planning would cost more than a kept plan can lose."""
REACHED = f"""
select position, {WITHOUT_WAITING} from activity_cursor where projection = %(name)s for update"""
BEGUN = """
insert into activity_cursor (projection, version, position) values (%(name)s, %(version)s, 0) on conflict do nothing"""
MOVED = "update activity_cursor set position = %(position)s where projection = %(name)s"
REACHED_BY_ALL = f"""
select projection, position, {WITHOUT_WAITING} from activity_cursor where projection = any(%(names)s)
order by projection for update"""
MOVED_ALL = "update activity_cursor set position = %(position)s where projection = any(%(names)s)"


def reached(name: str, version: int = 0) -> int:
    """Return up to where a follower has read, and hold its cursor until the transaction ends. Cost: one statement."""
    found = hot.rows(REACHED, lambda position, _off: position, name=name)
    if found:
        return int(found[0])
    hot.rows(BEGUN, name=name, version=version)
    return reached(name)


def moved(name: str, position: int) -> None:
    """Say up to where a follower has read. Cost: one statement."""
    hot.rows(MOVED, name=name, position=position)


class Reading:
    """What was read last, kept for the next follower that has read as far: in one round nothing new is ordered.

    up_to: the last position of the round, where more may be ordered meanwhile; 0 for none.
    """

    def __init__(self, up_to: int = 0) -> None:
        self._up_to = up_to
        self._after = -1
        self._limit = 0
        self._batch: list[Recorded] = []

    def after(self, position: int, limit: int) -> list[Recorded]:
        """Return at most `limit` activities after a position, in order. Cost: one query, or none."""
        limit = min(limit, self._up_to - position) if self._up_to else limit
        if limit <= 0:
            return []
        is_whole = len(self._batch) < min(self._limit, limit)
        if position != self._after or not (is_whole or limit == self._limit):
            self._after, self._limit = position, limit
            few = hot.rows(READ_FEW, Recorded, after=position, limit=limit) if limit <= FEW + 1 else []
            self._batch = few or hot.rows(READ, Recorded, after=position, limit=limit)
        return self._batch


@transaction.atomic
def advance(projection: Follower, limit: int = 0, reading: Reading | None = None) -> int:
    """Apply the next batch and move the cursor with it, so that an effect happens exactly once.

    limit: the projection's own batch, if 0. Returns how many activities were read; 0 means caught up.
    Cost: one read, the projection's writes, one update.
    """
    position = reached(projection.name, projection.version)
    batch = (reading or Reading()).after(position, limit or projection.batch)
    if not batch:
        return 0
    if len(batch) > FEW:
        hot.rows(PLANNED_ANEW)
    if wanted := projection.wanted(batch):
        projection.apply(wanted)
    moved(projection.name, batch[-1].position)
    return len(batch)


@transaction.atomic
def advance_together(these: Sequence[Follower], reading: Reading) -> list[Follower]:
    """Apply the few activities of a quiet moment, in one transaction for all that have read as far as any.

    Returns those that may be behind still: who had read less far, or everybody where there is more than a few to read.
    Raises what one of them raises, and then nobody has moved.
    Cost: one read and two statements for all, where `advance` takes two statements and a commit for each.
    """
    at = {name: position for name, position, _off in hot.rows(REACHED_BY_ALL, names=[each.name for each in these])}
    foremost = max(at.values(), default=0)
    abreast = [each for each in these if at.get(each.name) == foremost]
    batch = reading.after(foremost, FEW + 1)
    if len(batch) > FEW:
        return list(these)
    for each in abreast if batch else ():
        if wanted := each.wanted(batch):
            each.apply(wanted)
    if batch:
        hot.rows(MOVED_ALL, names=[each.name for each in abreast], position=batch[-1].position)
    return [each for each in these if each not in abreast]


def catch_up(projection: Projection) -> int:
    """Advance until there is nothing left. Returns how many activities were read."""
    total = 0
    while read := advance(projection):
        total += read
    return total


def rebuild(projection: Projection) -> int:
    """Throw the tables away and replay everything from the first position. Returns how many were read."""
    with transaction.atomic():
        projection.clear()
        Cursor.objects.update_or_create(
            projection=projection.name, defaults={"version": projection.version, "position": 0}
        )
    count = catch_up(projection)
    projection.complete()
    return count


def rebuild_outdated() -> list[str]:
    """Rebuild every projection whose code has a higher version than its cursor. Returns their names."""
    versions = dict(Cursor.objects.values_list("projection", "version"))
    outdated = [p for p in registered() if versions.get(p.name, p.version) != p.version]
    for projection in outdated:
        rebuild(projection)
    return [p.name for p in outdated]
