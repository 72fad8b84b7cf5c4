"""One import of one site: what its steps share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from watercooler.doors.importing.counterparts import known
from watercooler.doors.importing.pace import Pace
from watercooler.doors.importing.report import Problem, Report
from watercooler.doors.importing.stackexchange.dump import Dump, ignore
from watercooler.doors.importing.stackexchange.records import Badge, Comment, Edit, Link, Post, Record, Tag, User, Vote
from watercooler.spine.content.models import Item
from watercooler.spine.spaces.models import Space

NETWORK = "stackexchange"
"""The source of what all sites share: accounts."""

UNREADABLE: dict[type[Record], str] = {
    User: "users",
    Tag: "tags",
    Post: "posts: unreadable",
    Comment: "comments",
    Vote: "votes: unreadable",
    Link: "post links",
    Badge: "badges",
    Edit: "edit history: unreadable",
}
HERE_TWICE = "with a number that the file has used before"


@dataclass(slots=True)
class Job:
    """A dump on its way into a space. newest_before: the newest item's id when it began, to tell this run's items."""

    dump: Dump
    space: Space
    report: Report
    pace: Pace
    newest_before: int = 0

    def __post_init__(self) -> None:
        self.newest_before = Item.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    @property
    def site(self) -> str:
        return self.dump.site

    def records[R: Record](self, kind: type[R], *, is_again: bool = False) -> Iterator[R]:
        """Yield a file's records, with what is broken reported and the pace told. is_again: report nothing twice."""
        broken: Callable[[Problem], None] = ignore
        damaged: Callable[[Problem], None] = ignore
        if not is_again:
            broken, damaged = lambda problem: self.report.broken(UNREADABLE[kind], problem), self.report.problem
        for record in self.dump.records(kind, broken=broken, damaged=damaged, pace=lambda count: self.pace(count, 0)):
            self.pace(0, 1)
            yield record

    def items(self, posts: Collection[int]) -> dict[int, int]:
        """Return post number → id of the item it became."""
        names = known(self.site, [f"post/{number}" for number in posts], "item")
        return {int(name.partition("/")[2]): item_id for name, item_id in names.items()}


def once[R](records: Sequence[R], number: Callable[[R], int]) -> tuple[list[R], int]:
    """Return the first record of each number in file order, and how many others there were."""
    first: dict[int, R] = {}
    for record in records:
        first.setdefault(number(record), record)
    return list(first.values()), len(records) - len(first)


def run(sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """Run a statement of this import and return its rows; none for one that gives none."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []
