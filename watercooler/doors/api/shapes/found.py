"""What search finds."""

from datetime import datetime
from typing import Literal

from watercooler.doors.api.shapes.common import Next, PersonBrief, Shape


class InFile(Shape):
    """The file that a snippet is from, where it says more of what was looked for than the item itself."""

    name: str
    """What the file is called."""
    url: str
    """The whole address at which a browser that is signed in opens it."""


class Hit(Shape):
    """A thread that was found, shown by its best item."""

    item: int
    """The id of its best item, for `/items/{item_id}`."""
    kind: str
    """Which kind of item it is, as `/kinds` lists them."""
    title: str
    """The title of the thread, as cleaned HTML in which the words found are marked."""
    snippet: str
    """The part of the text that fits best, as cleaned HTML in which the words found are marked."""
    file: InFile | None
    """The file that the snippet is from; null where it is from the text itself."""
    url: str
    """The whole address of the item, or of its place in its thread."""
    space: str
    """The name that people read of the space it is in."""
    author: PersonBrief
    """Who wrote that item."""
    published_at: datetime
    """When that item appeared."""
    helped_count: int
    """How many people said that it helped them."""
    reply_count: int
    """How many replies it has."""
    is_solved: bool
    """Whether the thread is a question with an accepted answer."""
    is_accepted: bool
    """Whether the item is that answer."""
    is_checked: bool
    """Whether a colleague vouched for it and the check still stands."""


class Named(Shape):
    """Somebody or something called nearly like the words."""

    what: Literal["person", "space", "topic", "item"]
    """What it is, and so what its address opens."""
    name: str
    """Its name or title, as people read it."""
    line: str
    """One line about it: a job, a tagline, a kind; empty for topics."""
    url: str
    """The whole address of its page."""


class Meaning(Shape):
    """What the glossary says of exactly the words looked for."""

    id: int
    """The number of the term in the glossary."""
    name: str
    """The word itself."""
    meaning: str
    """What it means here, as plain text."""
    others: list[str]
    """What else people call it; search looks for these too."""


class Found(Shape):
    """What was found, best first."""

    hits: list[Hit]
    """The threads of this page, at most 20, best first; by filters alone newest first."""
    named: list[Named]
    """People, spaces and topics called nearly like the words."""
    meanings: list[Meaning]
    """What the glossary says of them."""
    kinds: dict[str, int]
    """How many of the best 100 threads are of each kind, by its name; empty where filters alone were sent."""
    unclear: list[str]
    """Sentences about filters in the words that say nothing, as a day that is none, or a name that nobody has."""
    next: Next


class Suggested(Shape):
    """What is called like what is being typed."""

    suggestions: list[Named]
    """Items first, then people, spaces and topics; empty below two letters."""
