"""Whose turn it is to order the record and let the projections follow: one session at a time, told by advisory locks.

A worker has the turn for as long as it lives. An import takes it where no worker is there, and gives it back to one
that comes: a worker whose connection ended is away for some seconds, and an import that began in these kept the turn to
its end, following little before. From an import that gives nothing back, as one that was stopped by hand, it is taken.
"""

from __future__ import annotations

from typing import Any

from watercooler.foundation.database import hot

LOCK = 0x57415445
"""Advisory lock number: held by whoever has the turn."""
HERE = 0x57415447
"""Advisory lock number: held, shared, by each worker."""

TAKE = "select pg_try_advisory_lock(%(lock)s) as is_mine"
COME = "select pg_advisory_lock_shared(%(lock)s)"
GIVE = "select pg_advisory_unlock(%(lock)s)"
HELD = """
from pg_locks l
where l.locktype = 'advisory' and l.objsubid = 1 and l.classid = 0 and l.objid = %(lock)s and l.granted
  and l.database = (select oid from pg_database where datname = current_database()) and l.pid <> pg_backend_pid()
"""
IS_HELD = f"select exists (select {HELD}) as it"
HOLDER = f"""
select l.pid, a.application_name as program, a.client_addr::text as address, a.backend_start as since
from (select l.pid {HELD} limit 1) l left join pg_stat_activity a using (pid)
"""
END = f"""
select pg_terminate_backend(l.pid) from (select l.pid {HELD}) l
where l.pid = %(pid)s::int and not exists (select {HELD.replace("%(lock)s", "%(here)s")} and l.pid = %(pid)s::int)
"""


def come() -> None:
    """Say, for as long as this connection lasts, that a worker is here. Cost: one statement."""
    hot.rows(COME, lock=HERE)


def take() -> bool:
    """Take the turn for as long as this connection lasts, and say whether it was free. Cost: one statement."""
    return bool(hot.one(TAKE, lock=LOCK).is_mine)


def give() -> None:
    """Give the turn back."""
    hot.rows(GIVE, lock=LOCK)


def is_worker_here() -> bool:
    """Say whether there is a worker besides this session, with the turn or waiting for it. Cost: one query, 0.1 ms."""
    return bool(hot.one(IS_HELD, lock=HERE).it)


def holder() -> Any:
    """Return who else has the turn (pid, program, address, since), or None. Cost: one query."""
    return hot.one(HOLDER, lock=LOCK)


def end_holder(pid: int) -> bool:
    """End the session that has the turn, unless it is a worker's, and say whether it was ended. Cost: one query."""
    return bool(hot.rows(END, lock=LOCK, here=HERE, pid=pid))
