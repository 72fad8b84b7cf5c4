"""What is one's own: how much one hears, and what the directory can be asked for."""

from typing import Annotated, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Id, Sent, Shape, SpaceBrief
from watercooler.doors.api.shapes.spaces import LevelName


class SpaceLevel(Shape):
    """How much of a space reaches one's inbox."""

    space: SpaceBrief
    level: LevelName


class FollowLevel(Shape):
    """Somebody or something one follows. level: "all" comes to the inbox, "mentions" only into the feed."""

    id: int
    name: str
    url: str
    level: LevelName


class Muted(Shape):
    name: str
    url: str


class Levels(Shape):
    """How much one hears: of one's spaces, of whom and what one follows, and what one muted; at most 100 of each."""

    spaces: list[SpaceLevel]
    follows: list[FollowLevel]
    muted: list[Muted]


class FollowChange(Sent):
    """ "all" comes to the inbox, "mentions" only into the feed."""

    level: Literal["all", "mentions"]


class ReadBefore(Shape):
    """One line of the inbox, and how far it was read before."""

    id: int
    position: int


class AllRead(Shape):
    """The lines that were unread and are not any more: what makes them unread again."""

    before: list[ReadBefore]


class LineBefore(Sent):
    id: Id
    position: Annotated[int, Field(ge=0, le=2**62)]


class UnreadAgain(Sent):
    """The lines as marking all read returned them."""

    before: Annotated[list[LineBefore], Field(max_length=50_000)]
