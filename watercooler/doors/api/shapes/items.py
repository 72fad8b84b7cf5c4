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
"""How an item lives: `live` is published, and read by everybody who may; `draft` and `scheduled` are read by their
author alone; `held` waits for a host and is read by its author; `removed` was taken away; `hidden` went with what it
hangs below."""


class File(Shape):
    """A file on an item, or one that waits for an item."""

    id: int
    """The number of the file: what `attachments` takes, and `/attachments/{file_id}`."""
    name: str
    """What the file is called, cleaned of what no address can hold."""
    content_type: str
    """Its type as it was recognised from its content, as “image/webp”; not what the sender called it."""
    size_bytes: int
    """How large it is as it is kept here; pictures are made anew, so not as they were sent."""
    alt: str
    """What a picture shows, in words; empty where nobody has said."""
    width: int | None
    """How wide a picture is, in pixels; null for a file that is no picture."""
    height: int | None
    """How high a picture is, in pixels; null for a file that is no picture."""
    url: str
    """The whole address at which a browser that is signed in opens it. Programs read `/attachments/{file_id}/content`.
    """
    markdown: str
    """What to write into a text to show the picture, or link the file, there."""

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
    """What the caller has done with an item. Nobody else is told."""

    helped: bool
    """Whether the caller said that it helped them."""
    saved: bool
    """Whether it is among the caller’s saved things."""
    following: bool
    """Whether the caller follows it, and so hears of it."""
    reactions: list[str]
    """The names of the reactions that the caller left, as “heart”."""


class Item(Shape):
    """A question, post, article, answer, comment or any further kind."""

    id: int
    """The number of the item. It stays for ever, and is never given to another."""
    kind: str
    """Which kind of item it is, by a name that `/kinds` lists."""
    state: StateName
    """Whether it is published. Others than its author only ever meet “live”."""
    url: str
    """The whole address of its page, or of its place on the page of its thread. It changes with the title; the former
    one leads there."""
    title: str
    """Its title as plain text; empty for kinds that have none."""
    source: str
    """Its text in Markdown, as its author wrote it."""
    html: str
    """The same text as cleaned HTML, ready to be shown; people, topics and files in it are linked without a host."""
    excerpt: str
    """How the text begins, as plain text of at most 300 characters."""
    author: PersonBrief
    """Who wrote it. Nothing here is anonymous."""
    space: SpaceBrief
    """The space or wall it is in; an answer or comment lies where its thread does."""
    parent: int | None
    """The id of what it hangs directly below; null for what stands alone."""
    thread: int
    """The id of the item at the head of its thread: its own id where it stands alone."""
    topics: list[TopicBrief]
    """The topics it is about, by name, at most eight; of answers and comments those written in them as #word."""
    files: list[File]
    """The files on it, in the order in which they were sent."""
    details: dict[str, Any]
    """What its kind adds, by name: of a question, `solved` and the `accepted` answer; of anything checked, who vouched
    for it until when. Empty where its kind adds nothing; further names may come."""
    revision: int
    """The number of the present text, from 1 and one more with each change. Send it as `based_on` when you change the
    item."""
    made_at: datetime
    """When it was written, also as a draft."""
    published_at: datetime | None
    """When it appeared; null for what never has."""
    publish_at: datetime | None
    """When a scheduled item will appear by itself; null for any other."""
    edited_at: datetime | None
    """When its text was last changed after it had appeared; null where that never happened."""
    active_at: datetime
    """When something last happened in it: that it appeared, or a reply came."""
    helped_count: int
    """How many people said that it helped them. It is the only score there is."""
    answer_count: int
    """How many published answers hang directly below it."""
    comment_count: int
    """How many published comments hang directly below it."""
    share_count: int
    """How often people handed it on to a person or a space."""
    rating_count: int
    """How many people rated it. What they answered is at its `/rating`, for its author and the hosts."""
    reactions: dict[str, int]
    """How many people left each reaction, by its name, as {"heart": 3}; reactions that nobody left are not in it."""
    mine: Mine
    """What the caller has done with it."""
    reason: str = ""
    """Why it is in this list, in a sentence; empty outside of feeds that choose."""


class Items(Shape):
    """One page of items."""

    items: list[Item]
    """The items of this page, in the order that the operation names."""
    next: Next


class Feed(Items):
    """One page of a feed."""

    help_count: int
    """How many unanswered questions wait for somebody like the caller, counted up to 20."""


class Change(Sent):
    """A changed text. What is left out stays as it is."""

    title: Line | None = None
    """The new title, for kinds that have one, at most 200 characters; null or left out keeps the present one."""
    source: Text | None = None
    """The new text in Markdown, at most 100,000 characters; null or left out keeps the present one."""
    topics: Annotated[list[Line], Field(max_length=50)] | None = None
    """The names of all topics it shall have, at most eight; null or left out keeps them. Ignored for answers and
    comments."""
    attachments: Annotated[list[Id], Field(max_length=50)] = []
    """The ids of the caller’s own waiting files to put on it besides those it has. None is taken off by this."""
    note: Line = ""
    """Why it was changed, in at most 200 characters: it stands beside the former text for whoever may read the item."""
    based_on: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    """The `revision` the change began from; null or left out where If-Match says it. One of the two is needed."""


class Revision(Shape):
    """What an item said before a change."""

    number: int
    """Which revision this text was, from 1."""
    title: str
    """The title as it was; empty for kinds without one."""
    source: str
    """The text as it was, in Markdown."""
    note: str
    """Why it was replaced, in the words of whoever did; empty where they gave none."""
    author: PersonBrief
    """Who replaced this text by the next one: its author, or for articles a host."""
    at: datetime
    """When it was replaced."""


class Revisions(Shape):
    """One page of what an item said before."""

    revisions: list[Revision]
    """The former texts of this page, newest first. The present text is not among them."""
    next: Next


class TopicNames(Sent):
    """The topics an item shall have."""

    topics: Annotated[list[Line], Field(max_length=50)]
    """The names of all of them, at most eight; new ones come into being, synonyms become the word that people should
    find. An empty list takes all off."""


class OneTopic(Sent):
    """One topic more."""

    topic: Line
    """Its name, with or without #; a new one comes into being, a synonym becomes the word that people should find."""


class Place(Sent):
    """Where an item is moved to."""

    space: Line
    """The slug of a space the caller may post in, or of a wall."""


class Timing(Sent):
    """When a draft appears."""

    publish_at: Moment | None
    """The moment at which it appears by itself, to come and with its time zone; null makes it a plain draft again."""


class Highlighting(Sent):
    """Why something stands at the top of its space, and for how long."""

    note: Line = ""
    """The reason that people read beside it, at most 200 characters."""
    is_pinned: bool = False
    """Whether it stays above the others. Only hosts may say so."""
    ends_on: Day | None = None
    """The last day on which it stands there; null for as long as nobody takes it down."""


class Accepting(Sent):
    """The answer that solved a question."""

    answer: Id
    """The id of an answer to this question."""


class Linking(Sent):
    """How two questions belong together."""

    is_same: bool = False
    """True where the other question was asked before and asks the same: whoever reads this one is led there. False
    where both are merely related."""


class Link(Shape):
    """A question that belongs together with another."""

    id: int
    """The id of the other question."""
    title: str
    """What the other question asks, in one line."""
    url: str
    """The whole address of its page."""
    is_same: bool
    """Whether both ask the same; else they are merely related."""
    is_solved: bool
    """Whether an answer to it was accepted."""


class Links(Shape):
    """The questions linked with one."""

    links: list[Link]
    """At most five that the caller may read, those that ask the same first."""


class Described(Sent):
    """What a picture shows."""

    alt: Line
    """It in words, for those who cannot see it; at most 300 characters are kept."""
