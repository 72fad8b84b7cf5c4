"""What the record keeps of private messages: that one was sent. Never its words, and nobody else is told."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from watercooler.spine.activity.verbs import OURS, Verb


@dataclass(frozen=True, slots=True)
class Talking:
    """Where: a number that leads nobody anywhere but those who take part. message_id: which one was sent."""

    conversation_id: int
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reporting:
    """Which report. Of the message the record says nothing."""

    report_id: int


@dataclass(frozen=True, slots=True)
class DecidingReport:
    """Which report, and what was decided, as a word of the list."""

    report_id: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Caring:
    """Which message, what was decided about it, and what was written to its author."""

    message_id: int
    conversation_id: int
    number: int
    outcome: str
    note: str = ""


SENT_MESSAGE = Verb(
    "sent_message",
    "http://activitystrea.ms/schema/1.0/send",
    _("%(actor)s sent a message"),
    is_public=False,
    detail=Talking,
)
REPORTED_MESSAGE = Verb(
    "reported_message",
    OURS + "reported-message",
    _("%(actor)s asked for a message to be looked at"),
    is_public=False,
    detail=Reporting,
)
DECIDED_REPORT = Verb(
    "decided_report",
    OURS + "decided-report",
    _("%(actor)s looked after what %(person)s reported"),
    is_public=False,
    detail=DecidingReport,
)
CARED_FOR_MESSAGE = Verb(
    "cared_for_message",
    OURS + "cared-for-message",
    _("%(actor)s looked after a message of %(person)s"),
    is_public=False,
    detail=Caring,
    personal=frozenset({"note"}),
)
CHANGED_CONVERSATION = Verb(
    "changed_conversation",
    OURS + "changed-conversation",
    _("%(actor)s changed a conversation"),
    is_public=False,
    detail=Talking,
)
