"""Pages of a list: where one ends and the next begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

PAGE = 20
"""Cards on one page of a list."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = 2**62
_LATEST = 253_402_300_799_999_999
"""The end of the year 9999 in microseconds: no moment lies beyond it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list begins: after the row with this order key and id. Lists go from high keys to low ones."""

    key: int = _LAST
    id: int = _LAST

    @classmethod
    def read(cls, text: str | None) -> Self:
        """Return the place that `str` wrote into an address; the beginning for anything else."""
        key, _dot, number = (text or "").partition(".")
        is_place = key.removeprefix("-").isdecimal() and number.isdecimal() and len(key) < 19 and len(number) < 19
        return cls(int(key), int(number)) if is_place else cls()

    def __str__(self) -> str:
        return f"{self.key}.{self.id}"

    @property
    def is_start(self) -> bool:
        return self.key == _LAST

    @property
    def at(self) -> datetime:
        """Return the moment that this key stands for, in lists ordered by `moment`; one that there is in any case."""
        if self.key > _LATEST:  # the start, or an address that somebody made up
            return datetime.max.replace(tzinfo=UTC)
        return _EPOCH + timedelta(microseconds=max(self.key, 0))


def moment(column: str) -> str:
    """Return the SQL that makes an order key of a time: microseconds, exact, and the same order."""
    return f"(extract(epoch from {column}) * 1000000)::bigint"
