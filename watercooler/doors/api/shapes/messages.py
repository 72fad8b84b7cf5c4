"""Conversations and private messages."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from watercooler.doors.api.shapes.common import Id, Line, Next, PersonBrief, Sent, Shape, Text


class MessageFile(Shape):
    """A file that hangs on a message."""

    id: int
    """Its number, by which `/attachments/{id}/content` gives it."""
    name: str
    """What the file is called, with its ending, as it was sent."""
    url: str
    """The whole address of the file, for a browser that is signed in and takes part."""


class Message(Shape):
    """One line of a conversation."""

    number: int
    """Its place in the conversation: 1 is the first, and each later one is one higher."""
    kind: str
    """`said` for somebody’s words; `added`, `left`, `apart` and `named` say that something happened to the
    group: with `apart` a guest who shares no space with all others any more takes no further part."""
    author: PersonBrief
    """Who wrote or did it; their job is left out."""
    about: str
    """Who was added, by name; empty for all other lines."""
    text: str
    """The words as Markdown; empty for what was removed and for what is nobody’s words."""
    html: str
    """The words as cleaned HTML."""
    at: datetime
    """When it was written."""
    edited_at: datetime | None
    """When its words were changed last; null where they never were."""
    is_removed: bool
    """Whether its author took it away: words and files are empty then."""
    files: list[MessageFile]
    """The files that hang on it, the first one sent first."""
    url: str
    """The whole address of the line on its page."""


class Messages(Shape):
    """A page of a conversation."""

    messages: list[Message]
    """The lines in their order, the newest last, at most 30. `next` leads to earlier ones."""
    next: Next


class Conversation(Shape):
    """A conversation the caller takes part in."""

    id: int
    """Its number, by which all else is asked."""
    is_group: bool
    """True for a group; false for the one conversation of two people."""
    name: str
    """What the group is called; empty for two people, and for a group without a name."""
    people: list[PersonBrief]
    """Some of the others who take part, at most four in a list and all of them alone; their jobs are left out."""
    person_count: int
    """How many others take part."""
    unread: int
    """How many messages of others the caller has not read."""
    is_muted: bool
    """Whether it does not count beside the caller’s inbox."""
    active_at: datetime
    """When the newest line that the caller sees was written; alone, since when the caller takes part."""
    last: str
    """How its newest line begins, in a list; empty where it has no words, and alone."""
    url: str
    """The whole address of its page."""


class Conversations(Shape):
    """A page of the caller’s conversations."""

    conversations: list[Conversation]
    """Newest first, at most 25."""
    unread: int
    """How many of all the caller’s conversations hold something unread and are not muted, counted up to 100."""
    next: Next


class Writing(Sent):
    """What somebody says in a conversation: words, files, or both."""

    text: Text
    """The words, as Markdown, at most 10,000 characters; may be empty where there are files."""
    files: Annotated[list[Id], Field(max_length=20)] = []
    """Files of the caller’s that were sent before and hang on nothing yet, by their numbers."""


class Beginning(Writing):
    """The first message to one person or several."""

    people: Annotated[list[Line], Field(min_length=1, max_length=49)]
    """To whom, by their handles. With one, the conversation the two have goes on."""
    name: Line = ""
    """What the group is called; with a name also one person makes a group."""


class NewWords(Sent):
    """Other words for a message."""

    text: Text
    """The words, as Markdown."""


class Renaming(Sent):
    """Another name for a group."""

    name: Line
    """What it is called; empty for no name."""


class Adding(Sent):
    """People for a group."""

    people: Annotated[list[Line], Field(min_length=1, max_length=49)]
    """Their handles. They see what is said from now on."""


class Added(Shape):
    """What came of adding people."""

    added: int
    """How many came who were not there before."""


class Reporting(Sent):
    """Why a message should be looked at."""

    reason: Literal["unkind", "unwanted", "private", "unsafe", "other"]
    """Unkind, unwanted after being asked to stop, somebody’s private details, harmful to follow, or something else."""
    note: Text = ""
    """What else they should know; at most 500 characters are kept."""


class Reported(Shape):
    """One’s own open report."""

    reason: str
    """Why, by the words that reporting takes."""
    note: str
    """What was added; may be empty."""
    at: datetime
    """When it was sent."""


class ReportedLine(Shape):
    """A line as it stood when it was reported."""

    number: int
    """Its place in the conversation."""
    author: PersonBrief
    """Who wrote it; their job is left out."""
    at: datetime
    """When it was written."""
    html: str
    """Its words as cleaned HTML."""
    files: list[str]
    """The names of its files, with their endings; the files themselves are not in the copy."""


class WaitingReport(Shape):
    """A reported message that waits for a decision."""

    id: int
    """Its number, to decide by."""
    reason: str
    """Why it was reported, by the words that reporting takes."""
    note: str
    """What who reported it added; may be empty."""
    at: datetime
    """When it was reported."""
    by: PersonBrief
    """Who reported it; their job is left out."""
    author: PersonBrief
    """Who wrote the message; their job is left out."""
    number: int
    """Which of the lines was reported, by its place in the conversation."""
    lines: list[ReportedLine]
    """The message and at most three before it, in their order."""


class WaitingReports(Shape):
    """The reported messages that wait for a decision of the caller."""

    reports: list[WaitingReport]
    """The oldest first, at most 50."""


class DecidingReport(Sent):
    """What to do about a reported message, and what its author reads."""

    outcome: Literal["kept", "helped", "removed"]
    """`kept` as it is, `helped` by a note to its author, or `removed`."""
    note: Line = ""
    """What the author reads, at most 500 characters; needed for everything but `kept`."""


class ClosedReports(Shape):
    """What a decision did."""

    closed: int
    """How many reports of the message were closed; 0 where somebody else was faster."""


class Silenced(Shape):
    """Somebody whom the caller blocked or muted."""

    person: PersonBrief
    """Who it is; their job is left out."""
    how: str
    """`blocked` where neither writes to the other, `muted` where what they begin is muted."""


class MessagesFrom(Shape):
    """From whom the caller takes messages."""

    who: str
    """Who may begin: `all`, `known` for people one shares a space with, follows or is connected with, or `nobody`."""
    silenced: list[Silenced]
    """Whom the caller blocked or muted, by name."""


class OpenTo(Sent):
    """From whom to take new messages."""

    who: Literal["all", "known", "nobody"]
    """Everybody, those one shares a space with, follows or is connected with, or nobody who has not written before."""


class Silencing(Sent):
    """How much less to hear of somebody."""

    how: Literal["blocked", "muted"]
    """`blocked`: neither writes to the other. `muted`: what they begin does not count beside the inbox."""


class ReadTo(Sent):
    """How far a conversation was read."""

    up_to: Annotated[int, Field(ge=1, le=2**31 - 1)]
    """The `number` of the newest line that was shown."""


class MessageFound(Shape):
    """A message that holds the words."""

    conversation: int
    """The `id` of the conversation it was written in, to read around it."""
    number: int
    """Its place in the conversation."""
    author: PersonBrief
    """Who wrote it; their job is left out."""
    html: str
    """Its words as cleaned HTML."""
    at: datetime
    """When it was written."""
    url: str
    """The whole address of the line on its page."""


class MessagesFound(Shape):
    """A page of messages that hold the words."""

    messages: list[MessageFound]
    """Newest first, at most 20."""
    next: Next
