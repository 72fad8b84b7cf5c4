"""What is done with questions and answers."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from watercooler.spine.activity.verbs import Verb
from watercooler.spine.content.verbs import Writing


@dataclass(frozen=True, slots=True)
class Accepting:
    """The question that was solved."""

    question_id: int


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
