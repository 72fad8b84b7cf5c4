"""The few threads that answer pages, and substitutes for those that wait for a slow reader."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue

Job = Callable[[], None]


class Threads:
    """A fixed number of threads that take jobs in order.

    The thread that was busy last is the first to work again: its database connection and the processor's caches are
    still warm, where taking turns leaves all of them half cold. A queue of its own for each thread costs half of what
    `ThreadPoolExecutor` does a job, because nobody asks for a job's result here.
    """

    def __init__(self, count: int, lent_at_most: int = 32, on_leaving: Job = lambda: None) -> None:
        self._waiting: deque[Job] = deque()
        self._idle: list[SimpleQueue[Job | None]] = []
        self._is_stopping = False
        self._on_leaving = on_leaving
        self._lock = threading.Lock()
        self._lendable = threading.Semaphore(lent_at_most)
        self._surplus = 0
        self._alive: set[threading.Thread] = set()
        for _ in range(count):
            self._add()

    def run(self, job: Job) -> None:
        """Let the thread that became free last do the job, which deals with its own errors."""
        with self._lock:
            if not self._idle:
                self._waiting.append(job)
                return
            free = self._idle.pop()
        free.put(job)

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Have a substitute answer pages while the calling thread is busy with something long."""
        with self._lendable:
            self._add()
            try:
                yield
            finally:
                with self._lock:
                    self._surplus += 1

    def stop(self, seconds: float) -> bool:
        """Let running jobs finish, at most `seconds`, and say whether all threads have left."""
        until = time.monotonic() + seconds
        with self._lock:
            alive = list(self._alive)
            self._is_stopping = True
            for free in self._idle:
                free.put(None)
            self._idle.clear()
        for thread in alive:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in alive)

    def _add(self) -> None:
        thread = threading.Thread(target=self._work, name="page", daemon=True)
        with self._lock:
            self._alive.add(thread)
        thread.start()

    def _work(self) -> None:
        own: SimpleQueue[Job | None] = SimpleQueue()
        while (job := self._next(own)) is not None:
            job()
            del job  # or an idle thread keeps the last answer in memory
            if self._surplus and self._is_surplus():
                break
        self._on_leaving()
        with self._lock:
            self._alive.discard(threading.current_thread())

    def _next(self, own: SimpleQueue[Job | None]) -> Job | None:
        """Return the job that waits longest, else wait for one; None when it is time to leave."""
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            if self._is_stopping:
                return None
            self._idle.append(own)
        return own.get()

    def _is_surplus(self) -> bool:
        with self._lock:
            if not self._surplus:
                return False
            self._surplus -= 1
            return True
