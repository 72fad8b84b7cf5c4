"""Telling how far an evaluation is, on the error output."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator

EVERY_SECONDS = 5.0


def say(words: str) -> None:
    """Write a line at once, beside what the evaluation finds."""
    print(words, file=sys.stderr, flush=True)


def told[T](cases: Iterable[T], of: int, what: str) -> Iterator[T]:
    """Yield the cases, and every five seconds say how many of them are done."""
    since = time.monotonic()
    for place, case in enumerate(cases):
        yield case
        if time.monotonic() - since >= EVERY_SECONDS:
            since = time.monotonic()
            say(f"  {place + 1:,} of {of:,} {what}")


def every_nth(count: int, most: int) -> int:
    """Return which of the cases are asked, so that there are no more than `most`: 1 for all, 2 for every second."""
    return max(-(-count // most), 1)
