"""What became of every record: a table "in the file / loaded / updated / here already / left out and why"."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MOST_PROBLEMS = 50
"""How many problems are told one by one; further ones are only counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something broken in the input, told so that somebody can find and mend it."""

    file: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line:,}" if self.line else self.file
        return f"{where}{f', {self.field}' if self.field else ''}: {self.sentence}"


class Broken(Exception):
    """The input cannot be read any further. Its text is a sentence that names file, line and field."""

    def __init__(self, file: str, sentence: str, line: int = 0, field: str = "") -> None:
        self.problem = Problem(file, line, field, sentence)
        super().__init__(str(self.problem))


@dataclass(slots=True)
class Line:
    """One kind of record: how many the file holds, and what became of them."""

    found: int = 0
    loaded: int = 0
    updated: int = 0
    known: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def is_accounted_for(self) -> bool:
        """Say whether every record found was loaded, updated, here already, or left out for a reason."""
        return self.found == self.loaded + self.updated + self.known + self.left_out.total()


class Report:
    """Counts records by kind, in the order in which kinds are first named. More than one thread may tell it."""

    def __init__(self, title: str, *, is_dry: bool = False) -> None:
        self.title = title
        self.is_dry = is_dry
        self.lines: dict[str, Line] = {}
        self.problems: list[Problem] = []
        self.problem_count = 0
        self.notes: list[str] = []
        self.made: Counter[str] = Counter()
        """What had to be made besides, in a few words → how many: "former members known by name only"."""
        self._derived: set[str] = set()
        self._one_at_a_time = threading.Lock()

    def expect(self, *kinds: str, derived: tuple[str, ...] = ()) -> None:
        """Fix the order of the table's lines. derived: those that say something about records counted elsewhere."""
        for kind in kinds:
            self.line(kind)
        self._derived |= set(derived)

    def line(self, kind: str) -> Line:
        return self.lines.setdefault(kind, Line())

    def found(self, kind: str, count: int = 1) -> None:
        with self._one_at_a_time:
            self.line(kind).found += count

    def loaded(self, kind: str, count: int = 1) -> None:
        with self._one_at_a_time:
            self.line(kind).loaded += count

    def updated(self, kind: str, count: int = 1) -> None:
        """Count what was here and says something else now."""
        with self._one_at_a_time:
            self.line(kind).updated += count

    def known(self, kind: str, count: int = 1) -> None:
        """Count what an earlier run had brought here."""
        with self._one_at_a_time:
            self.line(kind).known += count

    def left_out(self, kind: str, why: str, count: int = 1) -> None:
        """Count what is not taken over, with the reason in a few words: "no such vote here"."""
        with self._one_at_a_time:
            if count:
                self.line(kind).left_out[why] += count

    def broken(self, kind: str, problem: Problem) -> None:
        """Count one record found broken, and keep what is wrong with it."""
        self.found(kind)
        self.left_out(kind, "broken in the file")
        self.problem(problem)

    def problem(self, problem: Problem) -> None:
        """Keep a problem that is not one record's: the first 50 are told, further ones counted."""
        with self._one_at_a_time:
            self.problem_count += 1
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(problem)

    @property
    def total(self) -> int:
        """Return how many records of the file were read, whatever became of them."""
        return sum(line.found for kind, line in self.lines.items() if kind not in self._derived)

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs; the same numbers as the table."""
        return {
            "title": self.title,
            "dry_run": self.is_dry,
            "records": {
                kind: {
                    "found": line.found,
                    "loaded": line.loaded,
                    "updated": line.updated,
                    "known": line.known,
                    "left_out": sum(line.left_out.values()),
                    "why": dict(line.left_out.most_common()),
                }
                for kind, line in (self.groups() | self.lines).items()
                if line.found
            },
            "made": dict(self.made),
            "problems": [str(problem) for problem in self.problems],
            "problem_count": self.problem_count,
            "notes": self.notes,
        }

    def table(self) -> str:
        """Return the table as text, aligned, with the reasons and the problems below."""
        head = ("", "in the file", "would load" if self.is_dry else "loaded", "updated", "here already", "left out")
        rows = [head, *self._rows()]
        widths = [max(len(row[column]) for row in rows) for column in range(6)]
        said = [
            f"{row[0]:<{widths[0]}}  " + "  ".join(f"{row[n]:>{widths[n]}}" for n in range(1, 6)).rstrip()
            for row in rows
        ]
        return "\n".join([self.title, "", *said, *self._reasons(), *self._problems(), *self._notes()])

    def groups(self) -> dict[str, Line]:
        """Return the sums of kinds that share what stands before their colon: "posts: questions", "posts: answers"."""
        sums: dict[str, Line] = {}
        for kind, line in self.lines.items():
            group, colon, _rest = kind.partition(": ")
            if colon:
                total = sums.setdefault(group, Line())
                total.found += line.found
                total.loaded += line.loaded
                total.updated += line.updated
                total.known += line.known
                total.left_out += line.left_out
        return sums

    def _rows(self) -> Iterator[tuple[str, ...]]:
        sums = self.groups()
        for kind, line in self.lines.items():
            group, colon, rest = kind.partition(": ")
            if not line.found:
                continue
            if group in sums:
                yield group, *_numbers(sums.pop(group))
            yield f"  {rest}" if colon else kind, *_numbers(line)

    def _reasons(self) -> list[str]:
        reasons = [
            f"  {kind}: {count:,} {why}"
            for kind, line in self.lines.items()
            for why, count in line.left_out.most_common()
        ]
        return ["", "Left out:", *reasons] if reasons else []

    def _problems(self) -> list[str]:
        if not self.problem_count:
            return []
        more = self.problem_count - len(self.problems)
        told = [f"  {problem}" for problem in self.problems]
        return ["", "Problems:", *told, *([f"  … and {more:,} more"] if more else [])]

    def _notes(self) -> list[str]:
        made = [f"Made besides: {count:,} {words}." for words, count in self.made.items()]
        return ["", *made, *self.notes] if made or self.notes else []


def _numbers(line: Line) -> tuple[str, ...]:
    return tuple(f"{count:,}" for count in (line.found, line.loaded, line.updated, line.known, line.left_out.total()))
