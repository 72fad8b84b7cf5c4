"""The projections follow while an import loads, on threads and connections of their own, and not after it.

Two threads follow beside the one that loads. One has search and experts, which read every text and take as long as all
others and the import together; the other orders the record and has the rest. Neither waits for the other. Once all is
loaded, the second takes the experts over, so that to the end there is work for two cores.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager

from django.db import connection
from django.db.models import Max
from django.db.utils import InterfaceError, OperationalError

from watercooler.doors.importing.batches import news
from watercooler.doors.importing.hands import COLLECT_AFTER, CORES
from watercooler.spine.activity import turn, worker
from watercooler.spine.activity.models import Activity, Cursor
from watercooler.spine.activity.projections import BATCH, Follower, followers, registered
from watercooler.spine.content import parsed

ENOUGH_TO_PLAN = 2000
"""After how many activities statistics are taken first, and then each time the record has doubled."""
PAUSE_SECONDS = 0.1
"""How long it waits for news that nobody tells: what is written in no batch."""
LOOK_SECONDS = 1.0
"""How often it looks for a worker, to which it gives the turn back: a query of 0.1 ms."""
SWITCH_SECONDS = 0.001
"""How long a thread may keep the interpreter while another waits for it. With Python's 5 ms, search waited for it at
each of its statements, and a core stood idle."""
HEAVY = ("search", "experts", "known")
"""The projections that read every text, and one that reads what they made: each goes on with what those before it left
on the connection."""
AT_ONCE = 2000
"""How many activities one of the heavy ones reads before the next does: so many texts are lent to it at most."""


@contextmanager
def followed(say: Callable[[str], None] = lambda _words: None) -> Iterator[Callable[[], bool]]:
    """Let every projection follow while the block loads.

    Yields a function that waits until they have caught up, and returns False where a running server does so itself.
    It raises what stopped them.
    """
    stop = threading.Event()
    with ThreadPoolExecutor(1, "projections") as beside, _attentive():
        following = beside.submit(_follow, stop, say)

        def wait() -> bool:
            stop.set()
            news.set()
            return following.result()

        try:
            yield wait
        finally:
            stop.set()
            news.set()


@contextmanager
def _attentive() -> Iterator[None]:
    before, threshold = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()  # the framework's own objects need not be searched again and again
    gc.set_threshold(COLLECT_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        gc.unfreeze()
        sys.setswitchinterval(before)


def _follow(stop: threading.Event, say: Callable[[str], None]) -> bool:
    try:
        if turn.is_worker_here() or not turn.take():
            return False
        plan_each_time()
        heavy, others = parted()
        with closing(Heavy(heavy, reached(heavy))) as beside:
            return Following(stop, say, others, beside).run()
    except (OperationalError, InterfaceError):
        connection.close()
        if turn.is_worker_here():  # which took the turn, because it was not given back
            return False
        raise
    finally:
        connection.close()


def plan_each_time() -> None:
    """Keep no plans on this connection: one made while the tables were empty cost 3 s a batch when they were not."""
    with connection.cursor() as cursor:
        cursor.execute("set plan_cache_mode = force_custom_plan")


def parted() -> tuple[list[Follower], list[Follower]]:
    """Return all that follow: the heavy ones, in their order, and the others."""
    everybody = (*registered(), *followers())
    return [each for each in everybody if each.name in HEAVY], [each for each in everybody if each.name not in HEAVY]


class Heavy:
    """The heavy ones, which go on beside as long as more is ordered than they have read. done: up to where they have.

    To be closed.
    """

    def __init__(self, these: Sequence[Follower], done: int = 0) -> None:
        self.done = done
        self._first, self._others = list(these[:1]), list(these[1:])
        self._ordered = 0
        self._beside = ThreadPoolExecutor(1, "heavy", _begin)
        self._running: Future[None] | None = None

    def lighten(self) -> list[Follower]:
        """Keep the first alone, and return the others, which whoever asks has to let follow from now on."""
        freed, self._others = self._others, []
        return freed

    def go_on(self, ordered: int) -> None:
        """Let them follow up to this position, without waiting for it. Raises what stopped them."""
        self._ordered = ordered
        if self._running is None or self._running.done():
            self._wait()
            self._running = self._beside.submit(self._follow)

    def finish(self) -> None:
        """Wait until they have read all that is ordered. Raises what stopped them."""
        self._wait()
        while self.done < self._ordered:
            self.go_on(self._ordered)
            self._wait()

    def leave(self) -> None:
        """Let them read no more than they are reading, and wait until they have. Raises what stopped them."""
        self._ordered = 0
        self._wait()

    def close(self) -> None:
        self._beside.submit(_end)
        self._beside.shutdown()

    def _wait(self) -> None:
        if self._running is not None:
            self._running.result()

    def _follow(self) -> None:
        while self.done < self._ordered:
            up_to = min(self._ordered, self.done + AT_ONCE)
            if not self._others and parsed.is_lent():
                parsed.end()
            worker.advance_all(self._first, up_to)
            if self._others:  # asked for now: somebody may have taken them over meanwhile
                worker.advance_all(self._others, up_to)
            self.done = up_to


def reached(these: Sequence[Follower]) -> int:
    """Return how far all of these have read: after an interruption most is behind them. Cost: one query."""
    names = {each.name for each in these}
    positions = Cursor.objects.filter(projection__in=names).values_list("position", flat=True)
    return min(positions) if len(positions) == len(names) else 0


def _begin() -> None:
    plan_each_time()
    parsed.begin()


def _end() -> None:
    connection.close()  # asked for here: named by another thread, it is that one's connection


class Following:
    """Orders the record, lets the heavy ones go on at once, and the others by whole batches: small ones cost more."""

    def __init__(
        self, stop: threading.Event, say: Callable[[str], None], others: Sequence[Follower], heavy: Heavy
    ) -> None:
        self._stop, self._say, self._others, self._heavy = stop, say, list(others), heavy
        self._ordered = self._done = Activity.objects.aggregate(newest=Max("position"))["newest"] or 0
        self._began = self._planned = self._ordered
        self._untold: deque[tuple[int, int]] = deque()
        self._looks_at = 0.0

    def run(self) -> bool:
        """Follow until told to stop and nothing is left. Returns False if a worker came, which goes on from here."""
        self._heavy.go_on(self._ordered)
        worker.advance_all(self._others, self._ordered)
        while True:
            news.clear()
            if self._is_worker_here():
                self._heavy.leave()
                return False
            is_last = self._stop.is_set()
            if is_last and CORES > 1:
                self._others += self._heavy.lighten()
            given = worker.sequence()
            if given:
                self._go_on(given)
            if is_last or self._ordered - self._done >= BATCH:
                worker.advance_all(self._others)
                self._done = self._ordered
                self._tell()
            if is_last and not given:
                break
            if not given:
                news.wait(PAUSE_SECONDS)
        self._heavy.finish()
        self._tell()
        self._say(f"{self._ordered - self._began:,} activities")
        return True

    def _is_worker_here(self) -> bool:
        """Look for one now and then. What it has not been told of it tells itself, by the newest."""
        if time.monotonic() < self._looks_at:
            return False
        self._looks_at = time.monotonic() + LOOK_SECONDS
        return turn.is_worker_here()

    def _go_on(self, given: tuple[int, int]) -> None:
        self._untold.append(given)
        self._ordered = given[1]
        if self._ordered - self._began > 2 * (self._planned - self._began) + ENOUGH_TO_PLAN:
            worker.tell_the_planner()
            self._planned = self._ordered
        self._heavy.go_on(self._ordered)

    def _tell(self) -> None:
        """Tell whoever listens of what all have followed."""
        while self._untold and self._untold[0][1] <= min(self._done, self._heavy.done):
            worker.tell(*self._untold.popleft())
