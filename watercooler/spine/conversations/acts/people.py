"""Who takes part in a group and what it is called; and how much of a conversation somebody wants to hear."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.conversations.acts.checks import (
    MOST_PEOPLE,
    check_guests,
    check_name,
    check_reachable,
    check_together,
)
from watercooler.spine.conversations.acts.places import changed, held, place, write
from watercooler.spine.conversations.models import Conversation, Line, Participant
from watercooler.spine.conversations.openness import muting
from watercooler.spine.people.models import Person


def _check_group(conversation: Conversation) -> None:
    if not conversation.is_group:
        raise NotAllowed(_("This is between the two of you. Begin a group to talk with more."))


@transaction.atomic
def add(viewer: Viewer, conversation: Conversation, people: Iterable[Person], at: datetime | None = None) -> int:
    """Add people to a group; they see what is said from then on. Returns how many came.

    Who left comes back as if new. Raises NotAllowed, Invalid where somebody cannot be written to.
    """
    group = held(viewer, conversation.pk)
    _check_group(group)
    inside = set(Participant.objects.filter(conversation=group, left_at=None).values_list("person_id", flat=True))
    new = list({person.pk: person for person in people if person.pk not in inside}.values())
    if not new:
        return 0
    if len(inside) + len(new) > MOST_PEOPLE:
        raise Invalid(_("At most %(most)s people fit here. Make a space for more.") % {"most": MOST_PEOPLE}, field="to")
    check_reachable(viewer, new)
    others = list(Person.objects.filter(pk__in=inside))
    check_guests([*inside, *(person.pk for person in new)], viewer, [*others, *new])
    now = at or timezone.now()
    muted = muting(viewer.person_id, [person.pk for person in new])
    for person in new:
        line = write(group, now, kind=Line.ADDED, author_id=viewer.person_id, about=person)
        _come(group, person, line.number - 1, now, person.pk in muted)
    changed(viewer, group, at)
    return len(new)


def _come(group: Conversation, person: Person, sees_after: int, now: datetime, is_muted: bool) -> None:
    fresh = {
        "joined_at": now,
        "left_at": None,
        "sees_after": sees_after,
        "read_up_to": sees_after,
        "read_at": None,
        "unread": 0,
        "is_muted": is_muted,
        "active_at": now,
    }
    Participant.objects.update_or_create(conversation=group, person=person, defaults=fresh)


@transaction.atomic
def leave(viewer: Viewer, conversation: Conversation) -> bool:
    """Leave a group: the viewer sees nothing of it any more; what they said stays. Raises NotAllowed."""
    group = held(viewer, conversation.pk)
    _check_group(group)
    now = timezone.now()
    write(group, now, kind=Line.LEFT, author_id=viewer.person_id)
    changed(viewer, group)
    mine = Participant.objects.filter(conversation=group, person_id=viewer.person_id, left_at=None)
    return bool(mine.update(left_at=now, unread=0))


@transaction.atomic
def rename(viewer: Viewer, conversation: Conversation, name: str) -> bool:
    """Give a group another name, or none. Returns False if it is called so already. Raises NotAllowed, Invalid."""
    group = held(viewer, conversation.pk)
    _check_group(group)
    check_together(viewer, group)
    name = check_name(clean_line(name))
    if name == group.name:
        return False
    Conversation.objects.filter(pk=group.pk).update(name=name)
    write(group, timezone.now(), kind=Line.NAMED, author_id=viewer.person_id, excerpt=name)
    changed(viewer, group)
    return True


@transaction.atomic
def mute(viewer: Viewer, conversation: Conversation) -> bool:
    """Let a conversation count no more beside Inbox. The others are not told, nor does the record keep it."""
    return _set_muted(viewer, conversation, True)


@transaction.atomic
def unmute(viewer: Viewer, conversation: Conversation) -> bool:
    """Let a conversation count again."""
    return _set_muted(viewer, conversation, False)


def _set_muted(viewer: Viewer, conversation: Conversation, is_muted: bool) -> bool:
    mine = place(viewer, conversation.pk)
    return bool(Participant.objects.filter(pk=mine.pk).exclude(is_muted=is_muted).update(is_muted=is_muted))
