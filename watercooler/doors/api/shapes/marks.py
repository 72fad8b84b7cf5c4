"""What people say of an item: ratings, checks, flags, whom it helped, and to whom it was handed on."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Id, Line, Next, PersonBrief, Sent, Shape, SpaceBrief


class Rating(Sent):
    """Answers to three questions; one of them is needed."""

    useful: bool | None = None
    """Whether it was of use; null for no answer."""
    correct: bool | None = None
    """Whether it is right; null for no answer. False needs a `reason`."""
    applied: bool | None = None
    """Whether the caller did it this way; null for no answer."""
    reason: Line = ""
    """Why, in at most 500 characters; needed where it is not correct. Its author and the hosts read it, with the name.
    """


class RatingGiven(PersonBrief):
    """What somebody answered."""

    useful: bool | None
    """Whether it was of use to them; null where they did not say."""
    correct: bool | None
    """Whether they hold it to be right; null where they did not say."""
    applied: bool | None
    """Whether they did it this way; null where they did not say."""
    reason: str
    """Why, in their words; empty where they gave none."""
    at: datetime
    """When they answered, or last changed their answer."""


class Answers(Shape):
    """How many said yes and no to one question."""

    yes: int
    """How many said yes."""
    no: int
    """How many said no. Those who did not answer are in neither number."""


class Ratings(Shape):
    """What the newest 50 answered, with names. Only the author and the hosts are told."""

    useful: Answers
    """How many found it useful, and how many did not."""
    correct: Answers
    """How many hold it to be right, and how many do not."""
    applied: Answers
    """How many did it this way, and how many did not."""
    given: list[RatingGiven]
    """Each answer with its name and reason, newest first."""


class Rated(Shape):
    """What the caller answered, and what others did."""

    mine: RatingGiven | None
    """The caller’s own answers; null where they gave none."""
    all: Ratings | None
    """What others answered, for its author and the hosts of its space; null for everybody else."""


class Checking(Sent):
    """What the caller read and vouches for."""

    revision: Annotated[int, Field(ge=1, le=2**31 - 1)]
    """The `revision` that was read: where the text has another one by now, nobody has read it, and the check is
    refused."""
    files: Annotated[list[Id], Field(max_length=50)] | None = None
    """The ids of all files that were on it when it was read; null or left out where they were not looked at."""
    months: Literal[3, 6, 12, 24] = 12
    """How long it stands, in months. Nobody vouches for ever."""
    note: Line = ""
    """What was checked or what to mind, in at most 300 characters; people read it beside the name."""


class TakingAway(Sent):
    """Why a colleague’s check does not hold."""

    reason: Line
    """The reason, in at most 300 characters; the colleague reads it."""


class Checked(PersonBrief):
    """That somebody vouched for a text."""

    revision: int
    """The revision of the text that they read."""
    note: str
    """What they checked or what to mind; empty where they wrote nothing."""
    at: datetime
    """When they vouched for it, or last renewed it."""
    until: date
    """The last day on which it stands."""
    is_edited: bool
    """Whether the text or its files changed since they read it: then it stands no more."""
    stands: bool
    """Whether it still counts: neither changed since, nor over."""


class Checks(Shape):
    """Who vouched for an item."""

    checks: list[Checked]
    """Their checks, the latest first; those that stand no more are among them."""
    may_check: bool
    """Whether the caller may vouch for it: hosts, learning leads and administrators may for what others wrote."""


class Flagged(Shape):
    """The caller’s own flag that no host has decided yet."""

    reason: str
    """What is wrong with it: one of the words that flagging takes."""
    note: str
    """What the caller added; empty where they wrote nothing."""
    at: datetime
    """When the caller flagged it."""


class Flagging(Sent):
    """What is wrong with an item. Hosts and administrators read it without the caller’s name."""

    reason: Literal["outdated", "private", "unkind", "unsafe", "misplaced", "other"]
    """What is wrong: `outdated` or not right, `private` details of somebody, `unkind`, `unsafe` if followed,
    `misplaced` in this space, or `other`."""
    note: Line = ""
    """What a host should know, in at most 500 characters."""


class Seen(Sent):
    """How far a thread was read."""

    newest: Id | None = None
    """The id of the newest reply that was on the screen: what came since stays unread; null where all of it was read.
    """


class Recommending(Sent):
    """To whom an item is handed on: one person or one space."""

    person: Line = ""
    """The handle of somebody who may read it; empty where it goes to a space."""
    space: Line = ""
    """The slug of a space or wall in which everybody may read it; empty where it goes to a person."""
    note: Line = ""
    """What it is good for, in at most 500 characters; whoever receives it reads this."""


class Recommendation(Shape):
    """That the caller handed an item on, and what became of it."""

    id: int
    """The number of the recommendation, to take it back by."""
    person: PersonBrief | None
    """Who received it; null where it went to a space."""
    space: SpaceBrief | None
    """The space that received it; null where it went to a person."""
    note: str
    """What the caller wrote with it; empty for nothing."""
    at: datetime
    """When it was handed on."""
    opened_at: datetime | None
    """When that person first opened it; null until then, and always null for a space."""
    used_at: datetime | None
    """When that person said that it helped; null until then, and always null for a space."""


class Recommendations(Shape):
    """To whom the caller handed an item on."""

    recommendations: list[Recommendation]
    """The newest 50 that were not taken back, newest first."""


class Helper(PersonBrief):
    """Somebody whom an item helped."""

    at: datetime
    """When they said so."""


class Helpers(Shape):
    """One page of the people whom an item helped."""

    people: list[Helper]
    """The people of this page, the latest first."""
    next: Next
