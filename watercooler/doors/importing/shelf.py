"""What has to be remembered of every part of a large input: in memory while it is little, else in a file on disk.

The file has no name, and is gone when nobody holds it.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator
from typing import Any, overload

MOST = 10_000
"""How many values lie in memory: of a forum's topics some 8 MB."""
_TABLE = "create table kept (key primary key, value) without rowid"
_PUT = "insert into kept values (?, ?) on conflict (key) do update set value = excluded.value"


def _file(table: str) -> sqlite3.Connection:
    """Return a new file. Threads may take turns with it."""
    opened = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    opened.execute("pragma journal_mode = off")
    opened.execute("pragma synchronous = off")
    opened.execute(table)
    return opened


def _read(value: bytes) -> Any:
    return pickle.loads(value)  # noqa: S301 — written by this process, into a file without a name


class Shelf[K: int | str, V]:
    """Values by their keys. One thread at a time may ask.

    A value that `get` gave is put back if it was changed; one that `at` gave is kept as it is when the next is asked
    for. Cost: that of a dict while there are few; then some 10 µs a value that is not in memory.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._here: dict[K, V] = {}
        self._changed: set[K] = set()
        self._file: sqlite3.Connection | None = None

    @overload
    def get(self, key: K) -> V | None: ...
    @overload
    def get(self, key: K, otherwise: V) -> V: ...
    def get(self, key: K, otherwise: V | None = None) -> V | None:
        """Return a key's value, or what it is otherwise."""
        if key in self._here:
            return self._here[key]
        if self._file is None:
            return otherwise
        found = self._file.execute("select value from kept where key = ?", [key]).fetchone()
        if found is None:
            return otherwise
        return self._take(key, _read(found[0]))

    def put(self, key: K, value: V) -> None:
        self._take(key, value)
        self._changed.add(key)

    def at(self, key: K, new: V) -> V:
        """Return a key's value to be changed in place; the new one, where there is none."""
        value = self.get(key, new)
        self.put(key, value)
        return value

    def __contains__(self, key: K) -> bool:
        return self.get(key) is not None

    def values(self) -> Iterator[V]:
        """Yield all values. None may be put meanwhile."""
        if self._file is None:
            yield from self._here.values()
            return
        self._lay_down()
        for (value,) in self._file.execute("select value from kept"):
            yield _read(value)

    def __bool__(self) -> bool:
        return bool(self._here) or self._file is not None

    def _take(self, key: K, value: V) -> V:
        if key not in self._here and len(self._here) >= self._most:
            self._lay_down()
        self._here[key] = value
        return value

    def _lay_down(self) -> None:
        """Write what changed, and forget all that lies in memory."""
        if self._file is None:
            self._file = _file(_TABLE)
        self._file.execute("begin")
        self._file.executemany(_PUT, ((key, pickle.dumps(self._here[key], 5)) for key in self._changed))
        self._file.execute("commit")
        self._here, self._changed = {}, set()


class Sorted:
    """Words of bytes, each once, that come out in their order as often as one likes."""

    def __init__(self, words: Iterator[bytes]) -> None:
        self._file = _file("create table word (word blob primary key) without rowid")
        self._file.execute("begin")
        self._file.executemany("insert or ignore into word values (?)", ((word,) for word in words))
        self._file.execute("commit")
        self._count = int(self._file.execute("select count(*) from word").fetchone()[0])

    def __iter__(self) -> Iterator[bytes]:
        return (word for (word,) in self._file.execute("select word from word order by word"))

    def __len__(self) -> int:
        return self._count
