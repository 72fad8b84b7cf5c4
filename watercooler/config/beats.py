"""Signs of life: what a child writes into a pipe each second, and how its supervisor counts the seconds without one.

A process that is stopped, or waits for something that never comes, does not end: nothing else tells that it does
nothing any more.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

SECONDS = 1.0
"""How often a child gives a sign."""
SILENT_SECONDS = 60.0
"""How long a child may give none: on two cores with 15 processes that wait for them, none came 3 s late."""
FIRST_SECONDS = 180.0
"""How long it may take until the first, which comes once everything is loaded."""
STUCK_SECONDS = 1800.0
"""How long a thread may wait for one thing, using no processor: more than any single statement takes."""
TELL = signal.SIGUSR1
"""Asks a child to write down where each of its threads is."""


@dataclass
class Pulse:
    """The supervisor's end of a child's pipe. `silent`: seconds in which it gave no sign."""

    reader: int
    silent: float = 0.0
    has_begun: bool = False

    def look(self, seconds: float) -> bool:
        """Take what came, and say whether the child counts as hung. seconds: how long ago it was looked at last.

        Much longer than planned means that we were stopped ourselves, as with the whole machine: no fault of the child.
        """
        came = b""
        with suppress(BlockingIOError):
            came = os.read(self.reader, 4096)
        if came:
            self.silent, self.has_begun = 0.0, True
        else:
            self.silent += min(seconds, 2 * SECONDS)
        return self.silent > (SILENT_SECONDS if self.has_begun else FIRST_SECONDS)

    def close(self) -> None:
        os.close(self.reader)


def pipe() -> tuple[Pulse, int]:
    """Return the supervisor's end, and the child's to be given to it and closed."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    return Pulse(reader), writer


def own() -> Callable[[], None]:
    """Return how this process gives a sign: into the pipe that its second argument names, if there is one.

    Also lets it say where its threads are before it is ended.
    """
    faulthandler.register(TELL, all_threads=True, chain=False)
    if len(sys.argv) < 3:
        return lambda: None
    writer = int(sys.argv[2])
    os.set_blocking(writer, False)  # a supervisor that was stopped reads nothing
    os.set_inheritable(writer, False)

    def give() -> None:
        with suppress(OSError):
            os.write(writer, b".")

    return give


class Watch:
    """Gives a sign each second for as long as those who report to it come round, or use the processor meanwhile."""

    def __init__(self, give: Callable[[], None]) -> None:
        self._give = give
        self._came: dict[str, float] = {}
        self._used: dict[str, tuple[float, float]] = {}
        self._threads: dict[str, int] = {}

    def came_round(self, name: str) -> None:
        """Tell that this thread, known by a name, is not stuck. Cost: a microsecond."""
        self._came[name] = time.monotonic()
        self._threads.setdefault(name, threading.get_ident())

    def stuck(self) -> list[str]:
        """Return those who have neither come round for long, nor used the processor."""
        now = time.monotonic()
        for name, thread in list(self._threads.items()):
            used = _processor_seconds(thread)
            if used - self._used.get(name, (-1.0, now))[0] > 0.01:
                self._used[name] = used, now
        came = list(self._came.items())
        return [name for name, at in came if now - max(at, self._used.get(name, (0.0, at))[1]) > STUCK_SECONDS]

    def run(self, stop: threading.Event) -> None:
        """Give signs until told to stop, or until somebody is stuck: then the supervisor ends this process."""
        while not stop.wait(SECONDS):
            if not self.stuck():
                self._give()


def _processor_seconds(thread: int) -> float:
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time()
    try:
        return time.clock_gettime(time.pthread_getcpuclockid(thread))
    except OSError:
        return 0.0
