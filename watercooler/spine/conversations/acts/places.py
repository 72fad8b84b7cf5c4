"""Somebody's place in a conversation, as the acts find and keep it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.spine.activity.record import record
from watercooler.spine.conversations.models import Conversation, Line, Message, Participant
from watercooler.spine.conversations.sight import apart
from watercooler.spine.conversations.verbs import CHANGED_CONVERSATION, Talking


def held(viewer: Viewer, conversation_id: int, at: datetime | None = None) -> Conversation:
    """Return the conversation, its row held until the transaction ends. Raises NotAllowed for who takes no part.

    Guests who share no space with somebody of a group any more are let go first, so they see nothing that comes now.
    """
    found = Conversation.objects.select_for_update().get(pk=conversation_id)
    place(viewer, conversation_id)
    if found.is_group:
        _let_go(found, viewer, at or timezone.now())
    return found


def _let_go(group: Conversation, viewer: Viewer, now: datetime) -> None:
    """Take the guests out who are apart from others here, but the viewer: who writes is refused in words instead.

    Cost: one query where no guest takes part.
    """
    inside = Participant.objects.filter(conversation=group, left_at=None)
    people = dict(inside.values_list("person_id", "person__role"))
    if not any(role == Role.GUEST and person_id != viewer.person_id for person_id, role in people.items()):
        return
    astray = _astray([(each.guest_id, each.other_id) for each in apart(list(people))])
    for guest_id in astray:
        if guest_id == viewer.person_id:
            continue
        write(group, now, kind=Line.APART, author_id=guest_id)
        inside.filter(person_id=guest_id).update(left_at=now, unread=0)


def _astray(pairs: list[tuple[int, int]]) -> list[int]:
    """Return the guests whose going leaves nobody apart, who is apart from most first: of three guests not all go
    because one was let go of a space."""
    gone: list[int] = []
    while counts := Counter(guest for guest, _other in pairs):
        guest = max(counts, key=lambda each: (counts[each], each))
        pairs = [pair for pair in pairs if guest not in pair]
        gone.append(guest)
    return gone


def place(viewer: Viewer, conversation_id: int) -> Participant:
    """Return the viewer's place. Raises NotAllowed for who takes no part."""
    mine = Participant.objects.filter(conversation_id=conversation_id, person_id=viewer.person_id, left_at=None)
    found = mine.first() if viewer.is_known else None
    if found is None:
        raise NotAllowed(_("Only who takes part in this conversation can do that."))
    return found


def write(conversation: Conversation, at: datetime, **line: Any) -> Message:
    """Add a line to a held conversation, and wake it in everybody's list. Cost: three statements."""
    conversation.last_number += 1
    Conversation.objects.filter(pk=conversation.pk).update(last_number=conversation.last_number)
    made = Message.objects.create(conversation=conversation, number=conversation.last_number, at=at, **line)
    Participant.objects.filter(conversation=conversation, left_at=None).update(active_at=at)
    return made


def count(message: Message, sign: int) -> None:
    """Add a message to, or take it from, what is unread by those who see it and have not read so far."""
    theirs = Participant.objects.filter(
        conversation_id=message.conversation_id,
        left_at=None,
        sees_after__lt=message.number,
        read_up_to__lt=message.number,
    )
    theirs.exclude(person_id=message.author_id).update(unread=F("unread") + sign)


def changed(viewer: Viewer, conversation: Conversation, at: datetime | None = None) -> None:
    """Record that something happened here, and not what."""
    record(viewer, CHANGED_CONVERSATION, detail=Talking(conversation.pk), at=at)
