"""How far an import is, how fast it goes, and how long it will still take."""

from __future__ import annotations

import time
from collections.abc import Callable

BAR = 20
EVERY_SECONDS = 0.2


class Pace:
    """Says "████░░ 62 % · 3,210 records a second · 20 s left" a few times a second.

    total: of whatever `part` is counted in, for example bytes. Time left is reckoned from parts, rate from records.
    """

    def __init__(self, total: int, say: Callable[[str], None] = lambda _words: None) -> None:
        self.total = max(total, 1)
        self.part = 0
        self.records = 0
        self._say = say
        self._began = self._said = time.monotonic()

    def __call__(self, part: int, records: int = 1) -> None:
        """Add what was just done."""
        self.part += part
        self.records += records
        now = time.monotonic()
        if now - self._said >= EVERY_SECONDS:
            self._said = now
            self._say(self.words(now - self._began))

    def words(self, seconds: float) -> str:
        """Return how far it is after so many seconds."""
        share = min(self.part / self.total, 1.0)
        full = round(share * BAR)
        rate = self.records / max(seconds, 0.001)
        left = _span(seconds * (1 - share) / share) if share > 0.01 else "?"
        return f"{'█' * full}{'░' * (BAR - full)} {share:.0%} · {rate:,.0f} records a second · {left} left"


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
