"""Saved searches."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Sent, Shape

type WhenTold = Literal["at_once", "daily", "never"]
"""When the caller hears of what is new: `at_once`, in one line `daily`, or `never`."""


class SavedSearch(Shape):
    """A search that the caller keeps. Nobody else sees it."""

    id: int
    """The number of the saved search."""
    name: str
    """What the caller called it, or the words it asks for."""
    tells: WhenTold
    """When the caller hears of what is new."""
    q: str
    """The words it looks for, with the filters written in them, as `/search` takes them."""
    kind: str
    """The kind of item it is narrowed to; empty for all."""
    space: str
    """The slug of the space it is narrowed to; empty for all."""
    topic: str
    """The slug of the topic it is narrowed to; empty for all."""
    author: str
    """The handle of whose words it looks for; empty for everybody’s."""
    solved: bool | None
    """True if it looks for solved questions alone, false for open ones alone, null for both."""
    new: int
    """How many things it found since the caller last looked, counted up to 99."""
    made_at: datetime
    """When the caller began to keep it."""
    url: str
    """The whole address that opens it in a browser, and remembers that it was looked at."""
    feed: str
    """The whole address of its Atom feed, for a browser that is signed in; `/me/feeds` makes a private one for feed
    readers."""


class SavedSearches(Shape):
    """The searches that the caller keeps."""

    searches: list[SavedSearch]
    """All of them by name; there are at most 50."""


class SavingSearch(Sent):
    """What to look for, as `/search` takes it, and what to call it."""

    q: Annotated[str, Field(max_length=300)] = ""
    """The words, with filters as in the search box. Some word or filter is needed, here or below."""
    kind: Annotated[str, Field(max_length=20)] = ""
    """Narrows it to one kind of item; empty for all."""
    space: Annotated[str, Field(max_length=80)] = ""
    """Narrows it to a space, by its slug; empty for all."""
    topic: Annotated[str, Field(max_length=60)] = ""
    """Narrows it to a topic, by its slug; empty for all."""
    author: Annotated[str, Field(max_length=40)] = ""
    """Narrows it to what somebody wrote, by their handle; empty for everybody."""
    solved: bool | None = None
    """True looks for solved questions alone, false for open ones alone; null for both."""
    name: Annotated[str, Field(max_length=80)] = ""
    """What to call it; empty calls it after its words."""
    tells: WhenTold = "daily"
    """When the caller wants to hear of what is new."""


class ChangingSearch(Sent):
    """What to change of a saved search. What is left out stays as it is."""

    name: Annotated[str, Field(max_length=80)] = ""
    """What to call it from now on; empty keeps its name."""
    tells: WhenTold | None = None
    """When to hear of what is new from now on; null or left out keeps it."""
