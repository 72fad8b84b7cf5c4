"""More hands for work on many texts: processes that get plain values and give plain values back, in order.

They know nothing of the database. They end with the process that asked for them, however that ends: what they wait at
is a pipe, and it closes.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import batched
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
MOST = 4
FEW = 40
"""So many texts are worked on here before a process is started, which takes 0.15 s."""
PARTS = 8
"""In how many parts for each process a job is shared out: some texts take ten times as long as others."""
LEAST = 3
"""So many texts a part has at least: giving one away and taking it back costs 0.2 ms."""
COLLECT_AFTER = 50_000
"""After how many new objects the memory is searched for what is lost. With Python's 2,000 it is searched within nearly
each text, whose parts are all in use."""

type Share[A, B] = Callable[[Callable[[A], B], Sequence[A]], list[B]]
"""What `map` is: a function that takes one value, and the values. Results come in the same order."""


def alone[A, B](work: Callable[[A], B], values: Sequence[A]) -> list[B]:
    """Do the work in this process."""
    return [work(value) for value in values]


class Hands:
    """Started when first needed, one for each core; none where there is one core.

    most: never more of them. after: how many texts are worked on here before, where the work is so light that a few
    are not worth a process.
    """

    def __init__(self, count: int | None = None, most: int = MOST, after: int = FEW) -> None:
        self._count = count if count is not None else min(CORES, most) if CORES > 1 else 0
        self._left = after
        self._pipes: list[Connection] = []

    def map[A, B](self, work: Callable[[A], B], values: Sequence[A]) -> list[B]:
        """Return work(value) of each. work: a function of a module, so that it can be named to another process.

        One thread at a time may ask, which need not be the one that made them. If one dies, the work is done here.
        Raises what `work` raises first. Cost: the values and results once through a pipe.
        """
        self._left -= len(values)
        if not self._count or self._left >= 0:
            return alone(work, values)
        size = max(LEAST, len(values) // (self._count * PARTS)) if self._count > 1 else len(values)
        try:
            parts = self._shared(work, list(batched(values, size)))
        except (EOFError, OSError):  # one was killed, or there was no room for it
            self.close()
            self._count = 0
            return alone(work, values)
        for said in parts:
            if isinstance(said, BaseException):
                raise said
        return [made for said in parts for made in said]

    def _shared[A](self, work: Callable[[A], Any], parts: Sequence[Sequence[A]]) -> list[Any]:
        """Return what was made of each part, or what it raised. Whoever has done one gets the next.

        Nobody has two: both ends would wait for each other where what they send is large.
        """
        self._start()
        made: list[Any] = [None] * len(parts)
        left = iter(enumerate(parts))
        busy: dict[Connection, int] = {}

        def give(pipe: Connection) -> None:
            number, part = next(left, (-1, ()))
            if part:
                pipe.send((work, part))
                busy[pipe] = number

        for pipe in self._pipes:
            give(pipe)
        while busy:
            ready = wait(list(busy))
            for pipe in [each for each in busy if each in ready]:
                made[busy.pop(pipe)] = pipe.recv()
                give(pipe)
        return made

    def _start(self) -> None:
        context = get_context("spawn")  # a fork would take the database connections along
        while len(self._pipes) < self._count:
            ours, theirs = context.Pipe()
            context.Process(target=_serve, args=(theirs,), name="import hands", daemon=True).start()
            theirs.close()
            self._pipes.append(ours)

    def close(self) -> None:
        """Let them go. They end at the closed pipe."""
        for pipe in self._pipes:
            pipe.close()
        self._pipes = []


@contextmanager
def hands(count: int | None = None, most: int = MOST, after: int = FEW) -> Iterator[Hands]:
    """Have more hands for as long as the block lasts. most, after: see `Hands`."""
    some = Hands(count, most, after)
    try:
        yield some
    finally:
        some.close()


def _serve(pipe: Connection) -> None:
    gc.set_threshold(COLLECT_AFTER)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked for the work is interrupted, and says so
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_done(*pipe.recv()))


def _done(work: Callable[[Any], Any], values: Sequence[Any]) -> Any:
    try:
        return alone(work, values)
    except Exception as error:
        return error
