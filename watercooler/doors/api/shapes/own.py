"""What is one's own: how much one hears, and what the directory can be asked for."""

from typing import Annotated, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Id, Sent, Shape, SpaceBrief
from watercooler.doors.api.shapes.spaces import LevelName


class SpaceLevel(Shape):
    """How much of a space reaches the caller’s inbox."""

    space: SpaceBrief
    """A space that the caller is in, as host or member."""
    level: LevelName
    """The caller’s choice, or where they made none the space’s own."""


class FollowLevel(Shape):
    """Somebody or something that the caller follows."""

    id: int
    """The number of the follow, to change its level by."""
    name: str
    """What is followed, as people read it; topics begin with #."""
    url: str
    """The whole address of its page."""
    level: LevelName
    """`all` comes to the inbox and the feed, `mentions` into the feed alone."""


class Muted(Shape):
    """Something of which the caller hears nothing."""

    name: str
    """What is muted, as people read it."""
    url: str
    """The whole address of its page."""


class Levels(Shape):
    """How much the caller hears of what."""

    spaces: list[SpaceLevel]
    """Every space the caller is in, by name; archived ones are left out."""
    follows: list[FollowLevel]
    """The people, topics and spaces that the caller follows, newest first, at most 100."""
    muted: list[Muted]
    """What the caller muted and may still see, newest first, at most 100."""


class FollowChange(Sent):
    """How much of something followed one hears."""

    level: Literal["all", "mentions"]
    """`all` comes to the inbox and the feed, `mentions` into the feed alone."""


class ReadBefore(Shape):
    """One line of the inbox, and how far it was read before."""

    id: int
    """The number of the line."""
    position: int
    """How far the line was read before; to be sent back as it is."""


class AllRead(Shape):
    """What makes unread again what was marked read."""

    before: list[ReadBefore]
    """Every line that was unread and is not any more; to be sent to `/inbox/unread` as it is."""


class LineBefore(Sent):
    """One line of the inbox, and how far it was read before."""

    id: Id
    """The number of the line; lines of others are passed over."""
    position: Annotated[int, Field(ge=0, le=2**62)]
    """How far it was read before, as marking all read returned it."""


class UnreadAgain(Sent):
    """What is to be unread again."""

    before: Annotated[list[LineBefore], Field(max_length=50_000)]
    """The lines as `/inbox/read` returned them."""
