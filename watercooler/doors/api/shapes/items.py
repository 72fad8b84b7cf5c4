"""Items of every kind."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import (
    Day,
    Id,
    Line,
    Moment,
    Next,
    PersonBrief,
    Sent,
    Shape,
    SpaceBrief,
    Text,
    TopicBrief,
)
from watercooler.spine.content.models import Attachment

type StateName = Literal["live", "draft", "scheduled", "held", "removed", "hidden"]


class File(Shape):
    """A file on an item. width, height: of pictures. markdown: what to write into a text to show it there."""

    id: int
    name: str
    content_type: str
    size_bytes: int
    alt: str
    width: int | None
    height: int | None
    url: str
    markdown: str

    @classmethod
    def of(cls, about: dict[str, Any]) -> "File":
        from watercooler.doors.api.shapes.common import address

        words = (about["alt"] if about["width"] else about["name"]).replace("[", "(").replace("]", ")")
        path = f"/files/{about['id']}/{about['name']}"
        sign = "!" if about["width"] else ""
        return cls(**{**about, "url": address(path), "markdown": f"{sign}[{words}]({path})"})

    @classmethod
    def of_attachment(cls, kept: Attachment) -> "File":
        names = ("name", "content_type", "size_bytes", "alt", "width", "height")
        return cls.of({"id": kept.pk, **{name: getattr(kept, name) for name in names}})


class Mine(Shape):
    """What the caller has done with an item."""

    helped: bool
    saved: bool
    following: bool
    reactions: list[str]


class Item(Shape):
    """A question, post, article, answer, comment or any further kind.

    source: its Markdown. html: the same, cleaned and ready to show. details: what its kind adds, as whether a question
    is solved, and who vouched for it until when. reactions: name → people. reason: in a feed, why it is there.
    """

    id: int
    kind: str
    state: StateName
    url: str
    title: str
    source: str
    html: str
    excerpt: str
    author: PersonBrief
    space: SpaceBrief
    parent: int | None
    thread: int
    topics: list[TopicBrief]
    files: list[File]
    details: dict[str, Any]
    revision: int
    made_at: datetime
    published_at: datetime | None
    publish_at: datetime | None
    edited_at: datetime | None
    active_at: datetime
    helped_count: int
    answer_count: int
    comment_count: int
    share_count: int
    rating_count: int
    reactions: dict[str, int]
    mine: Mine
    reason: str = ""


class Items(Shape):
    """One page of items."""

    items: list[Item]
    next: Next


class Feed(Items):
    """One page of a feed. help_count: questions near the caller that wait, at most 99."""

    help_count: int


class Change(Sent):
    """A changed text. What is left out stays. based_on: the revision it began from; or send If-Match."""

    title: Line | None = None
    source: Text | None = None
    topics: Annotated[list[Line], Field(max_length=50)] | None = None
    attachments: Annotated[list[Id], Field(max_length=50)] = []
    note: Line = ""
    based_on: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class Revision(Shape):
    """What an item said before a change. number: the revision this text was. author: who replaced it."""

    number: int
    title: str
    source: str
    note: str
    author: PersonBrief
    at: datetime


class Revisions(Shape):
    revisions: list[Revision]
    next: Next


class TopicNames(Sent):
    """The topics an item shall have, by name."""

    topics: Annotated[list[Line], Field(max_length=50)]


class OneTopic(Sent):
    topic: Line


class Place(Sent):
    """The slug of a space."""

    space: Line


class Timing(Sent):
    """When a draft appears by itself; null makes it a plain draft again."""

    publish_at: Moment | None


class Highlighting(Sent):
    """Why it stands at the top of its space, and until which day."""

    note: Line = ""
    is_pinned: bool = False
    ends_on: Day | None = None


class Rating(Sent):
    """Answers to three questions; null for no answer. Not correct needs a reason."""

    useful: bool | None = None
    correct: bool | None = None
    applied: bool | None = None
    reason: Line = ""


class RatingGiven(PersonBrief):
    """What somebody answered."""

    useful: bool | None
    correct: bool | None
    applied: bool | None
    reason: str
    at: datetime


class Answers(Shape):
    """How many said yes and no to one question."""

    yes: int
    no: int


class Ratings(Shape):
    """What the newest 50 answered, with names: for the author and the hosts."""

    useful: Answers
    correct: Answers
    applied: Answers
    given: list[RatingGiven]


class Rated(Shape):
    """mine: the caller's own answers, or null. all: null for those whom it does not concern."""

    mine: RatingGiven | None
    all: Ratings | None


class Checking(Sent):
    """What the caller read and vouches for. revision, files: of the item as it was read. months: 3, 6, 12 or 24."""

    revision: Annotated[int, Field(ge=1, le=2**31 - 1)]
    files: Annotated[list[Id], Field(max_length=50)] | None = None
    months: Literal[3, 6, 12, 24] = 12
    note: Line = ""


class TakingAway(Sent):
    """Why a colleague's check does not hold; they read it."""

    reason: Line


class Checked(PersonBrief):
    """That somebody vouched for a text. revision: the text they read. is_edited: it changed since. until: the last day.

    stands: neither changed nor over.
    """

    revision: int
    note: str
    at: datetime
    until: Day
    is_edited: bool
    stands: bool


class Checks(Shape):
    """Who vouched for an item, latest first; and whether the caller may."""

    checks: list[Checked]
    may_check: bool


class Flagged(Shape):
    """The caller's own open flag."""

    reason: str
    note: str
    at: datetime


class Flagging(Sent):
    reason: Literal["outdated", "private", "unkind", "unsafe", "misplaced", "other"]
    note: Line = ""


class Seen(Sent):
    """The newest reply that was on the screen."""

    newest: Id | None = None


class Accepting(Sent):
    """The answer that solved it."""

    answer: Id


class Linking(Sent):
    """is_same: the other question was asked before, and whoever reads this one is led there; else both are related."""

    is_same: bool = False


class Link(Shape):
    """A question that belongs together with another. is_same: both ask the same."""

    id: int
    title: str
    url: str
    is_same: bool
    is_solved: bool


class Links(Shape):
    links: list[Link]


class Recommending(Sent):
    """To whom: the handle of a person, or the slug of a space."""

    person: Line = ""
    space: Line = ""
    note: Line = ""


class Recommendation(Shape):
    id: int
    person: PersonBrief | None
    space: SpaceBrief | None
    note: str
    at: datetime
    opened_at: datetime | None
    used_at: datetime | None


class Recommendations(Shape):
    recommendations: list[Recommendation]


class Helper(PersonBrief):
    """Somebody whom an item helped."""

    at: datetime


class Helpers(Shape):
    people: list[Helper]
    next: Next


class Described(Sent):
    """What a picture shows, in words."""

    alt: Line
