"""The social verbs: what anybody may do with anything they can read."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Role
from watercooler.spine.activity.verbs import OURS, Verb
from watercooler.spine.content.verbs import Writing


@dataclass(frozen=True, slots=True)
class Reacting:
    """Which reaction."""

    reaction: str


@dataclass(frozen=True, slots=True)
class RatingGiven:
    """Answers to useful, correct and applied: True, False, or None for no answer; and why."""

    useful: bool | None
    correct: bool | None
    applied: bool | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Recommending:
    """The note that went with a recommendation, and the row that tells what became of it."""

    recommendation_id: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Following:
    """The topic followed, where the object is a topic."""

    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class Flagging:
    """Why something was flagged, as a word of the list."""

    reason: str


@dataclass(frozen=True, slots=True)
class Deciding:
    """What a host decided about flags, as a word of the list, and what they wrote to the author."""

    outcome: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Connecting:
    """Which connection, what was written when it was asked for, and the introduction it came from, if any."""

    connection_id: int
    note: str = ""
    introduction_id: int | None = None


@dataclass(frozen=True, slots=True)
class Introducing:
    """Which introduction, and the note that both read."""

    introduction_id: int
    note: str = ""


COMMENTED = Verb(
    "commented",
    "http://adlnet.gov/expapi/verbs/commented",
    _("%(actor)s commented on %(item)s"),
    frozenset({"comment"}),
    detail=Writing,
)
HELPED = Verb("helped", OURS + "helped-by", _("%(item)s helped %(actor)s"))
REACTED = Verb(
    "reacted", "https://w3id.org/xapi/activity-streams/verbs/react", _("%(actor)s reacted to %(item)s"), detail=Reacting
)
RATED = Verb(
    "rated",
    "http://id.tincanapi.com/verb/rated",
    _("%(actor)s rated %(item)s"),
    detail=RatingGiven,
    personal=frozenset({"reason"}),
)
RECOMMENDED = Verb(
    "recommended",
    "http://activitystrea.ms/schema/1.0/share",
    _("%(actor)s recommended %(item)s"),
    is_public=False,
    detail=Recommending,
    personal=frozenset({"note"}),
)
SAVED = Verb("saved", "http://activitystrea.ms/schema/1.0/save", _("%(actor)s saved %(item)s"), is_public=False)
FOLLOWED = Verb(
    "followed",
    "http://activitystrea.ms/schema/1.0/follow",
    _("%(actor)s follows %(item)s"),
    needs=Role.GUEST,
    is_public=False,
    detail=Following,
)
FLAGGED = Verb(
    "flagged",
    "http://activitystrea.ms/schema/1.0/flag-as-inappropriate",
    _("%(actor)s flagged %(item)s"),
    is_public=False,
    detail=Flagging,
)
DECIDED = Verb(
    "decided",
    OURS + "decided",
    _("%(actor)s looked after %(item)s"),
    is_public=False,
    detail=Deciding,
    personal=frozenset({"note"}),
)
VIEWED = Verb("viewed", "http://id.tincanapi.com/verb/viewed", _("%(actor)s read %(item)s"), is_public=False)

# Between two people: nobody else is told, and a refusal not even the one who asked.
ASKED_TO_CONNECT = Verb(
    "asked_to_connect",
    "http://activitystrea.ms/schema/1.0/request-friend",
    _("%(actor)s would like to connect with %(person)s"),
    is_public=False,
    detail=Connecting,
    personal=frozenset({"note"}),
)
CONNECTED = Verb(
    "connected",
    "http://activitystrea.ms/schema/1.0/make-friend",
    _("%(actor)s and %(person)s are connected"),
    is_public=False,
    detail=Connecting,
    personal=frozenset({"note"}),
)
DECLINED_CONNECTION = Verb(
    "declined_connection",
    OURS + "declined-connection",
    _("%(actor)s would rather not connect with %(person)s"),
    is_public=False,
    detail=Connecting,
    personal=frozenset({"note"}),
)
DISCONNECTED = Verb(
    "disconnected",
    "http://activitystrea.ms/schema/1.0/remove-friend",
    _("%(actor)s is no longer connected with %(person)s"),
    is_public=False,
    detail=Connecting,
    personal=frozenset({"note"}),
)
INTRODUCED = Verb(
    "introduced",
    OURS + "introduced",
    _("%(actor)s introduced %(person)s to a colleague"),
    is_public=False,
    detail=Introducing,
    personal=frozenset({"note"}),
)
AGREED_TO_MEET = Verb(
    "agreed_to_meet",
    OURS + "agreed-to-meet",
    _("%(actor)s would like to get to know %(person)s"),
    is_public=False,
    detail=Introducing,
    personal=frozenset({"note"}),
)
DECLINED_INTRODUCTION = Verb(
    "declined_introduction",
    OURS + "declined-introduction",
    _("%(actor)s would rather not be introduced by %(person)s now"),
    is_public=False,
    detail=Introducing,
    personal=frozenset({"note"}),
)
