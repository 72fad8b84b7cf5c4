"""What is suggested to the caller, and what they refused."""

from watercooler.doors.api.shapes.common import PersonBrief, Shape, SpaceBrief, TopicBrief


class SuggestedItem(Shape):
    """An item for the caller to read or answer, and why."""

    item: int
    """The id of what to read or answer, for `/items/{item_id}`."""
    kind: str
    """Which kind of item it is, as `/kinds` lists them."""
    title: str
    """Its title, or how its text begins."""
    url: str
    """The whole address of its page."""
    space: SpaceBrief
    """The space or wall it was posted in."""
    author: PersonBrief
    """The colleague who wrote it."""
    reason: str
    """Why it is suggested, in a sentence."""


class SuggestedPerson(PersonBrief):
    """Somebody to follow, and why."""

    reason: str
    """Why they are suggested, in a sentence."""


class SuggestedSpace(SpaceBrief):
    """A space to join, and why."""

    reason: str
    """Why it is suggested, in a sentence."""


class SuggestedTopic(TopicBrief):
    """A topic to follow, and why."""

    reason: str
    """Why it is suggested, in a sentence."""


class Suggestions(Shape):
    """What is suggested to the caller now, best first: from what they took part in and may see."""

    items: list[SuggestedItem]
    """Items to read or answer."""
    people: list[SuggestedPerson]
    """Colleagues to follow; for a guest of those they share a space with."""
    spaces: list[SuggestedSpace]
    """Spaces worth joining; none for guests."""
    topics: list[SuggestedTopic]
    """Topics worth following."""


class Refused(Shape):
    """One thing the caller refused."""

    id: int
    """The number of this line, to take it back by."""
    what: str
    """What it is: `item`, `person`, `space` or `topic`."""
    name: str
    """Its name or title; where the caller may see it no more, a word that says so."""
    url: str
    """The whole address of its page; empty for what the caller may see no more."""


class AllRefused(Shape):
    """What the caller refused."""

    refused: list[Refused]
    """The latest first, at most 200."""
