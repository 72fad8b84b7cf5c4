"""Reporting lines: who is meant by a manager's name or number, and where a line would lead back to itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from watercooler.doors.importing.people.entries import Entry

MOST_NAMES = 12


@dataclass(slots=True)
class Placed:
    """Somebody of the file who is here now: what the reporting line needs of them, and nothing more."""

    person_id: int
    name: str
    manager: str
    line: int


class Known:
    """Finds people of a file by key, address, log-in or name; a name that two share finds nobody."""

    def __init__(self) -> None:
        self._sure: dict[str, int] = {}
        self._names: dict[str, int | None] = {}

    def add(self, entry: Entry, person_id: int) -> None:
        for word in (entry.key, entry.email, entry.handle):
            if word:
                self._sure.setdefault(word.casefold(), person_id)
        name = entry.name.casefold()
        self._names[name] = None if name in self._names else person_id

    def find(self, words: str) -> int | None:
        """Return the id of who is meant, or None."""
        said = words.casefold()
        if said in self._sure:
            return self._sure[said]
        if "," in said:
            last, first = (part.strip() for part in said.split(",", 1))
            said = f"{first} {last}"
        return self._names.get(said)

    def why_not(self, words: str) -> str:
        shared = self._names.get(words.casefold(), 0) is None
        return "several people have this name" if shared else "nobody in the file is called this"


def cycles[K](above: Mapping[K, K | None]) -> list[list[K]]:
    """Return every ring in which each one reports to the next, and the last to the first. Cost: one pass."""
    done: set[K] = set()
    rings: list[list[K]] = []
    for start in above:
        path: dict[K, int] = {}
        at: K | None = start
        while at is not None and at not in done and at not in path:
            path[at] = len(path)
            at = above.get(at)
        if at is not None and at in path:
            rings.append(list(path)[path[at] :])
        done.update(path)
    return rings


def ring_said(names: list[str]) -> str:
    """Return a ring in words: "Ada → Noah → Ada"."""
    shown = [*names[:MOST_NAMES], *(["…"] if len(names) > MOST_NAMES else [])]
    return f"{' → '.join([*shown, names[0]])} would report to each other in a ring; their managers stay as they were"
