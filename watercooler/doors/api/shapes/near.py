"""What stands beside something: who may know, what is like it, what to look at next."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from watercooler.doors.api.shapes.common import PersonBrief, Sent, Shape, SpaceBrief


class Evidence(Shape):
    """One answer or page that speaks for somebody."""

    title: str
    url: str
    kind: str
    helped_count: int
    is_accepted: bool


class MayKnow(PersonBrief):
    """Somebody who may know. reason: why, in one sentence. is_free: open to questions, and at work at this hour.

    asked_lately: how many questions were put before them in seven days.
    """

    reason: str
    evidence: list[Evidence]
    languages: list[str]
    status: str
    site: str
    town: str
    time_zone: str
    is_free: bool
    asked_lately: int


class Whereabouts(Shape):
    """A place where people are, and how many of them."""

    name: str
    people: int


class WhoKnows(Shape):
    """At most ten people, best first. places: where all who know are. count: how many they are, at most 60."""

    people: list[MayKnow]
    places: list[Whereabouts]
    count: int


class MayKnowThis(Shape):
    people: list[MayKnow]


class Proof(Shape):
    """One of the best answers and pages that show it."""

    title: str
    url: str
    is_accepted: bool
    helped_count: int


class Claim(Shape):
    """A topic somebody is known for. level: how much evidence there is, 1 to 5."""

    slug: str
    name: str
    level: int
    accepted: int
    helped: int
    proofs: list[Proof]


class Hidden(Shape):
    slug: str
    name: str


class KnownFor(Shape):
    """What one is known for and what one hid; whether one is found at all, and whether questions are put before one."""

    topics: list[Claim]
    hidden: list[Hidden]
    is_out: bool
    takes_nudges: bool


class FindableChange(Sent):
    """What is left out stays. is_out: be named as somebody who knows no more."""

    is_out: bool | None = None
    takes_nudges: bool | None = None


class Like(Shape):
    """A question or page like another."""

    item: int
    kind: str
    title: str
    answer_count: int
    helped_count: int
    is_solved: bool
    url: str


class LinkedQuestion(Shape):
    """A question that somebody found to belong to this one. is_same: they ask the same thing."""

    item: int
    title: str
    answer_count: int
    is_solved: bool
    is_same: bool
    url: str


class Reach(Shape):
    """How far the most helpful answer went: people helped, the sites they work at, and how often it was passed on."""

    item: int
    helped: int
    sites: int
    passed_on: int


class Related(Shape):
    """What belongs to an item: what people linked with it, and what shares its topics. reach: of questions, or null."""

    linked: list[LinkedQuestion]
    questions: list[Like]
    articles: list[Like]
    reach: Reach | None


class Similar(Shape):
    """What was asked before, what is written about it, and who would be asked about it once it is posted."""

    similar: list[Like]
    pages: list[Like]
    people: list[MayKnow]


class Line(Shape):
    """One item in a word. note: of a highlight."""

    item: int
    kind: str
    title: str
    space: str
    at: datetime
    note: str
    url: str


class Beside(Shape):
    """What stands beside Home, at most three of each."""

    questions: list[Line]
    highlights: list[Line]


class Written(Sent):
    """A text in Markdown."""

    source: Annotated[str, Field(max_length=101_000)]


class Preview(Shape):
    """The text as it will look, cleaned as when it is kept."""

    html: str


class TopicToFollow(Shape):
    slug: str
    name: str
    is_followed: bool


class SpaceToJoin(SpaceBrief):
    why: str
    is_joined: bool


class ColleagueToFollow(PersonBrief):
    why: str
    is_followed: bool


class FirstSteps(Shape):
    """What somebody new may begin with. are_done: they went through it, or past it. skills: what one might offer."""

    are_done: bool
    topics: list[TopicToFollow]
    spaces: list[SpaceToJoin]
    people: list[ColleagueToFollow]
    skills: list[str]
