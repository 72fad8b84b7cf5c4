"""Records in batches, each in a transaction of its own: what an interruption loses is one batch, and no half of one."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import batched
from typing import Any

from django.db import transaction

SIZE = 1000
"""How many records one transaction takes: enough to spread its fixed cost, few enough to hold in memory."""
FIRST = 100
"""How many the first of batches read ahead takes, and each further one twice as many: what follows begins at once."""
AHEAD = 2
"""How many batches are read and prepared while one is written."""
MOST_CHARACTERS = 8 << 20
"""A batch ends after so many, if it is of long texts: four of them lie in memory."""
_END: Any = object()
news = threading.Event()
"""Set when a batch was written, for whoever follows beside."""


def in_batches[T](records: Iterable[T], keep: Callable[[tuple[T, ...]], object], size: int = SIZE) -> None:
    """Give the records to `keep` in batches, each in its own transaction. A batch is read when the last one is kept.

    `keep` writes a batch's rows and their counterparts, so that after an interruption both are there or neither.
    """
    for batch in batched(records, size):
        with transaction.atomic():
            keep(batch)
        news.set()


def in_batches_ahead[T, P](
    records: Iterable[T],
    prepare: Callable[[tuple[T, ...]], P],
    keep: Callable[[P], object],
    size: int = SIZE,
    weigh: Callable[[T], int] = lambda _record: 0,
) -> None:
    """Give the records to `keep` as `in_batches` does, while further batches are read and prepared beside.

    Neither `records` nor `prepare` may ask the database: they run on a thread of their own, two batches ahead at most.
    weigh: how many characters a record has, where it may have many.
    """
    with closing(ahead(map(prepare, growing(records, size, weigh)))) as batches:
        for batch in batches:
            with transaction.atomic():
                keep(batch)
            news.set()


def growing[T](
    records: Iterable[T], size: int, weigh: Callable[[T], int] = lambda _record: 0
) -> Iterator[tuple[T, ...]]:
    """Yield the records in batches that grow to `size`, or hold `MOST_CHARACTERS`."""
    batch: list[T] = []
    weight, now = 0, min(FIRST, size)
    for record in records:
        batch.append(record)
        weight += weigh(record)
        if len(batch) >= now or weight >= MOST_CHARACTERS:
            yield tuple(batch)
            batch, weight, now = [], 0, min(2 * now, size)
    if batch:
        yield tuple(batch)


def ahead[T](values: Iterable[T], most: int = AHEAD) -> Generator[T]:
    """Yield the values in order, made on a thread beside that is at most so many ahead.

    Raises what making one raises, after those before it. Whoever stops early closes it: then nothing more is made.
    """
    source = iter(values)
    beside = ThreadPoolExecutor(1, "ahead")
    try:
        waiting = deque(beside.submit(next, source, _END) for _ in range(most))
        while (value := waiting.popleft().result()) is not _END:
            waiting.append(beside.submit(next, source, _END))
            yield value
    finally:
        beside.shutdown(cancel_futures=True)
