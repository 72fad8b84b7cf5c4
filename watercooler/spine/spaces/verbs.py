"""What is done in and to spaces."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Role
from watercooler.spine.activity.verbs import OURS, Verb


@dataclass(frozen=True, slots=True)
class SpaceChange:
    """The names of what changed. was: the id of the space it was part of, where that changed."""

    fields: list[str]
    was: int | None = None


@dataclass(frozen=True, slots=True)
class Joining:
    """Which ground rules were accepted, and by which way in: "open", "request", "invitation" or "import"."""

    rules_version: int
    way: str


@dataclass(frozen=True, slots=True)
class StandingChange:
    """What somebody became in a space, or was when they left it."""

    standing: str


MADE_SPACE = Verb(
    "made_space", "http://activitystrea.ms/schema/1.0/create", _("%(actor)s opened %(space)s"), needs=Role.MEMBER
)

CHANGED_SPACE = Verb("changed_space", OURS + "changed-space", _("%(actor)s changed %(space)s"), detail=SpaceChange)

HANDED_ON = Verb("handed_on", OURS + "handed-on", _("%(actor)s handed %(space)s on to %(person)s"), needs=Role.LEAD)

JOINED = Verb("joined", "http://activitystrea.ms/schema/1.0/join", _("%(actor)s joined %(space)s"), detail=Joining)

LEFT = Verb(
    "left",
    "http://activitystrea.ms/schema/1.0/leave",
    _("%(actor)s left %(space)s"),
    is_public=False,
    detail=StandingChange,
)

ASKED_TO_JOIN = Verb(
    "asked_to_join",
    "http://activitystrea.ms/schema/1.0/request",
    _("%(actor)s asked to join %(space)s"),
    is_public=False,
)

LET_IN = Verb(
    "let_in",
    "http://activitystrea.ms/schema/1.0/accept",
    _("%(actor)s let %(person)s into %(space)s"),
    detail=StandingChange,
)

TURNED_AWAY = Verb(
    "turned_away",
    "http://activitystrea.ms/schema/1.0/reject",
    _("%(actor)s said not now to %(person)s"),
    is_public=False,
)

INVITED_TO_SPACE = Verb(
    "invited_to_space", OURS + "invited-to-space", _("%(actor)s invited %(person)s to %(space)s"), is_public=False
)

CHANGED_STANDING = Verb(
    "changed_standing",
    OURS + "changed-standing",
    _("%(actor)s changed what %(person)s is in %(space)s"),
    detail=StandingChange,
)
