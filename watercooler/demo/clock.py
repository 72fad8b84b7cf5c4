"""The hour at which the invented people act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zlib import crc32

from django.utils import timezone


class Clock:
    """What `timezone.now()` says while the demo is loaded.

    Many acts take no time of their own, because nobody but a demo acts in the past. Moving the clock lets every one of
    them run as it is, and keep its original time in whatever it writes. Only for a process that does nothing else.
    """

    def __init__(self) -> None:
        self._real = timezone.now
        self.now = self._real()
        self._shown: datetime | None = None

    @contextmanager
    def running(self) -> Iterator[Clock]:
        timezone.now = lambda: self._shown or self._real()
        try:
            yield self
        finally:
            timezone.now = self._real

    def show(self, at: datetime | None) -> None:
        """Set the hour; None shows the real one."""
        self._shown = at

    def later(self, at: datetime, within: timedelta, *what: str) -> datetime:
        """Return a moment after `at`, within so long and before now: always the same share for the same words."""
        room = min(within, self.now - at) * 0.95
        return at + room * share(*what)


def share(*what: str) -> float:
    """Return a number from 0.02 to 1 that is always the same for the same words."""
    return 0.02 + 0.98 * (crc32(" ".join(what).encode()) % 10_000) / 10_000
