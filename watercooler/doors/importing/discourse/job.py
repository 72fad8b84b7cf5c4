"""A forum on its way: what is known of its topics, its people and its spaces while it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from watercooler.doors.importing.discourse.forum import Category, Forum, Post, Topic
from watercooler.doors.importing.hands import Share, alone
from watercooler.doors.importing.report import Report
from watercooler.doors.importing.shelf import Shelf
from watercooler.doors.importing.texts import Text
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space

PEOPLE = 50_000
"""How many people's names lie in memory, some 12 MB: they write in no order."""


@dataclass(slots=True)
class About:
    """What has to be known of a topic whose pages lie in several files.

    seen: how many of its posts were met, and in numbers a bit for each. count: how many it has. pages: in how many
    pages its posts lie.
    """

    category_id: int | None = None
    answered: int | None = None
    is_question: bool = False
    is_left_out: bool = False
    seen: int = 0
    numbers: int = 0
    count: int = 0
    pages: int = 0
    title: str = ""
    tags: tuple[str, ...] = ()


@dataclass
class Job:
    """A forum on its way. space_name: one space for all; empty means one a category.

    copies: key of posts that are there more than once → which of them counts, 0 the first. names: account → when
    somebody had this name, and the name; an archive that grew over years holds former ones too. share: how the work on
    texts is shared out.
    """

    forum: Forum
    report: Report
    space_name: str
    owner: str
    say: Callable[[str], None]
    is_dry: bool = False
    share: Share[tuple[str, str], Text] = alone
    categories: dict[int, Category] = field(default_factory=dict)
    spaces: dict[str, Space] = field(default_factory=dict)
    topics: Shelf[int, About] = field(default_factory=Shelf)
    copies: Shelf[str, int] = field(default_factory=Shelf)
    names: Shelf[str, tuple[datetime, str]] = field(default_factory=lambda: Shelf(PEOPLE))
    newest_person: int = 0
    renamed: int = 0

    def __post_init__(self) -> None:
        self.newest_person = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    @property
    def source(self) -> str:
        return self.forum.name

    def about(self, topic_id: int) -> About | None:
        """Return what is known of a topic, once all was looked at."""
        about = self.topics.get(topic_id)
        if about is not None and not about.is_question:
            category = self.categories.get(about.category_id or 0)
            about.is_question = bool(category and category.takes_solutions)
        return about


def copy(topic_id: int, number: int) -> str:
    """Return the key of a post that may be there more than once."""
    return f"{topic_id}/{number}"


@dataclass(frozen=True, slots=True)
class Said:
    """A post with the topic it stands in, and what is known of that. text: as this house shows and edits it, None if
    not made yet.
    """

    topic: Topic
    post: Post
    about: About
    text: Text | None = None
