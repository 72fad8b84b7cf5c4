"""The inbox, search, topics, kinds and the care desk."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Line, Next, PersonBrief, Sent, Shape, SpaceBrief


class Told(Shape):
    """One line of the inbox. sentence: what happened. words: how the text itself begins. why: why one was told."""

    id: int
    kind: str
    sentence: str
    words: str
    url: str
    why: str
    at: datetime
    is_unread: bool
    is_muted: bool
    position: int
    actors: list[PersonBrief]
    actor_count: int
    item: int | None
    thread: int | None
    space: SpaceBrief | None


class Inbox(Shape):
    """One page of an inbox. unread: how many lines, at most 100. waiting: requests and invitations to decide."""

    lines: list[Told]
    unread: int
    waiting: int
    next: Next


class ReadUpTo(Sent):
    """The `position` of the newest line that was shown: what came since stays unread."""

    up_to: Annotated[int, Field(ge=0, le=2**62)]


class Waiting(Shape):
    """A request that the caller decides, or an invitation to them. person: who asks, or who invited."""

    id: int
    is_invitation: bool
    space: SpaceBrief
    person: PersonBrief
    note: str
    since: datetime


class AllWaiting(Shape):
    waiting: list[Waiting]


class YesOrNo(Sent):
    answer: Literal["yes", "no"]


class InFile(Shape):
    """The file that a snippet is from, where it says more of what was looked for than the item itself."""

    name: str
    url: str


class Hit(Shape):
    """A thread that was found, shown by its best item. title, snippet: HTML in which the words found are marked."""

    item: int
    kind: str
    title: str
    snippet: str
    file: InFile | None
    url: str
    space: str
    author: PersonBrief
    published_at: datetime
    helped_count: int
    reply_count: int
    is_solved: bool
    is_accepted: bool
    is_checked: bool


class Named(Shape):
    """Somebody or something called nearly like the words."""

    what: Literal["person", "space", "topic", "item"]
    name: str
    line: str
    url: str


class Meaning(Shape):
    """What the glossary says of exactly the words looked for."""

    id: int
    name: str
    meaning: str
    others: list[str]


class Found(Shape):
    """What was found, best first. named: people, spaces and topics. kinds: how many of each among the best 800.

    unclear: sentences about filters in the words that say nothing, as a day that is none.
    """

    hits: list[Hit]
    named: list[Named]
    meanings: list[Meaning]
    kinds: dict[str, int]
    unclear: list[str]
    next: Next


class Suggested(Shape):
    suggestions: list[Named]


class Topic(Shape):
    """A topic with something on it that the caller may read. items: how many, at most 99."""

    slug: str
    name: str
    about: str
    items: int
    is_followed: bool
    url: str


class Topics(Shape):
    topics: list[Topic]


class Knower(PersonBrief):
    """Somebody who helped with a topic: how often, and how many of their answers solved it."""

    helped: int
    accepted: int


class WholeTopic(Shape):
    """A topic, the words that lead to it, and who helped most with it."""

    slug: str
    name: str
    about: str
    synonyms: list[str]
    people: list[Knower]
    is_followed: bool
    url: str


class Merging(Sent):
    """The slug of the topic that people should find."""

    into: Line


class Merged(Shape):
    """The slug people find now, and how many items moved there."""

    into: str
    moved: int


class Kind(Shape):
    """One kind of item. parents: what it hangs below; empty for what stands alone. can_be_made: by the caller.

    send: the JSON Schema of what makes one, or null where it is made elsewhere.
    """

    name: str
    label: str
    plural: str
    parents: list[str]
    has_title: bool
    can_be_made: bool
    send: dict[str, Any] | None


class Kinds(Shape):
    kinds: list[Kind]


class Case(Shape):
    """One flagged item on the care desk. Where the caller may not read it, only that there is a flag.

    reasons: most often first. notes: what flaggers added; they stay unnamed.
    """

    item: int
    may_read: bool
    flag_count: int
    flagged_at: datetime
    reasons: list[str]
    notes: list[str]
    kind: str
    is_hidden: bool
    title: str
    html: str
    published_at: datetime | None
    author: PersonBrief | None
    space: SpaceBrief | None
    url: str


class Desk(Shape):
    """What waits, most flagged first, at most 50."""

    cases: list[Case]


class Deciding(Sent):
    """What to do, lightest first, and what the author reads; only what is kept needs no note."""

    outcome: Literal["kept", "helped", "held", "removed"]
    note: Line = ""


class Decided(Shape):
    """How many flags were closed; 0 where somebody else was faster."""

    closed: int


class Decision(Shape):
    """One decision of the log. is_mine: the caller took it, and may take it back while it is the newest."""

    item: int
    at: datetime
    outcome: str
    note: str
    flag_count: int
    reasons: list[str]
    decider: PersonBrief
    author: str
    words: str
    space: str
    is_mine: bool
    is_newest: bool


class Decisions(Shape):
    decisions: list[Decision]
    next: Next
