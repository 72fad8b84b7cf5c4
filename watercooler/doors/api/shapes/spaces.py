"""Spaces and who is in them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Line, Next, PersonBrief, Sent, Shape, SpaceBrief
from watercooler.places.space.starters import NOTHING, STARTERS

type AccessName = Literal["open", "closed", "secret"]
"""Who gets in: everybody reads and joins what is `open`; `closed` is known to all members and let into by a host;
`secret` is known to those alone who are in it or invited."""
type LevelName = Literal["all", "mentions", "muted"]
"""How much reaches the inbox: `all` that is new, `mentions` of one and replies to one, or with `muted` nothing."""
if TYPE_CHECKING:
    type StarterName = str
else:
    StarterName = Literal[tuple(start.name for start in (*STARTERS, NOTHING))]


class SpaceFound(SpaceBrief):
    """A space in the directory."""

    access: AccessName
    """Who may read it and how one gets in."""
    tagline: str
    """What it is about in a line; empty where its hosts wrote none."""
    hue: int
    """Its colour, in degrees of the colour circle from 0 to 359."""
    member_count: int
    """How many people are in it."""
    question_count: int
    """How many published questions it holds."""
    solved_count: int
    """How many of its questions have an accepted answer."""
    last_item_at: datetime | None
    """When something last appeared in it; null where nothing has."""
    standing: str
    """What the caller is there: `host`, `member`, `requested`, `invited`, or empty outside."""
    parent: str
    """The name of the space it belongs to; empty for none, or for one that the caller may not know of."""


class Spaces(Shape):
    """One page of the directory of spaces."""

    spaces: list[SpaceFound]
    """The spaces of this page, at most 24."""
    next: Next


class Highlight(Shape):
    """An item at the top of a space, and why."""

    item: int
    """The id of what was put there, for `/items/{item_id}`."""
    kind: str
    """Which kind of item it is, as `/kinds` lists them."""
    title: str
    """Its title, or how its text begins."""
    author: str
    """The name of who wrote it."""
    note: str
    """Why it stands there, in the words of who put it there; empty for none."""
    is_pinned: bool
    """Whether a host wants it above the others."""
    ends_on: date | None
    """The last day on which it stands there; null for as long as nobody takes it down."""
    url: str
    """The whole address of its page."""


class Space(SpaceBrief):
    """A space as the caller meets it."""

    id: int
    """The number of the space; addresses take its `slug`."""
    access: AccessName
    """Who may read it and how one gets in. Hosts change it."""
    tagline: str
    """What it is about in a line; empty where its hosts wrote none."""
    objective: str
    """What should get better because of it, in its hosts’ words."""
    how_we_work: str
    """How people work together there, as plain text; empty where nobody wrote it."""
    rules: list[str]
    """The ground rules, one sentence each, at most 12."""
    rules_version: int
    """The number of these rules, one more with each change. Accepting them names it."""
    must_accept: bool
    """Whether the rules changed since the caller, who is inside, accepted them: until they do, they cannot post there.
    """
    hue: int
    """Its colour, in degrees of the colour circle from 0 to 359."""
    is_archived: bool
    """Whether it is closed for writing; what is in it stays readable."""
    parent: SpaceBrief | None
    """The space it belongs to; null for none, or for one that the caller may not know of."""
    member_count: int
    """How many people are in it."""
    question_count: int
    """How many published questions it holds."""
    unanswered: int
    """How many of its questions nobody has answered, counted up to 999; 0 for who may not read there."""
    hosts: list[PersonBrief]
    """Who looks after it and can be asked, its owner first; at most six of them."""
    highlights: list[Highlight]
    """What its hosts put at its top; empty for who may not read there."""
    standing: str
    """What the caller is there: `host`, `member`, `requested`, `invited`, or empty outside."""
    level: str
    """How much of it reaches the caller’s inbox: their own choice, or where they made none the space’s."""
    may_read: bool
    """Whether the caller sees its items and people: members those of open spaces, else who is inside."""
    requests: int
    """How many people wait to be let in; 0 for others than hosts."""


class NewSpace(Sent):
    """A space to be opened."""

    name: Line
    """What people read as its name, at most 80 characters; its slug is made from it."""
    objective: Annotated[str, Field(max_length=2000)]
    """What should get better because of it, at most 600 characters."""
    access: AccessName = "open"
    """Who shall get in, and how."""
    parent: Line = ""
    """The slug of a space the caller is in, to which it shall belong; empty for none."""
    tagline: Line = ""
    """What it is about in a line of at most 200 characters."""
    how_we_work: Annotated[str, Field(max_length=8000)] = ""
    """How people work together there, as plain text of at most 4,000 characters."""
    rules: Annotated[list[Line], Field(max_length=50)] = []
    """The ground rules, one sentence each, at most 12 of 300 characters. Whoever joins accepts them."""
    hue: Annotated[int, Field(ge=0, le=359)] | None = None
    """Its colour in degrees of the colour circle; null takes one from its name."""
    template: StarterName = NOTHING.name
    """What it begins with: some templates bring words and first things to read; what is sent here goes before their
    words."""


class SpaceChange(Sent):
    """What is written about a space. What is null or left out stays as it is."""

    name: Line | None = None
    """The name that people shall read, at most 80 characters; null keeps it. The slug stays."""
    objective: Annotated[str, Field(max_length=2000)] | None = None
    """What should get better because of it, at most 600 characters; null keeps it."""
    tagline: Line | None = None
    """What it is about in a line of at most 200 characters; null keeps it."""
    how_we_work: Annotated[str, Field(max_length=8000)] | None = None
    """How people work together there, as plain text of at most 4,000 characters; null keeps it."""
    rules: Annotated[list[Line], Field(max_length=50)] | None = None
    """All ground rules, one sentence each, at most 12; null keeps them. Others than who wrote them have to accept new
    ones before they post again."""
    hue: Annotated[int, Field(ge=0, le=359)] | None = None
    """Its colour in degrees of the colour circle; null keeps it."""


class Access(Sent):
    """Who shall get into a space."""

    access: AccessName
    """The new rule. It holds at once for everything that is in the space."""


class Parent(Sent):
    """What a space shall be part of."""

    parent: Line
    """The slug of a space the caller is in; empty to let it stand alone."""


class Owner(Sent):
    """Who takes a space over."""

    owner: Line
    """The handle of another host of it; where its owner has left, a learning lead or administrator may name any
    colleague."""


class Rules(Sent):
    """Which ground rules were read."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    """The `rules_version` that was read: where there are newer ones by now, 409."""


class Level(Sent):
    """How much of a space reaches one’s inbox."""

    level: LevelName
    """The caller’s own choice for this space."""


class Joining(Sent):
    """What is said to the hosts."""

    note: Line = ""
    """A word to the hosts where somebody has to let the caller in, at most 300 characters; ignored where they get in at
    once."""


class Standing(Shape):
    """What the caller now is in the space."""

    standing: str
    """`host`, `member`, `requested` while a host has to decide, or empty outside."""


class Member(PersonBrief):
    """Somebody who is in a space, or asks to be."""

    standing: str
    """What they are: `host`, `member` or `requested`."""
    since: datetime
    """Since when: when they got in, or asked."""
    note: str = ""
    """What they wrote when they asked, or whoever invited them did; empty for nothing."""


class Members(Shape):
    """One page of people."""

    members: list[Member]
    """The people of this page, at most 40."""
    next: Next


class Role(Sent):
    """What an insider shall be."""

    standing: Literal["host", "member"]
    """`host` looks after the space, `member` takes part in it."""


class Inviting(Sent):
    """Whom to invite, and a word to them."""

    people: Annotated[list[Line], Field(min_length=1, max_length=50)]
    """Handles of colleagues, with or without @. One that is nobody’s refuses all."""
    note: Line = ""
    """What they read with the invitation, at most 300 characters."""


class Invited(Shape):
    """What became of an invitation."""

    invited: int
    """How many were invited who had nothing to do with the space yet. Those who had asked are let in if a host invites
    them, and not counted."""
