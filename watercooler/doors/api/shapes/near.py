"""What stands beside something: who may know, what is like it, what to look at next."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from watercooler.doors.api.shapes.common import PersonBrief, Sent, Shape, SpaceBrief


class Evidence(Shape):
    """One answer or page that speaks for somebody."""

    title: str
    """The title of the page, or of the question that was answered, or how it begins."""
    url: str
    """The whole address of its page, or of its place in its thread."""
    kind: str
    """Which kind of item it is, as `/kinds` lists them."""
    helped_count: int
    """How many people said that it helped them."""
    is_accepted: bool
    """Whether it is the accepted answer to its question."""


class MayKnow(PersonBrief):
    """Somebody who may know."""

    reason: str
    """Why they are named, in one sentence."""
    evidence: list[Evidence]
    """What speaks for them, as far as the caller may read it; the nearest first."""
    languages: list[str]
    """The languages they say they speak."""
    status: str
    """What they say of this week; empty for nothing."""
    site: str
    """The name of the place they work at; empty for none."""
    town: str
    """The town of that place; empty where it is not known."""
    time_zone: str
    """The time zone of that place, by its IANA name; empty where they work at none."""
    is_free: bool
    """Whether they are open to questions and it is between 8 and 18 o’clock where they work."""
    asked_lately: int
    """How many questions were put before them in the last seven days."""


class Whereabouts(Shape):
    """A place where people are."""

    name: str
    """Its town, or its own name where the town is not known."""
    people: int
    """How many of those who know are there."""


class WhoKnows(Shape):
    """Who knows about some words."""

    people: list[MayKnow]
    """At most ten people, best first."""
    places: list[Whereabouts]
    """Where those who know are, at most six places, the one with most people first."""
    count: int
    """How many they are, counted up to 60."""


class MayKnowThis(Shape):
    """Who may know what a question asks."""

    people: list[MayKnow]
    """At most five people, best first; nobody where nothing speaks for anybody."""


class Proof(Shape):
    """One of the best answers and pages that show what somebody knows."""

    title: str
    """The title of the page, or of the question that was answered."""
    url: str
    """The whole address of its page, or of its place in its thread."""
    is_accepted: bool
    """Whether it is the accepted answer to its question."""
    helped_count: int
    """How many people said that it helped them."""


class Claim(Shape):
    """A topic somebody is known for, by what they did and not by their own word."""

    slug: str
    """The topic’s part of every address."""
    name: str
    """The topic as people read it."""
    level: int
    """How much evidence there is, from 1 to 5: each step takes three times as much as the one before."""
    accepted: int
    """How many of their answers about it solved the question."""
    helped: int
    """How often somebody said that what they wrote about it helped."""
    proofs: list[Proof]
    """The best of it that the caller may read, at most three."""


class Hidden(Shape):
    """A topic that one does not want to be known for."""

    slug: str
    """The topic’s part of every address."""
    name: str
    """The topic as people read it."""


class KnownFor(Shape):
    """What the caller is known for, and how they are found."""

    topics: list[Claim]
    """What their work shows they know, best first, at most six topics."""
    hidden: list[Hidden]
    """The topics they hid, by name. Nobody else is told."""
    is_out: bool
    """Whether they are named nowhere as somebody who knows."""
    takes_nudges: bool
    """Whether questions that they may know are put before them."""


class FindableChange(Sent):
    """How one wants to be found. What is null or left out stays as it is."""

    is_out: bool | None = None
    """True has one named nowhere as somebody who knows; null keeps it."""
    takes_nudges: bool | None = None
    """Whether questions are put before one; null keeps it."""


class Like(Shape):
    """A question or page like another."""

    item: int
    """The id of that question or page, for `/items/{item_id}`."""
    kind: str
    """Which kind of item it is, as `/kinds` lists them."""
    title: str
    """Its title, as people read it."""
    answer_count: int
    """How many answers it has."""
    helped_count: int
    """How many people said that it helped them."""
    is_solved: bool
    """Whether it is a question with an accepted answer."""
    url: str
    """The whole address of its page."""


class LinkedQuestion(Shape):
    """A question that somebody found to belong to this one."""

    item: int
    """The id of that question, for `/items/{item_id}`."""
    title: str
    """What it asks, in one line."""
    answer_count: int
    """How many answers it has."""
    is_solved: bool
    """Whether an answer to it was accepted."""
    is_same: bool
    """Whether both ask the same; else they are merely related."""
    url: str
    """The whole address of its page."""


class Reach(Shape):
    """How far the most helpful answer to a question went."""

    item: int
    """The id of that answer, for `/items/{item_id}`."""
    helped: int
    """How many people it helped."""
    sites: int
    """At how many places those people work."""
    passed_on: int
    """How often it was handed on to a person or a space."""


class Related(Shape):
    """What belongs to an item."""

    linked: list[LinkedQuestion]
    """Questions that people linked with it, at most five; empty for what is no question."""
    questions: list[Like]
    """Questions that are like it, nearest first, at most five."""
    articles: list[Like]
    """Articles that are like it, nearest first, at most four."""
    reach: Reach | None
    """How far the answer that helped most people went; null where none did, and for what is no question."""


class Similar(Shape):
    """What is near a question that is being written."""

    similar: list[Like]
    """What was asked before, nearest first, at most three."""
    pages: list[Like]
    """What is written about it, nearest first, at most two."""
    people: list[MayKnow]
    """Whom the question would be put before once it is posted, at most three."""


class Line(Shape):
    """One item in a word."""

    item: int
    """The id of the question or of what was put there, for `/items/{item_id}`."""
    kind: str
    """Which kind of item it is, as `/kinds` lists them."""
    title: str
    """Its title, or how its text begins."""
    space: str
    """The name that people read of the space it is in."""
    at: datetime
    """When it was asked, or put at the top of its space."""
    note: str
    """Why it was put there; empty for a question."""
    url: str
    """The whole address of its page."""


class Beside(Shape):
    """What stands beside Home."""

    questions: list[Line]
    """Questions near the caller that nobody has answered, at most three."""
    highlights: list[Line]
    """What was last put at the top of the caller’s spaces, at most three."""


class Written(Sent):
    """A text to be looked at."""

    source: Annotated[str, Field(max_length=101_000)]
    """The text in Markdown, at most 100,000 characters."""


class Preview(Shape):
    """A text as it will look."""

    html: str
    """It as HTML, cleaned as when it is kept."""


class TopicToFollow(Shape):
    """A topic that somebody new may pick."""

    slug: str
    """The topic’s part of every address."""
    name: str
    """The topic as people read it."""
    is_followed: bool
    """Whether the caller follows it already."""


class SpaceToJoin(SpaceBrief):
    """A space that somebody new may join."""

    why: str
    """Why it may suit them: who of their place is in it, or what it is about."""
    is_joined: bool
    """Whether the caller is in it already."""


class ColleagueToFollow(PersonBrief):
    """A colleague whom somebody new may follow."""

    why: str
    """Why they may suit: that they are one’s manager, or what they do and whom they helped."""
    is_followed: bool
    """Whether the caller follows them already."""


class FirstSteps(Shape):
    """What somebody new may begin with."""

    are_done: bool
    """Whether the caller went through it, or past it."""
    topics: list[TopicToFollow]
    """Topics to follow, those that are followed first, at most 20."""
    spaces: list[SpaceToJoin]
    """Spaces to join, at most 12."""
    people: list[ColleagueToFollow]
    """Colleagues to follow, at most 12."""
    skills: list[str]
    """Words one might offer help with: those that colleagues near one offer."""
