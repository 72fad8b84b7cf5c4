"""Mentoring before two people meet: what one offers and looks for, who may fit, and how it goes everywhere."""

from datetime import date

from watercooler.doors.api.shapes.common import Day, PersonBrief, Sent, Shape
from watercooler.doors.api.shapes.mentoring import Count, Lines, Rhythm, Text, Way


class Offer(Shape):
    """What somebody offers as a mentor. Every member may read it."""

    person: PersonBrief
    """The colleague who offers it."""
    helps_with: list[str]
    """What they can help with, in their words."""
    note: str
    """What they say about it; empty for nothing."""
    ways: list[str]
    """Where they would meet: `remote`, `in_person`, or both; empty where they did not say."""
    rhythm: str
    """How often they would meet: `weekly`, `fortnightly`, `monthly` or `as_needed`."""
    languages: list[str]
    """In which languages; empty where they did not say."""
    places: int
    """How many people they mentor at once at most."""
    free: int
    """How many of these places are free."""
    free_from: date | None
    """The first day on which they have time; null for at once."""
    is_paused: bool
    """Whether they can be asked by nobody new at the moment."""


class OfferSent(Sent):
    """What one offers as a mentor; it replaces what one offered before."""

    helps_with: Lines
    """What one can help with: one to eight things of at most 60 characters."""
    rhythm: Rhythm
    """How often one would meet."""
    places: Count = 1
    """How many people one mentors at once at most: 1 to 8, and no fewer than one mentors now."""
    ways: list[Way] = []
    """Where one would meet."""
    languages: Lines = []
    """In which languages, at most eight of 40 characters."""
    note: Text = ""
    """What one says about it, at most 600 characters."""
    free_from: Day | None = None
    """The first day on which one has time; null for at once."""


class Pause(Sent):
    """How long nobody new asks."""

    until: Day | None = None
    """The first day on which it goes on by itself, to come; null for as long as one does not say so."""


class Wishes(Shape):
    """What one would like to learn. Only oneself reads it."""

    wants: list[str]
    """The things themselves, in one’s own words."""
    about: str
    """What one says about it; empty for nothing."""
    ways: list[str]
    """Where one would meet; empty where one did not say."""
    rhythm: str
    """How often one would meet; empty where one did not say."""
    languages: list[str]
    """In which languages; empty where one did not say."""
    with_own_line: bool
    """Whether one’s manager and the people who report to one may be suggested too."""


class WishesSent(Sent):
    """What one would like to learn; it replaces what one said before. Only oneself reads it."""

    wants: Lines
    """One to five things of at most 60 characters."""
    about: Text = ""
    """What one says about it, at most 600 characters."""
    ways: list[Way] = []
    """Where one would meet."""
    rhythm: Rhythm | None = None
    """How often one would meet; null for no wish."""
    languages: Lines = []
    """In which languages, at most eight of 40 characters."""
    with_own_line: bool = False
    """Whether one’s manager and the people who report to one may be suggested too; without it they cannot be asked
    either."""


class Shown(Shape):
    """Something that shows a reason."""

    title: str
    """Its title, as people read it."""
    url: str
    """The whole address of its page."""


class Reason(Shape):
    """Why somebody may fit, or what speaks against it."""

    sentence: str
    """The reason, in the caller’s language."""
    is_for: bool
    """Whether it speaks for them; else against."""
    evidence: list[Shown]
    """What shows it, as far as the caller may read it; often nothing."""


class Match(Shape):
    """A mentor who may fit."""

    mentor: PersonBrief
    """The colleague who may fit."""
    helps_with: list[str]
    """What they can help with, in their words."""
    free: int
    """How many of their places are free."""
    reasons: list[Reason]
    """What speaks for them, then what speaks against it."""


class Matches(Shape):
    """Mentors who may fit."""

    matches: list[Match]
    """Those with a place free, best first."""


class UsefulCount(Shape):
    """How many found it how useful."""

    words: str
    """What they said, in the caller’s language."""
    count: int | None
    """How many said so within twelve months; null for fewer than five, whom one could guess."""


class Numbers(Shape):
    """How mentoring goes, without a name. Numbers of what people do are null below five."""

    mentors: int
    """How many people offer to mentor and do not pause."""
    places: int
    """How many people these would mentor at once."""
    free: int
    """How many of these places are free."""
    asked: int | None
    """How many requests wait for an answer; null for fewer than five."""
    running: int | None
    """How many mentorings are being agreed or running; null for fewer than five."""
    across_units: int | None
    """How many that run join two units of the organisation; null where that, or what is left, is fewer than five."""
    closed: int | None
    """How many came to their end within twelve months; null for fewer than five."""
    ended_early: int | None
    """How many ended early within twelve months, because somebody left among them; null for fewer than five."""
    useful: list[UsefulCount]
    """What people said at the end, within twelve months."""
