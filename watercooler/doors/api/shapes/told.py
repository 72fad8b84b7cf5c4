"""The inbox, search, topics, kinds and the care desk."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Line, Next, PersonBrief, Sent, Shape, SpaceBrief


class Told(Shape):
    """One line of the inbox: what happened, told once however many did it."""

    id: int
    """The number of the line, to mark it read or mute it by. It is not that of an item."""
    kind: str
    """Which sort of line it is, as “answer” or “mention”. Further sorts may come."""
    sentence: str
    """What happened, as a sentence of plain text in the caller’s language."""
    words: str
    """How the text that was written begins; empty where nothing was."""
    url: str
    """The whole address to go to from there."""
    why: str
    """Why the caller was told, in a sentence."""
    at: datetime
    """When it last happened."""
    is_unread: bool
    """Whether something came to it since the caller last read it."""
    is_muted: bool
    """Whether the caller muted the thread it is about."""
    position: int
    """How far the record of the house had come when this last happened: it only rises, and `/inbox/read` takes it."""
    actors: list[PersonBrief]
    """Who did it, the latest first, at most three; their jobs are left out."""
    actor_count: int
    """How many people did it, the three among them."""
    item: int | None
    """The id of the item that was written or that it is about; null where it is about none."""
    thread: int | None
    """The id of the item at the head of that thread; null where it is about none."""
    space: SpaceBrief | None
    """The space it happened in; null where it happened in none."""


class Inbox(Shape):
    """One page of an inbox."""

    lines: list[Told]
    """The lines of this page, newest first, at most 20."""
    unread: int
    """How many lines of the whole inbox are unread, counted up to 100."""
    waiting: int
    """How many requests and invitations wait for the caller’s yes or no: to spaces, connections and introductions. 0 on
    a page without lines."""
    next: Next


class ReadUpTo(Sent):
    """How far the inbox was read."""

    up_to: Annotated[int, Field(ge=0, le=2**62)]
    """The `position` of the newest line that was shown: what came since stays unread."""


class Waiting(Shape):
    """Somebody who asks to be let into a space the caller hosts, or an invitation of the caller."""

    id: int
    """The number of the request or invitation, to decide it by."""
    is_invitation: bool
    """True where the caller is invited; false where the caller decides about somebody else."""
    space: SpaceBrief
    """The space to get into."""
    person: PersonBrief
    """Who asks to be let in; of an invitation who invited, or the owner of the space where that is not known."""
    note: str
    """What they wrote with it; empty for nothing."""
    since: datetime
    """Since when it waits."""


class AllWaiting(Shape):
    """What waits for the caller’s yes or no at the doors of spaces."""

    waiting: list[Waiting]
    """Requests and invitations together, newest first, at most 50."""


class YesOrNo(Sent):
    """The answer to a request or an invitation."""

    answer: Literal["yes", "no"]
    """`yes` lets them in, or takes the caller in; `no` turns them away, or declines."""


class Topic(Shape):
    """A topic with something on it that the caller may read."""

    slug: str
    """The topic’s part of every address."""
    name: str
    """The word as people read it."""
    about: str
    """What it is about, in a few sentences; empty where nobody wrote it."""
    items: int
    """How many things on it the caller may read, counted up to 99."""
    is_followed: bool
    """Whether the caller follows it."""
    url: str
    """The whole address of its page."""


class Topics(Shape):
    """The topics that fit."""

    topics: list[Topic]
    """At most 60, the one with most on it first."""


class Knower(PersonBrief):
    """Somebody who helped with a topic."""

    helped: int
    """How often somebody said that what they wrote about it helped."""
    accepted: int
    """How many of their answers solved a question about it."""


class WholeTopic(Shape):
    """A topic, the words that lead to it, and who helped most with it."""

    slug: str
    """Its part of every address: of a synonym that was asked for, the topic people should find."""
    name: str
    """The word as people read it."""
    about: str
    """What it is about, in a few sentences; empty where nobody wrote it."""
    synonyms: list[str]
    """Other words that lead to it, by name, at most 100."""
    people: list[Knower]
    """Who helped most with it, as far as the caller may read what they wrote. Their jobs are left out."""
    is_followed: bool
    """Whether the caller follows it."""
    url: str
    """The whole address of its page."""


class Merging(Sent):
    """Into which topic another one goes."""

    into: Line
    """The slug of the topic that people should find."""


class Merged(Shape):
    """What became of a topic."""

    into: str
    """The slug of the topic that people find now."""
    moved: int
    """How many items moved there."""


class Kind(Shape):
    """One kind of item."""

    name: str
    """Its name, as `kind` has it everywhere in the API."""
    label: str
    """What people call one of them, in the caller’s language."""
    plural: str
    """What people call several of them, in the caller’s language."""
    parents: list[str]
    """The kinds it hangs below, by name; empty for what stands alone."""
    has_title: bool
    """Whether such an item needs a title; others have none."""
    can_be_made: bool
    """Whether the caller’s role lets them make one at all; each space has its own say."""
    send: dict[str, Any] | None
    """The JSON Schema of what `POST /items` takes to make one; null where it is made elsewhere."""


class Kinds(Shape):
    """The kinds of item there are here."""

    kinds: list[Kind]
    """All of them, in the order in which people choose among them."""


class Case(Shape):
    """One flagged item on the care desk. Of what the caller may not read, only that there is a flag."""

    item: int
    """The id of the item, to decide about it by."""
    may_read: bool
    """Whether the caller may read it; where not, its words, reasons and author are left empty."""
    flag_count: int
    """How many people flagged it and wait for a decision."""
    flagged_at: datetime
    """When the first of them did."""
    reasons: list[str]
    """The reason of each flag, the earliest first, by the words that flagging takes."""
    notes: list[str]
    """What those who flagged it added, the earliest first; they stay unnamed."""
    kind: str
    """Which kind of item it is, as `/kinds` lists them."""
    is_hidden: bool
    """Whether it is held back until somebody decides."""
    title: str
    """Its title; empty for kinds without one."""
    html: str
    """Its text as cleaned HTML."""
    published_at: datetime | None
    """When it appeared; null for what the caller may not read."""
    author: PersonBrief | None
    """Who wrote it; null for what the caller may not read."""
    space: SpaceBrief | None
    """The space it is in; null where the caller may not know which."""
    url: str
    """The whole address of its page; empty for what the caller may not read."""


class Desk(Shape):
    """What waits on the care desk."""

    cases: list[Case]
    """At most 50, most flagged first. What the caller wrote is left to others."""


class Deciding(Sent):
    """What to do about a flagged item, and what its author reads."""

    outcome: Literal["kept", "helped", "held", "removed"]
    """From light to heavy: `kept` as it is, `helped` its author to change it, `held` back until it is, or `removed`."""
    note: Line = ""
    """What the author reads, at most 500 characters; needed for everything but `kept`."""


class Decided(Shape):
    """What a decision did."""

    closed: int
    """How many flags were closed; 0 where somebody else was faster."""


class Decision(Shape):
    """One decision of the log."""

    item: int
    """The id of the item it was about."""
    at: datetime
    """When it was taken."""
    outcome: str
    """What was done: `kept`, `helped`, `held` or `removed`."""
    note: str
    """What the author was told; empty where it was kept."""
    flag_count: int
    """How many flags it closed."""
    reasons: list[str]
    """The different reasons of those flags, by the words that flagging takes."""
    decider: PersonBrief
    """Who took it. Their job is left out."""
    author: str
    """The name of who wrote the item."""
    words: str
    """The item’s title, or how its text begins; empty where it was removed."""
    space: str
    """The name that people read of the space it is in."""
    is_mine: bool
    """Whether the caller took it, and so may take it back while it is the newest."""
    is_newest: bool
    """Whether nothing was decided about that item since."""


class Decisions(Shape):
    """One page of the log."""

    decisions: list[Decision]
    """The decisions of this page, newest first, at most 50."""
    next: Next
