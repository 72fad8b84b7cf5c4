"""Beginning to talk: with one colleague, in the one conversation the two have, or with several."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.conversations.acts.checks import MOST_PEOPLE, check_name, check_reachable
from watercooler.spine.conversations.models import Conversation, Participant
from watercooler.spine.conversations.openness import muting
from watercooler.spine.people.models import Person


@transaction.atomic
def begin(viewer: Viewer, person: Person, at: datetime | None = None) -> Conversation:
    """Return the conversation of the viewer and one other person; it begins if there is none yet.

    Two who begin at once get the same one. Raises NotAllowed for strangers, Invalid where they may not write.
    """
    if not viewer.is_known:
        raise NotAllowed(_("Sign in first. Everything here has a name beside it."))
    check_reachable(viewer, [person])
    now = at or timezone.now()
    low, high = sorted((viewer.person_id, person.pk))
    made, is_new = Conversation.objects.get_or_create(
        one_id=low, other_id=high, defaults={"made_by_id": viewer.person_id, "made_at": now}
    )
    if is_new:
        _seat(made, viewer, [low, high], now)
    return made


@transaction.atomic
def begin_group(viewer: Viewer, people: Iterable[Person], name: str = "", at: datetime | None = None) -> Conversation:
    """Begin a conversation of several. Raises NotAllowed for strangers, Invalid where somebody cannot be written to."""
    if not viewer.is_known:
        raise NotAllowed(_("Sign in first. Everything here has a name beside it."))
    everybody = {person.pk: person for person in people}
    if not everybody:
        raise Invalid(_("Choose a colleague first."), field="to")
    if len(everybody) >= MOST_PEOPLE:
        raise Invalid(_("At most %(most)s people fit here. Make a space for more.") % {"most": MOST_PEOPLE}, field="to")
    check_reachable(viewer, everybody.values())
    now = at or timezone.now()
    made = Conversation.objects.create(name=check_name(clean_line(name)), made_by_id=viewer.person_id, made_at=now)
    _seat(made, viewer, [viewer.person_id, *everybody], now)
    return made


def _seat(conversation: Conversation, viewer: Viewer, ids: list[int], now: datetime) -> None:
    muted = muting(viewer.person_id, ids)
    facts = {"conversation": conversation, "joined_at": now, "active_at": now}
    Participant.objects.bulk_create(Participant(person_id=one, is_muted=one in muted, **facts) for one in ids)
