"""Mentoring: what one offers and looks for, who may fit, and what two people share."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Day, Line, Moment, PersonBrief, Sent, Shape

type Rhythm = Literal["weekly", "fortnightly", "monthly", "as_needed"]
type Way = Literal["remote", "in_person"]
type State = Literal["asked", "declined", "withdrawn", "lapsed", "agreeing", "running", "closed"]
type Useful = Literal["very", "yes", "little", "no"]
type MeetingState = Literal["planned", "done", "missed", "called_off"]

Lines = Annotated[list[Line], Field(max_length=20)]
Text = Annotated[str, Field(max_length=5000)]
Count = Annotated[int, Field(ge=0, le=10_000)]


class Offer(Shape):
    """What somebody offers as a mentor. free: how many of their places."""

    person: PersonBrief
    helps_with: list[str]
    note: str
    ways: list[str]
    rhythm: str
    languages: list[str]
    places: int
    free: int
    free_from: date | None
    is_paused: bool


class OfferSent(Sent):
    helps_with: Lines
    rhythm: Rhythm
    places: Count = 1
    ways: list[Way] = []
    languages: Lines = []
    note: Text = ""
    free_from: Day | None = None


class Pause(Sent):
    """until: the first day on which it goes on by itself."""

    until: Day | None = None


class Wishes(Shape):
    """What one would like to learn. Only oneself reads it."""

    wants: list[str]
    about: str
    ways: list[str]
    rhythm: str
    languages: list[str]
    with_own_line: bool


class WishesSent(Sent):
    wants: Lines
    about: Text = ""
    ways: list[Way] = []
    rhythm: Rhythm | None = None
    languages: Lines = []
    with_own_line: bool = False


class Shown(Shape):
    title: str
    url: str


class Reason(Shape):
    """Why somebody may fit, or what speaks against it, with what shows it."""

    sentence: str
    is_for: bool
    evidence: list[Shown]


class Match(Shape):
    mentor: PersonBrief
    helps_with: list[str]
    free: int
    reasons: list[Reason]


class Matches(Shape):
    """Mentors with a place free who fit, best first."""

    matches: list[Match]


class GoalShown(Shape):
    id: int
    words: str
    progress: int
    is_reached: bool


class MeetingShown(Shape):
    id: int
    starts_at: datetime
    minutes: int
    place: str
    about: str
    state: MeetingState
    note: str
    note_version: int
    calendar: str


class Terms(Shape):
    """One version of an agreement. is_agreed: both said yes."""

    version: int
    written_by: PersonBrief
    goals: list[str]
    rhythm: str
    minutes: int
    months: int
    ways: list[str]
    between_us: str
    is_agreed: bool


class Said(Shape):
    """What one of the two said at the end."""

    by: PersonBrief
    useful: Useful
    came_of_it: str
    thanks: str
    is_shared: bool


class PairBrief(Shape):
    """One's own mentoring, in a list."""

    id: int
    mentor: PersonBrief
    mentee: PersonBrief
    state: State
    asked_at: datetime
    ends_on: date | None
    url: str


class Pairs(Shape):
    pairs: list[PairBrief]


class Pair(PairBrief):
    """Everything that the two share."""

    wants: list[str]
    note: str
    answer: str
    suggested: PersonBrief | None
    ending: str
    parting_words: str
    goals: list[GoalShown]
    meetings: list[MeetingShown]
    agreements: list[Terms]
    feedback: list[Said]


class Request(Sent):
    mentor: Annotated[str, Field(max_length=40)]
    note: Text
    wants: Lines = []


class Answer(Sent):
    """suggested: the handle of somebody else who may help, with a no."""

    answer: Literal["yes", "no"]
    words: Text = ""
    suggested: Annotated[str, Field(max_length=40)] = ""


class TermsSent(Sent):
    """based_on: the newest version that was read; 0 for none."""

    goals: Lines
    rhythm: Rhythm
    minutes: Count = 30
    months: Count = 6
    ways: list[Way] = []
    between_us: Text = ""
    based_on: Count = 0


class GoalSent(Sent):
    words: Line


class Progress(Sent):
    progress: Count


class MeetingSent(Sent):
    starts_at: Moment
    minutes: Count = 30
    place: Line = ""
    about: Text = ""


class Outcome(Sent):
    state: Literal["done", "missed", "called_off"]


class NoteSent(Sent):
    """based_on: the `note_version` that was read."""

    note: Text
    based_on: Count


class OwnNote(Shape):
    note: str


class OwnNoteSent(Sent):
    note: Text


class Closing(Sent):
    ending: Literal["finished", "early"] = "finished"
    words: Text = ""


class Feedback(Sent):
    useful: Useful
    came_of_it: Text = ""
    thanks: Text = ""
    is_shared: bool = False


class UsefulCount(Shape):
    """count: null where fewer than five could be counted out."""

    words: str
    count: int | None


class Numbers(Shape):
    """How mentoring goes. null where fewer than five could be counted out."""

    mentors: int
    places: int
    free: int
    asked: int | None
    running: int | None
    across_units: int | None
    closed: int | None
    ended_early: int | None
    useful: list[UsefulCount]
