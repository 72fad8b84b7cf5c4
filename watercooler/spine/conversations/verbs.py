"""What the record keeps of private messages: that one was sent. Never its words, and nobody else is told."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from watercooler.spine.activity.verbs import OURS, Verb


@dataclass(frozen=True, slots=True)
class Talking:
    """Where: a number that leads nobody anywhere but those who take part. message_id: which one was sent."""

    conversation_id: int
    message_id: int | None = None


SENT_MESSAGE = Verb(
    "sent_message",
    "http://activitystrea.ms/schema/1.0/send",
    _("%(actor)s sent a message"),
    is_public=False,
    detail=Talking,
)
CHANGED_CONVERSATION = Verb(
    "changed_conversation",
    OURS + "changed-conversation",
    _("%(actor)s changed a conversation"),
    is_public=False,
    detail=Talking,
)
