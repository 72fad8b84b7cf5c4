"""Saved searches."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Sent, Shape

type WhenTold = Literal["at_once", "daily", "never"]


class SavedSearch(Shape):
    """A search the caller keeps. tells: when they hear of what is new. new: found since they last looked, at most 99.

    q, kind, space, topic, author, solved: what it asks, as `/search` takes them; empty or null where not asked for.
    """

    id: int
    name: str
    tells: WhenTold
    q: str
    kind: str
    space: str
    topic: str
    author: str
    solved: bool | None
    new: int
    made_at: datetime
    url: str
    feed: str


class SavedSearches(Shape):
    searches: list[SavedSearch]


class SavingSearch(Sent):
    """What to look for, as `/search` takes it, and under which name; without one it is called after its words.

    Words, or filters alone.
    """

    q: Annotated[str, Field(max_length=300)] = ""
    kind: Annotated[str, Field(max_length=20)] = ""
    space: Annotated[str, Field(max_length=80)] = ""
    topic: Annotated[str, Field(max_length=60)] = ""
    author: Annotated[str, Field(max_length=40)] = ""
    solved: bool | None = None
    name: Annotated[str, Field(max_length=80)] = ""
    tells: WhenTold = "daily"


class ChangingSearch(Sent):
    """What is left out stays."""

    name: Annotated[str, Field(max_length=80)] = ""
    tells: WhenTold | None = None
