"""How often a program may ask: counted by token and by person, said in headers, refused with a time to come back.

Source: draft-ietf-httpapi-ratelimit-headers-10. One process answers all requests, so its memory is enough.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from django.conf import settings

from watercooler.doors.api.callers import Caller

WINDOW_SECONDS = 60
MOST_KEPT = 50_000


@dataclass(slots=True)
class Window:
    """One minute of somebody's, from their first request on."""

    began: float
    count: int = 0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left: of `quota` requests in a minute, `left` until it begins anew in `seconds`."""

    name: str
    quota: int
    left: int
    seconds: int

    @property
    def is_used_up(self) -> bool:
        return self.left < 0

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers that say so. Of two limits the nearer one is said."""
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.quota};w={WINDOW_SECONDS}',
            "RateLimit": f'"{self.name}";r={max(self.left, 0)};t={self.seconds}',
        }


class Windows:
    """Counts by key. Bounded, safe between threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Window] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: str, key: str, quota: int) -> Allowance:
        """Count one request and return what is left."""
        now = time.monotonic()
        with self._lock:
            window = self._kept.get(key)
            if window is None or now - window.began >= WINDOW_SECONDS:
                window = self._kept[key] = Window(now)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            window.count += 1
            seconds = max(1, round(window.began + WINDOW_SECONDS - now))
            return Allowance(name, quota, quota - window.count, seconds)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


windows = Windows()


def take(caller: Caller) -> Allowance:
    """Count one request against the token's limit and the person's; return the one with less left."""
    quota = int(settings.API_LIMIT_PER_MINUTE)
    person = windows.take("person", f"p{caller.viewer.person_id}", quota * 2)
    if not caller.token_id:
        return person
    token = windows.take("token", f"t{caller.token_id}", quota)
    return min(token, person, key=lambda allowance: allowance.left)
