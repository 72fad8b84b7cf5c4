"""What is done with questions and answers."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from watercooler.spine.activity.verbs import OURS, Verb
from watercooler.spine.content.verbs import Writing


@dataclass(frozen=True, slots=True)
class Accepting:
    """The question that was solved."""

    question_id: int


@dataclass(frozen=True, slots=True)
class Linking:
    """The other question. is_same: it was asked before, and this one leads there."""

    other_id: int
    is_same: bool = False


ASKED = Verb(
    "asked",
    "http://adlnet.gov/expapi/verbs/asked",
    _("%(actor)s asked %(item)s"),
    frozenset({"question"}),
    detail=Writing,
)
ANSWERED = Verb(
    "answered",
    "http://adlnet.gov/expapi/verbs/answered",
    _("%(actor)s answered %(item)s"),
    frozenset({"answer"}),
    detail=Writing,
)
ACCEPTED = Verb(
    "accepted",
    "http://activitystrea.ms/schema/1.0/accept",
    _("%(actor)s accepted an answer to %(item)s"),
    frozenset({"answer"}),
    detail=Accepting,
)
LINKED = Verb(
    "linked",
    OURS + "linked",
    _("%(actor)s linked %(item)s with another question"),
    frozenset({"question"}),
    detail=Linking,
)
UNLINKED = Verb(
    "unlinked",
    OURS + "unlinked",
    _("%(actor)s took the link of %(item)s with another question away"),
    frozenset({"question"}),
    detail=Linking,
)
