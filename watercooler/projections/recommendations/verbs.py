"""What is recorded when somebody wants no more suggestions of a sort."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from watercooler.spine.activity.verbs import OURS, Verb


@dataclass(frozen=True, slots=True)
class Refusing:
    """The topic, where the object is a topic."""

    topic_id: int | None = None


NOT_FOR_ME = Verb(
    "not_for_me",
    OURS + "not-for-me",
    _("%(actor)s wants no suggestions like %(item)s"),
    is_public=False,
    detail=Refusing,
)
