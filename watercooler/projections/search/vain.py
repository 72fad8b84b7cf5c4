"""Remembering what was looked for in vain, beside the answer and without naming anybody.

A search waits in this process until something it found is opened, or until its time is over; only then is it known to
have been in vain. What waits is lost with the process, which costs a few lines of statistics and nothing else.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import close_old_connections, connection
from django.db.utils import DatabaseError, InterfaceError
from django.utils import timezone

from watercooler.foundation.base.viewer import Viewer
from watercooler.projections.search.models import VainSearch
from watercooler.spine.spaces.models import Space

log = structlog.get_logger()
PATIENCE_SECONDS = 20 * 60
"""So long may somebody read the results before it counts that they opened none."""
ROUND_SECONDS = 30
MOST_WAITING = 5_000
LONGEST = 300


@dataclass(frozen=True, slots=True)
class _Waiting:
    words: str
    space: str
    threads: frozenset[int]
    until: float


_waiting: dict[int, _Waiting] = {}
_lock = threading.Lock()
_writer: threading.Thread | None = None


def searched(viewer: Viewer, words: str, space: str, threads: frozenset[int]) -> None:
    """Remember a search and the threads its first page showed. Cost: no query; another thread writes now and then.

    The same person's search before it counts as refined, not as given up, and is forgotten.
    """
    until = time.monotonic() + (PATIENCE_SECONDS if threads else 0)
    with _lock:
        if len(_waiting) < MOST_WAITING or viewer.person_id in _waiting:
            _waiting[viewer.person_id] = _Waiting(words[:LONGEST], space, threads, until)
    _have_writer()


def opened(viewer: Viewer, thread_id: int, seen_id: int = 0) -> None:
    """Forget a search that led to this thread: it was not in vain."""
    found = _waiting.get(viewer.person_id)
    if found is not None and thread_id in found.threads:
        with _lock:
            _waiting.pop(viewer.person_id, None)


def write(everything: bool = False) -> int:
    """Write down the searches whose time is over, and return how many those were. Cost: two statements."""
    now = time.monotonic()
    with _lock:
        over = [person for person, search in _waiting.items() if everything or search.until <= now]
        searches = [_waiting.pop(person) for person in over]
    if not searches:
        return 0
    spaces = dict(Space.objects.filter(slug__in={s.space for s in searches if s.space}).values_list("slug", "pk"))
    VainSearch.objects.bulk_create(
        VainSearch(
            words="" if settings.PRIVATE_SEARCHES else search.words,
            space_id=spaces.get(search.space),
            found=len(search.threads),
            on=timezone.localdate(),
        )
        for search in searches
    )
    return len(searches)


def _have_writer() -> None:
    """Start the thread that writes, once; not within a test's transaction, which it could not see."""
    global _writer
    with _lock:
        if _writer is None and not connection.in_atomic_block:
            _writer = threading.Thread(target=_write_now_and_then, name="searches in vain", daemon=True)
            _writer.start()


def _write_now_and_then() -> None:
    while True:
        time.sleep(ROUND_SECONDS)
        _write_if_that_goes()


def _write_if_that_goes() -> None:
    try:
        write()
    except (DatabaseError, InterfaceError):
        pass  # the database is away; what comes later is written later
    except Exception:
        log.exception("searches in vain were not written")  # the thread lives on: nobody would begin another
    finally:
        close_old_connections()
