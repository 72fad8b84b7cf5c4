"""What is recorded when a question is put before somebody."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Role
from watercooler.spine.activity.verbs import OURS, Verb


@dataclass(frozen=True, slots=True)
class Nudging:
    """Who was nudged: {person, alike: how many of their answers and pages are near to the question}."""

    people: list[dict[str, Any]]


NUDGED = Verb(
    "nudged",
    OURS + "nudged",
    _("%(actor)s’s question %(item)s was put before people who may know"),
    frozenset({"question"}),
    needs=Role.MEMBER,
    is_public=False,
    detail=Nudging,
)
