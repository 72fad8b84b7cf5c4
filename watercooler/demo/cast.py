"""What an invented organisation is made of, as it stands in its files: plain frozen facts, no database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/London")
KINDS = ("question", "answer", "post", "article", "comment")
TOP_KINDS = ("question", "post", "article")
REACTIONS = ("heart", "clap", "smile", "think", "eyes")
FLAG_REASONS = ("outdated", "private", "unkind", "unsafe", "misplaced", "other")


class Mistake(Exception):
    """Something in the files cannot be so. Carries one sentence with the file and the entry."""


@dataclass(frozen=True)
class Moment:
    """A time told from now: so many minutes ago, or at a time of day so many days ago."""

    days: int
    minutes: int

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Read "52m", "3h 10m", "22h" or "12d 08:33". Raises ValueError for anything else."""
        if clock := re.fullmatch(r"([1-9]\d*)d ([01]\d|2[0-3]):([0-5]\d)", text):
            days, hours, minutes = (int(part) for part in clock.groups())
            return cls(days, hours * 60 + minutes)
        if since := re.fullmatch(r"(?:(\d+)h)? ?(?:(\d+)m)?", text):
            hours, minutes = (int(part or 0) for part in since.groups())
            if 0 < hours * 60 + minutes < 24 * 60:
                return cls(0, hours * 60 + minutes)
        raise ValueError(text)

    def before(self, now: datetime) -> datetime:
        """Return the moment itself, seen from an aware `now`."""
        if not self.days:
            return now - timedelta(minutes=self.minutes)
        midnight = now.astimezone(HOME).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - timedelta(days=self.days) + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Site:
    key: str
    name: str
    town: str
    time_zone: str = "Europe/London"


@dataclass(frozen=True)
class Unit:
    key: str
    name: str
    parent: str = ""


@dataclass(frozen=True)
class Topic:
    slug: str
    name: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    handle: str
    name: str
    job: str
    site: str
    joined: date | int
    """A day, or a number of days ago."""
    unit: str = ""
    manager: str = ""
    role: str = "member"
    sponsor: str = ""
    ends_in_days: int = 0
    pronouns: str = ""
    languages: tuple[str, ...] = ()
    status: str = ""
    about: str = ""
    offers: tuple[str, ...] = ()
    learns: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    portrait: Mapping[str, object] | None = None
    """What portraits.py draws; None where the drawing was made by hand."""

    @property
    def is_guest(self) -> bool:
        return self.role == "guest"

    def joined_at(self, now: datetime) -> datetime:
        """Return nine in the morning of the first day."""
        day = (
            self.joined if isinstance(self.joined, date) else now.astimezone(HOME).date() - timedelta(days=self.joined)
        )
        return datetime(day.year, day.month, day.day, 9, tzinfo=HOME)


@dataclass(frozen=True)
class Pin:
    """An item held at the top of its space, with why and for how many days from now."""

    item: str
    why: str
    until_days: int


@dataclass(frozen=True)
class Space:
    slug: str
    name: str
    access: str
    owner: str
    hosts: tuple[str, ...]
    members: tuple[str, ...]
    """Everybody inside, owner and hosts included, in a stable order."""
    made_days_ago: int
    hue: int
    tagline: str
    objective: str
    how: str
    rules: tuple[str, ...]
    parent: str = ""
    pinned: tuple[Pin, ...] = ()


@dataclass(frozen=True)
class Rating:
    by: str
    useful: bool
    correct: bool
    applied: bool
    why: str


@dataclass(frozen=True)
class Recommendation:
    by: str
    note: str
    to: str = ""
    to_space: str = ""
    used: bool = False


@dataclass(frozen=True)
class Flag:
    by: str
    reason: str
    note: str


@dataclass(frozen=True)
class Check:
    """That somebody who looks after the place vouched for what stood there then."""

    by: str
    at: Moment
    note: str = ""
    months: int = 12


@dataclass(frozen=True)
class Edit:
    """A later change of a text: what stands there now, and what stood there before."""

    by: str
    at: Moment
    now: str
    was: str
    note: str


@dataclass(frozen=True)
class Picture:
    file: str
    alt: str


@dataclass(frozen=True)
class Item:
    """One thing somebody wrote. `parent` is the key of what it answers or comments on."""

    key: str
    source: str
    kind: str
    author: str
    at: Moment
    body: str
    title: str = ""
    space: str = ""
    wall: str = ""
    """The person whose wall or blog it stands on, where it is in no space."""
    parent: str = ""
    topics: tuple[str, ...] = ()
    is_accepted: bool = False
    is_draft: bool = False
    helped: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    reactions: tuple[tuple[str, str], ...] = ()
    """Pairs of reaction and handle."""
    ratings: tuple[Rating, ...] = ()
    recommended: tuple[Recommendation, ...] = ()
    flags: tuple[Flag, ...] = ()
    checks: tuple[Check, ...] = ()
    edits: tuple[Edit, ...] = ()
    """Oldest first."""
    pictures: tuple[Picture, ...] = ()

    @property
    def mentions(self) -> tuple[str, ...]:
        return tuple(re.findall(r"(?<![\w/])@([a-z0-9][a-z0-9._-]*[a-z0-9])", self.body))

    def readers(self) -> set[str]:
        """Return everybody who did something with it, or was handed it, besides those who wrote it."""
        marked = {*self.helped, *self.saved, *self.follows, *(handle for _reaction, handle in self.reactions)}
        judged = {rating.by for rating in self.ratings} | {flag.by for flag in self.flags}
        judged |= {check.by for check in self.checks}
        handed = {handle for advice in self.recommended for handle in (advice.by, advice.to) if handle}
        return marked | judged | handed

    def writers(self) -> set[str]:
        return {self.author, *(edit.by for edit in self.edits)}

    def bodies(self) -> list[str]:
        """Return the text as it was at first and after each edit; the last one is `body`."""
        texts = [self.body]
        for edit in reversed(self.edits):
            texts.insert(0, texts[0].replace(edit.now, edit.was, 1))
        return texts


@dataclass(frozen=True)
class Organisation:
    name: str
    password: str
    sign_ins: tuple[tuple[str, str], ...]
    """Pairs of what somebody is there for and their handle."""
    sites: Mapping[str, Site] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    spaces: Mapping[str, Space] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)

    def may_read(self, handle: str, item: Item) -> bool:
        """Say whether somebody could have seen the item: the product's rule, told of the files."""
        if item.is_draft:
            return handle == item.author
        if item.wall:
            return not self.people[handle].is_guest
        space = self.spaces[item.space]
        return handle in space.members or (space.access == "open" and not self.people[handle].is_guest)
