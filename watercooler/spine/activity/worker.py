"""The one worker that orders committed activities and lets the projections follow."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Sequence

import structlog
from django.db import close_old_connections, connection, transaction
from django.db.utils import InterfaceError, OperationalError

from watercooler.foundation.database import hot
from watercooler.spine.activity import turn
from watercooler.spine.activity.projections import (
    WITHOUT_WAITING,
    Follower,
    Reading,
    Recorded,
    advance,
    advance_together,
    followers,
    rebuild_outdated,
    registered,
)

BATCH = 5000
IDLE_SECONDS = 0.05
"""How long it rests where nothing was done: asking costs 0.2 ms of processor."""
LOOK_SECONDS = 30.0
"""How often those that stood still are tried again while nobody does anything: why they did may have passed."""
GIVEN_BACK_SECONDS = 120.0
"""How long it waits for an import to give the turn back, which takes that some seconds."""
log = structlog.get_logger()

SEQUENCE = """
update activity_activity a set position = n.position
from (
    select f.id, (select coalesce(max(position), 0) from activity_activity)
        + row_number() over (order by f.id) as position
    from (select id from activity_activity where position is null order by id limit %(most)s) f
) n
where a.id = n.id returning a.position
"""
TELL = f"select {WITHOUT_WAITING}, pg_notify('activity', %(told)s)"


def sequence() -> tuple[int, int] | None:
    """Give committed activities their gapless positions. Returns the first and last given, or None.

    Only who has the turn may call this outside tests. Cost: one statement.
    """
    given = hot.rows(SEQUENCE, int, most=BATCH)
    return (min(given), max(given)) if given else None


def follow() -> int:
    """Sequence what was committed and bring every projection up to date. Returns how many activities were ordered.

    Sends one notification a round, after the projections, so that who is told to look finds something.
    """
    given = sequence()
    if given is None:
        return 0
    if given[1] - given[0] + 1 >= BATCH:
        tell_the_planner()
    advance_all()
    tell(*given)
    return given[1] - given[0] + 1


def tell(first: int, last: int) -> None:
    """Tell whoever listens that every projection has followed these activities. Cost: one statement."""
    hot.rows(TELL, told=json.dumps({"first": first, "last": last}))


PLANNED_BY = {
    "activity_activity": "",
    "social_helped": "",
    "social_follow": "",
    "spaces_membership": "",
    "content_item": "(id, kind, space_id, audience, author_id, parent_id, root_id, state, published_at, topic_ids)",
}
"""The tables that projections join; of items the columns of joins and filters: reading texts took most time."""


def tell_the_planner() -> None:
    """Refresh the statistics that projections plan by, after much was written at once.

    Planned by statistics from before a load of 20,000 items, one batch of notifications took over three minutes; with
    fresh ones, about half a second. A table nobody sees a row in is passed over: its first rows may lie there not yet
    committed, and "many pages, no rows" is remembered. Reading a batch of the record then took 360 ms instead of 5.
    Cost: two statements.
    """
    with connection.cursor() as cursor:
        cursor.execute("select " + ", ".join(f"exists (select from {table})" for table in PLANNED_BY))
        filled = zip(PLANNED_BY.items(), cursor.fetchone(), strict=True)
        if these := [f"{table} {columns}" for (table, columns), is_filled in filled if is_filled]:
            cursor.execute(f"analyze {', '.join(these)}")


def advance_all(these: Iterable[Follower] = (), up_to: int = 0) -> None:
    """Bring all that follow, or only these, up to date, batch by batch: what one reads, the others need not read.

    up_to: the last position they read, where more may be ordered meanwhile; 0 for none.
    Of a few activities all take note in one transaction. If one fails, nothing of it is kept and each goes on alone.
    """
    reading = Reading(up_to)
    behind = list(these or (*registered(), *followers()))
    try:
        behind = advance_together(behind, reading)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.warning("each projection goes on alone", exc_info=True)
    while behind:
        behind = [each for each in behind if _may_be_behind(each, reading)]


def _may_be_behind(one: Follower, reading: Reading) -> bool:
    """Advance by one batch. One that fails stays where it is, is logged, and holds up no other."""
    try:
        return advance(one, reading=reading) == one.batch
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("projection stands still", projection=one.name)
        return False


REHEARSED = 20
"""How many acts are looked at: enough that something was made among them. What was done with whole spaces or people
may touch very much, and is left out."""
LAST = "select coalesce(max(position), 0) as position from activity_activity"


def rehearse() -> None:
    """Let everybody do the newest acts once more, and take it all back.

    So the first act after a start finds what it needs: statements planned, modules loaded, pages in memory.
    """
    last = int(hot.one(LAST).position)
    with transaction.atomic():
        batch = [a for a in Reading().after(max(last - REHEARSED, 0), REHEARSED) if a.item_id is not None]
        for each in (*registered(), *followers()):
            _rehearse(each, each.wanted(batch))
        transaction.set_rollback(True)


def _rehearse(one: Follower, batch: Sequence[Recorded]) -> None:
    try:
        if batch:
            with transaction.atomic():
                one.rehearse(batch)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.warning("not rehearsed", projection=one.name, exc_info=True)


def begin() -> None:
    """Bring everybody up to date, as whoever begins to follow does.

    Who followed before may have ended between ordering and telling: the last position is told once more.
    """
    rebuild_outdated()
    advance_all()
    rehearse()
    if last := int(hot.one(LAST).position):
        tell(last, last)


class Waiting:
    """The turn as this worker has it or waits for it. It ends with the connection that it was taken on."""

    def __init__(self) -> None:
        self._here_on: object | None = None
        self._held_on: object | None = None
        self._told_of, self._told_at = 0, 0.0

    def is_ours(self) -> bool:
        """Say whether this worker has the turn still."""
        return self._held_on is not None and connection.connection is self._held_on

    def take(self) -> bool:
        """Take the turn if it is free, and say whether it was."""
        connection.ensure_connection()
        if connection.connection is not self._here_on:
            turn.come()
            self._here_on = connection.connection
        if not turn.take():
            self._tell_who_follows()
            return False
        self._held_on, self._told_of = connection.connection, 0
        return True

    def lose(self) -> None:
        """Know that the connection has ended."""
        self._here_on = self._held_on = None

    def _tell_who_follows(self) -> None:
        other = turn.holder()
        if other is None:
            return
        if other.pid != self._told_of:
            self._told_of, self._told_at = other.pid, time.monotonic()
            log.info("somebody else follows", **other._asdict())
        elif time.monotonic() - self._told_at > GIVEN_BACK_SECONDS and turn.end_holder(other.pid):
            log.warning("who followed was ended, having given nothing back", **other._asdict())


def run_forever(stop: threading.Event, beat: Callable[[], None] = lambda: None) -> None:
    """Follow until `stop` is set, surviving a database that goes away and comes back."""
    ours = Waiting()
    looks_at = 0.0
    while not stop.is_set():
        busy = 0
        try:
            connection.close_if_health_check_failed()
            if not ours.is_ours() and ours.take():
                begin()
                looks_at = time.monotonic() + LOOK_SECONDS
            if ours.is_ours():
                busy = follow()
                if not busy and time.monotonic() >= looks_at:
                    advance_all()
                    looks_at = time.monotonic() + LOOK_SECONDS
            beat()
        except (OperationalError, InterfaceError) as error:
            log.warning("database away", error=str(error))
            connection.close()
            ours.lose()
            stop.wait(0.5)
        close_old_connections()
        if not busy:
            stop.wait(IDLE_SECONDS)
