"""Reporting lines: who is meant by a manager's name or number, and where a line would lead back to itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from watercooler.doors.importing.people.columns import plain
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
        self._loose: dict[str, int | None] = {}
        """Names however they are turned, and numbers without the zeros before them."""

    def add(self, entry: Entry, person_id: int) -> None:
        for word in (entry.key, entry.email, entry.handle):
            if word:
                self._sure.setdefault(word.casefold(), person_id)
        name = entry.name.casefold()
        self._names[name] = None if name in self._names else person_id
        for loose in {
            _loosely(entry.name),
            _loosely(f"{entry.name.split()[0]} {entry.name.split()[-1]}"),
            bare_number(entry.key),
        }:
            if loose and self._loose.setdefault(loose, person_id) != person_id:
                self._loose[loose] = None

    def find(self, words: str) -> int | None:
        """Return the id of who is meant, or None."""
        said = words.casefold()
        if said in self._sure:
            return self._sure[said]
        if "," in said:
            last, first = (part.strip() for part in said.split(",", 1))
            said = f"{first} {last}"
        if said in self._names:
            return self._names[said]
        return self._as_systems_write(words)

    def _as_systems_write(self, words: str) -> int | None:
        """Find "Ada Byrne (1001)", "CN=Ada Byrne,OU=Kilns", "00012", "12.0", names turned or without the middle one."""
        if common := re.match(r"CN=((?:[^,\\]|\\.)+),", words, re.I):
            words = common[1].replace("\\", "")
        outer, inner = words, ""
        if bracket := re.fullmatch(r"(.*?)\s*[\[(]([^\[\]()]+)[\])]", words):
            outer, inner = bracket[1], bracket[2]
        for each in (inner, outer):
            said = each.strip().casefold()
            found = self._sure.get(said) or self._names.get(said) or self._loose.get(bare_number(said))
            if said and (found := found or self._loose.get(_loosely(each))):
                return found
        return None

    def why_not(self, words: str) -> str:
        shared = self._names.get(words.casefold(), 0) is None
        return "several people have this name" if shared else "nobody in the file is called this"


def _loosely(name: str) -> str:
    """Return a name's words without accents in alphabetical order, so that "Byrne, Ada" is "Ada Byrne"."""
    return " ".join(sorted(plain(word) for word in re.split(r"[\s,]+", name) if plain(word)))


def bare_number(number: str) -> str:
    """Return a number without zeros before it and without a spreadsheet's ".0"; "" for what is none."""
    found = re.fullmatch(r"0*(\d+)(?:[.,]0+)?", number)
    return f"#{found[1]}" if found else ""


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
