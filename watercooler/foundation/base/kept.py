"""What was made once and is the same until what it was made of changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class Kept[T]:
    """At most `most` things by what they show, the oldest dropped first. Safe between threads.

    A key holds everything that the thing shows, so nothing is ever stale and nothing has to be thrown away in time.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the thing of this key, made now if it is not kept. Cost: a look-up; two threads may both make it."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found

    def find(self, key: Hashable) -> T | None:
        """Return the thing of this key if it is kept."""
        return self._kept.get(key)

    def keep(self, key: Hashable, thing: T) -> None:
        """Keep a thing that was made elsewhere."""
        with self._lock:
            self._kept[key] = thing
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
