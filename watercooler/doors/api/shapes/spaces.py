"""Spaces and who is in them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Line, Next, PersonBrief, Sent, Shape, SpaceBrief
from watercooler.places.space.starters import NOTHING, STARTERS

type AccessName = Literal["open", "closed", "secret"]
type LevelName = Literal["all", "mentions", "muted"]
if TYPE_CHECKING:
    type StarterName = str
else:
    StarterName = Literal[tuple(start.name for start in (*STARTERS, NOTHING))]


class SpaceFound(SpaceBrief):
    """A space in the directory. standing: the caller's: "host", "member", "requested", "invited" or ""."""

    access: AccessName
    tagline: str
    hue: int
    member_count: int
    question_count: int
    solved_count: int
    last_item_at: datetime | None
    standing: str
    parent: str


class Spaces(Shape):
    spaces: list[SpaceFound]
    next: Next


class Highlight(Shape):
    """An item at the top of a space, and why."""

    item: int
    kind: str
    title: str
    author: str
    note: str
    is_pinned: bool
    ends_on: date | None
    url: str


class Space(SpaceBrief):
    """A space as the caller meets it. must_accept: the rules changed since the caller accepted them.

    requests: for hosts, how many wait to be let in. highlights: what stands at its top.
    """

    id: int
    access: AccessName
    tagline: str
    objective: str
    how_we_work: str
    rules: list[str]
    rules_version: int
    must_accept: bool
    hue: int
    is_archived: bool
    parent: SpaceBrief | None
    member_count: int
    question_count: int
    unanswered: int
    hosts: list[PersonBrief]
    highlights: list[Highlight]
    standing: str
    level: str
    may_read: bool
    requests: int


class NewSpace(Sent):
    """A space to be opened. objective: what should get better because of it. template: what it begins with."""

    name: Line
    objective: Annotated[str, Field(max_length=2000)]
    access: AccessName = "open"
    parent: Line = ""
    tagline: Line = ""
    how_we_work: Annotated[str, Field(max_length=8000)] = ""
    rules: Annotated[list[Line], Field(max_length=50)] = []
    hue: Annotated[int, Field(ge=0, le=359)] | None = None
    template: StarterName = NOTHING.name


class SpaceChange(Sent):
    """What is written about a space. What is left out stays; new rules are put to everybody again."""

    name: Line | None = None
    objective: Annotated[str, Field(max_length=2000)] | None = None
    tagline: Line | None = None
    how_we_work: Annotated[str, Field(max_length=8000)] | None = None
    rules: Annotated[list[Line], Field(max_length=50)] | None = None
    hue: Annotated[int, Field(ge=0, le=359)] | None = None


class Access(Sent):
    access: AccessName


class Owner(Sent):
    """The handle of a host who takes the space over."""

    owner: Line


class Rules(Sent):
    """The version of the rules that was read."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class Level(Sent):
    """How much of a space reaches one's inbox."""

    level: LevelName


class Joining(Sent):
    """A word to the hosts, where somebody has to let one in."""

    note: Line = ""


class Standing(Shape):
    """What the caller now is in the space: "host", "member", "requested", or "" outside."""

    standing: str


class Member(PersonBrief):
    standing: str
    since: datetime
    note: str = ""


class Members(Shape):
    members: list[Member]
    next: Next


class Role(Sent):
    standing: Literal["host", "member"]


class Inviting(Sent):
    """Handles of colleagues, and a word to them."""

    people: Annotated[list[Line], Field(min_length=1, max_length=50)]
    note: Line = ""


class Invited(Shape):
    """How many were invited who had nothing to do with the space yet."""

    invited: int
