"""One import of one site: what its steps share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from watercooler.doors.importing.counterparts import known
from watercooler.doors.importing.hands import Share, alone
from watercooler.doors.importing.pace import Pace
from watercooler.doors.importing.report import Problem, Report
from watercooler.doors.importing.stackexchange.dump import Dump, ignore
from watercooler.doors.importing.stackexchange.records import Badge, Comment, Edit, Link, Post, Record, Tag, User, Vote
from watercooler.doors.importing.stackexchange.rows import Turn
from watercooler.doors.importing.texts import Text
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space

NETWORK = "stackexchange"
"""The source of what all sites share: accounts."""

UNREADABLE: dict[type[object], str] = {
    User: "users",
    Tag: "tags",
    Post: "posts: unreadable",
    Comment: "comments",
    Vote: "votes: unreadable",
    Link: "post links",
    Badge: "badges",
    Edit: "edit history: unreadable",
}
"""Where a record is counted that cannot be read."""
CHOSEN = "accepted answers"
"""A line that says something of records counted elsewhere."""
LINES = (
    *("users", "tags", "posts: questions", "posts: answers", "posts: tag descriptions", "posts: other kinds"),
    *("posts: unreadable", CHOSEN, "comments", "votes: up", "votes: accepted", "votes: favourites"),
    *("votes: other kinds", "votes: unreadable", "post links", "badges", "edit history: versions of a text"),
    *("edit history: changes of tags", "edit history: other events", "edit history: unreadable"),
)
HERE_TWICE = "with a number that the file has used before"


@dataclass(slots=True)
class Job:
    """A dump on its way into a space. newest_before, newest_person: the newest ids when it began.

    share: how the work on texts is shared out.
    """

    dump: Dump
    space: Space
    report: Report
    pace: Pace
    newest_before: int = 0
    newest_person: int = 0
    share: Share[str, Text] = alone

    def __post_init__(self) -> None:
        self.newest_before = Item.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.newest_person = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    @property
    def site(self) -> str:
        return self.dump.site

    def records[R: Record](self, kind: type[R], turn: Turn | None = None) -> Iterator[R]:
        """Yield a file's records, with what is broken reported once and the pace told. turn: see `Turn`."""
        damaged: Callable[[Problem], None] = ignore if turn and turn.is_second else self.report.problem
        told = {
            "broken": lambda problem: self.report.broken(UNREADABLE[kind], problem),
            "damaged": damaged,
            "pace": lambda count: self.pace(count, 0),
        }
        for record in self.dump.records(kind, turn=turn, **told):
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
