"""Whom one is connected with, introductions, people alike, and what the directory counts."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from watercooler.doors.api.shapes.common import Line, Next, PersonBrief, Sent, Shape


class Facet(Shape):
    """How many people fit one choice of a facet, together with everything else that was asked for."""

    facet: str
    """What is chosen by: `site`, `unit`, `skill`, `language`, `open` (to questions), or `all` for everybody who fits.
    """
    value: str
    """What stands for it: the id of a site or unit, the word itself, “1” for `open`; empty for `all`."""
    label: str
    """What people read for it; empty for `open` and `all`."""
    people: int
    """How many people fit."""


class Facets(Shape):
    """The directory, counted."""

    facets: list[Facet]
    """Every choice that somebody fits, of skills and languages the 14 that most people have."""


class Connected(PersonBrief):
    """Somebody with whom the caller is connected."""

    status: str
    """What they say of this week; empty for nothing."""
    email: str
    """Their e-mail address: two who are connected have each other’s. Empty where they have none."""
    since: datetime
    """When the two were connected."""


class ConnectedList(Shape):
    """One page of the caller’s connections."""

    people: list[Connected]
    """The people of this page by name, at most 30."""
    next: Next


class Acquaintance(Shape):
    """Somebody who asked to connect, whom the caller asked, or to whom they were introduced."""

    kind: str
    """`request` of theirs, `sent` by the caller, or an `introduction` by somebody else."""
    id: int
    """The number of the introduction, to answer it by. For the other two it is not needed: their handle is."""
    person: PersonBrief
    """Who asked, whom the caller asked, or to whom they were introduced."""
    by: PersonBrief | None
    """Who introduced the two; null where nobody did."""
    note: str
    """What was written with it; empty for nothing."""
    at: datetime
    """When they asked, or introduced."""
    said_yes: bool
    """Whether the caller said yes to the introduction; false for the others."""
    other_said_yes: bool
    """Whether the other one said yes to the introduction; false for the others."""
    is_connected: bool
    """Whether the two are connected already."""


class Acquaintances(Shape):
    """Who waits for whom."""

    waiting: list[Acquaintance]
    """Requests and introductions that wait for the caller, newest first, at most 50; not of people they muted."""
    sent: list[Acquaintance]
    """Whom the caller asked and who has not said yes, newest first, at most 50. A quiet no stands there too."""


class PersonAlike(PersonBrief):
    """Somebody like the caller."""

    reason: str
    """What the two share or could teach each other, in a sentence."""


class PeopleAlike(Shape):
    """People like the caller."""

    people: list[PersonAlike]
    """At most 12, best first: nobody they are connected with, asked, or muted."""


class Both(Shape):
    """Whom the caller and somebody both know."""

    people: list[PersonBrief]
    """The first 60 by name; not those who hide whom they know."""


class Connecting(Sent):
    """A request to connect."""

    note: Line = ""
    """What the other one reads, at most 500 characters; ignored where it says yes to their request."""


class Tie(Shape):
    """How the caller stands with somebody."""

    tie: str
    """`connected`, `asked` by the caller, `waiting` for the caller’s answer, or empty for neither. A quiet no looks
    like a request that waits."""


class ConnectionChoices(Sent):
    """Who sees what of one’s connections."""

    hides_connections: bool
    """Whether nobody is shown whom the caller and they both know."""
    is_not_suggested: bool
    """Whether the caller is suggested to nobody as a person alike."""


class Card(Shape):
    """A contact card."""

    vcard: str
    """It as vCard 4.0 (RFC 6350). The e-mail address is on the cards of connected people and on one’s own."""


class Introducing(Sent):
    """Whom to introduce to each other, and why."""

    one: Annotated[str, Field(max_length=40)]
    """The handle of one colleague."""
    other: Annotated[str, Field(max_length=40)]
    """The handle of another colleague."""
    note: Line
    """Why they should meet, at most 500 characters; both read it, and it is needed."""


class Introduced(Shape):
    """An introduction that the caller made. What either answered stays theirs until both said yes."""

    id: int
    """The number of the introduction, to take it back by."""
    one: PersonBrief
    """One of the two colleagues whom the caller introduced."""
    other: PersonBrief
    """The other of the two colleagues."""
    note: str
    """What both read."""
    at: datetime
    """When the caller introduced them."""
    have_met: bool
    """Whether both said yes, which connected them."""


class IntroducedList(Shape):
    """The introductions that the caller made."""

    introductions: list[Introduced]
    """The newest 50 that were not taken back."""


class IntroductionAnswer(Sent):
    """The answer to an introduction."""

    is_yes: bool
    """True for yes; false for “not now”, of which nobody is told."""
