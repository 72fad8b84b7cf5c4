"""Mentoring: what one offers and looks for, who may fit, and what two people share."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Line, Moment, PersonBrief, Sent, Shape

type Rhythm = Literal["weekly", "fortnightly", "monthly", "as_needed"]
"""How often two people meet: `weekly`, `fortnightly`, `monthly`, or `as_needed`."""
type Way = Literal["remote", "in_person"]
"""Where two people meet: `remote` by video or phone, or `in_person`."""
type State = Literal["asked", "declined", "withdrawn", "lapsed", "agreeing", "running", "closed"]
"""How far a mentoring is: `asked`; then `declined`, `withdrawn` by who asked, or `lapsed` without an answer in 14 days;
after a yes `agreeing`, which lapses too after 30 days without an agreement; then `running` and `closed`."""
type Useful = Literal["very", "yes", "little", "no"]
"""How useful it was: `very`, `yes`, a `little`, or `no` not this time."""
type MeetingState = Literal["planned", "done", "missed", "called_off"]
"""How a meeting stands: `planned`, `done`, `missed`, or `called_off`."""

Lines = Annotated[list[Line], Field(max_length=20)]
Text = Annotated[str, Field(max_length=5000)]
Count = Annotated[int, Field(ge=0, le=10_000)]


class GoalShown(Shape):
    """Something the two want to reach."""

    id: int
    """The number of the goal."""
    words: str
    """The goal itself, in their words."""
    progress: int
    """How far it has come, in hundredths."""
    is_reached: bool
    """Whether it was reached: its progress is 100."""


class MeetingShown(Shape):
    """A meeting of the two."""

    id: int
    """The number of the meeting."""
    starts_at: datetime
    """When it begins."""
    minutes: int
    """How long it takes, in minutes."""
    place: str
    """Where they meet, in their words; empty where nobody said."""
    about: str
    """What they want to talk about; empty where nobody said."""
    state: MeetingState
    """Whether it is still planned, and if not what became of it."""
    note: str
    """What both keep from it, as plain text; empty for nothing."""
    note_version: int
    """Which version of that note this is, 0 before the first; send it as `based_on`."""
    calendar: str
    """The whole address of an iCalendar file of it, for a browser that is signed in."""


class Terms(Shape):
    """One version of what the two agree."""

    version: int
    """Its number, from 1; the highest is the newest."""
    written_by: PersonBrief
    """Who of the two wrote it, and so agrees with it."""
    goals: list[str]
    """What they want to reach."""
    rhythm: str
    """How often they meet: `weekly`, `fortnightly`, `monthly` or `as_needed`."""
    minutes: int
    """How long they meet each time, in minutes."""
    months: int
    """For how many months, from the second yes on."""
    ways: list[str]
    """Where they meet; empty where they did not say."""
    between_us: str
    """What stays between the two, in their words; empty for nothing."""
    is_agreed: bool
    """Whether both said yes to this version."""


class Said(Shape):
    """What one of the two said at the end. Both read it."""

    by: PersonBrief
    """Who of the two said it."""
    useful: Useful
    """How useful they found the whole of it."""
    came_of_it: str
    """What came of it, in their words; empty for nothing."""
    thanks: str
    """Their thanks to the other one; empty for none."""
    is_shared: bool
    """Whether these thanks may be posted on their wall, which happens once both allow it."""


class PairBrief(Shape):
    """A mentoring of the caller’s, in a list."""

    id: int
    """The number of the mentoring."""
    mentor: PersonBrief
    """The colleague who helps."""
    mentee: PersonBrief
    """The one who learns, and asked for it."""
    state: State
    """How far it is between the request and the closing."""
    asked_at: datetime
    """When it was asked for."""
    ends_on: date | None
    """The day on which what they agreed ends; null before they agreed."""
    url: str
    """The whole address of their page."""


class Pairs(Shape):
    """The caller’s mentorings."""

    pairs: list[PairBrief]
    """The newest 100, as mentor and as mentee."""


class Pair(PairBrief):
    """Everything that two people share. Nobody but the two reads it, whatever their role."""

    wants: list[str]
    """What the mentee would like to learn, as they asked for it."""
    note: str
    """What the mentee wrote when they asked."""
    answer: str
    """What the mentor wrote with their yes or no; empty for nothing."""
    suggested: PersonBrief | None
    """Whom the mentor suggested instead; null for nobody."""
    ending: str
    """Why it was closed: `finished`, `early`, or `left` where one of the two left the organisation; empty until then.
    """
    parting_words: str
    """What was said at the closing; empty for nothing."""
    goals: list[GoalShown]
    """Their goals, without those they let go."""
    meetings: list[MeetingShown]
    """Their meetings: those to come, those nobody has settled yet, then the past ones."""
    agreements: list[Terms]
    """Every version of what they agree, the newest first."""
    feedback: list[Said]
    """What either said at the end."""


class Request(Sent):
    """A request to somebody who offers to mentor."""

    mentor: Annotated[str, Field(max_length=40)]
    """The handle of who is asked."""
    note: Text
    """What one hopes for, at most 1,000 characters; they read it first, and it is needed."""
    wants: Lines = []
    """What one would like to learn with them, at most five things of 60 characters."""


class Answer(Sent):
    """The answer to a request."""

    answer: Literal["yes", "no"]
    """`yes` takes one of one’s places; `no` frees who asked to ask somebody else."""
    words: Text = ""
    """What they read with it, at most 600 characters."""
    suggested: Annotated[str, Field(max_length=40)] = ""
    """With a no, the handle of somebody else who may help; empty for nobody. One that is nobody’s is passed over."""


class TermsSent(Sent):
    """The next version of an agreement."""

    goals: Lines
    """What the two want to reach: one to six goals of at most 160 characters."""
    rhythm: Rhythm
    """How often they meet."""
    minutes: Count = 30
    """How long they meet each time: 10 to 480 minutes."""
    months: Count = 6
    """For how long: 1 to 24 months from the second yes on."""
    ways: list[Way] = []
    """Where they meet: by video or phone, in person, or both."""
    between_us: Text = ""
    """What stays between the two, at most 1,000 characters."""
    based_on: Count = 0
    """The newest `version` that was read; 0 where there was none. Where there is a newer one, 409."""


class GoalSent(Sent):
    """One more goal."""

    words: Line
    """The goal itself, at most 160 characters."""


class Progress(Sent):
    """How far a goal has come."""

    progress: Count
    """In hundredths from 0 to 100; 100 is reached, and less takes that back."""


class MeetingSent(Sent):
    """When and where two people meet."""

    starts_at: Moment
    """When it begins, with its time zone: a moment to come, within two years."""
    minutes: Count = 30
    """How long it takes: 10 to 480 minutes."""
    place: Line = ""
    """Where they meet, at most 200 characters."""
    about: Text = ""
    """What to talk about, at most 600 characters."""


class Outcome(Sent):
    """What became of a meeting."""

    state: Literal["done", "missed", "called_off"]
    """`done` and `missed` can be said once it has begun, `called_off` while it is planned."""


class NoteSent(Sent):
    """What both keep from a meeting."""

    note: Text
    """The whole note as plain text of at most 4,000 characters; it replaces the former one."""
    based_on: Count
    """The `note_version` that was read; where the other one wrote meanwhile, 409."""


class OwnNote(Shape):
    """What the caller wrote for themselves about a meeting."""

    note: str
    """Their words; empty for nothing. Nobody else reads them, the other one neither."""


class OwnNoteSent(Sent):
    """What one keeps for oneself of a meeting."""

    note: Text
    """One’s words, at most 4,000 characters; empty takes the note away."""


class Closing(Sent):
    """How a mentoring closes."""

    ending: Literal["finished", "early"] = "finished"
    """`finished` at its end, or `early`. Before both agreed it is always early."""
    words: Text = ""
    """What the other one reads, at most 600 characters."""


class Feedback(Sent):
    """How it was. The other one reads it."""

    useful: Useful
    """How useful the caller found the whole of it."""
    came_of_it: Text = ""
    """What came of it, at most 1,000 characters."""
    thanks: Text = ""
    """Thanks to the other one, at most 400 characters; needed where they may be shared."""
    is_shared: bool = False
    """Whether these thanks may be posted on one’s wall; that happens once both allow it."""
