"""What is done to the text and place of items."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Role
from watercooler.spine.activity.verbs import OURS, Verb


@dataclass(frozen=True, slots=True)
class Writing:
    """People newly mentioned by this text, by id, and what kind of thing was made."""

    mentions: list[int] = field(default_factory=list)
    kind: str = ""
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Removal:
    """Why something was removed, in the words its author reads. Empty when they removed it themselves.

    is_rule: several flags together did it, and no person decided; the actor is only the last who flagged.
    """

    reason: str = ""
    is_rule: bool = False


@dataclass(frozen=True, slots=True)
class Tagged:
    """The topic put on or taken off."""

    topic_id: int


@dataclass(frozen=True, slots=True)
class Merging:
    """The topic that became another word, and the topic that people should find."""

    topic_id: int
    into_id: int


@dataclass(frozen=True, slots=True)
class Explaining:
    """The term of the glossary, and its name then."""

    term_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Moving:
    """The space an item came from."""

    from_space_id: int


@dataclass(frozen=True, slots=True)
class Checking:
    """Which text somebody vouched for, until which day, and what they wrote of it."""

    revision: int
    until: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unchecking:
    """Whose check was taken away, and why."""

    person_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class CheckEnding:
    """The last day of a check."""

    until: str


EDITED = Verb("edited", "http://activitystrea.ms/schema/1.0/update", _("%(actor)s edited %(item)s"), detail=Writing)
REMOVED = Verb("removed", "http://activitystrea.ms/schema/1.0/delete", _("%(actor)s removed %(item)s"), detail=Removal)
TAGGED = Verb("tagged", "http://activitystrea.ms/schema/1.0/tag", _("%(actor)s tagged %(item)s"), detail=Tagged)
MERGED_TOPIC = Verb(
    "merged_topic", OURS + "merged-topic", _("%(actor)s merged two topics"), needs=Role.MEMBER, detail=Merging
)
EXPLAINED_TERM = Verb(
    "explained_term",
    OURS + "explained-term",
    _("%(actor)s explained a word in the glossary"),
    needs=Role.LEAD,
    detail=Explaining,
)
REMOVED_TERM = Verb(
    "removed_term",
    OURS + "removed-term",
    _("%(actor)s took a word out of the glossary"),
    needs=Role.LEAD,
    detail=Explaining,
)
COUNTED = Verb(
    "counted",
    OURS + "counted",
    _("%(actor)s brought the numbers of %(item)s up to date"),
    is_public=False,
)
MOVED = Verb("moved", OURS + "moved", _("%(actor)s moved %(item)s"), detail=Moving)
HIGHLIGHTED = Verb("highlighted", OURS + "highlighted", _("%(actor)s highlighted %(item)s"))
HELD = Verb("held", OURS + "held", _("%(actor)s held %(item)s for review"), is_public=False, detail=Removal)
CHECKED = Verb(
    "checked",
    OURS + "checked",
    _("%(actor)s checked %(item)s"),
    needs=Role.MEMBER,
    detail=Checking,
    personal=frozenset({"note"}),
)
UNCHECKED = Verb(
    "unchecked",
    OURS + "unchecked",
    _("%(actor)s took a check of %(item)s away"),
    needs=Role.MEMBER,
    is_public=False,
    detail=Unchecking,
    personal=frozenset({"reason"}),
)
CHECK_ENDS = Verb(
    "check_ends",
    OURS + "check-ends",
    _("%(actor)s is reminded to check %(item)s again"),
    is_public=False,
    detail=CheckEnding,
)
