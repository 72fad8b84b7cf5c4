"""Having read a conversation. The one source of what is unread is `read_up_to`; the record keeps nothing of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.conversations.acts.places import place
from watercooler.spine.conversations.models import Conversation, Line, Message, Participant


def recount(mine: Participant, up_to: int) -> int:
    """Return how many of others' messages come after `up_to`, which is never before what this place sees."""
    said = Message.objects.filter(conversation_id=mine.conversation_id, number__gt=up_to, kind=Line.SAID)
    return said.filter(removed_at=None).exclude(author_id=mine.person_id).count()


@transaction.atomic
def read(viewer: Viewer, conversation: Conversation, up_to: int) -> bool:
    """Mark read up to a line's number. Returns False if the viewer had read so far. Raises NotAllowed.

    The place's own row is held: a message that comes at the same moment is counted after, one that goes is taken off.
    """
    mine = Participant.objects.select_for_update().get(pk=place(viewer, conversation.pk).pk)
    last = Conversation.objects.values_list("last_number", flat=True).get(pk=conversation.pk)
    up_to = min(up_to, last)
    if up_to <= mine.read_up_to or mine.left_at is not None:
        return False
    values = {"read_up_to": up_to, "read_at": timezone.now(), "unread": recount(mine, up_to)}
    return bool(Participant.objects.filter(pk=mine.pk).update(**values))
