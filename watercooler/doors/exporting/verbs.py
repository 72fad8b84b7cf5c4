"""What is done with exports."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Role
from watercooler.spine.activity.verbs import OURS, Verb


@dataclass(frozen=True, slots=True)
class Exporting:
    """How much was asked for: "own", "space" or "everything"."""

    scope: str


EXPORTED = Verb(
    "exported",
    OURS + "exported",
    _("%(actor)s asked for an export"),
    needs=Role.GUEST,
    is_public=False,
    detail=Exporting,
)
