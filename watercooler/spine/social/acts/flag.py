"""Pointing a host to something, and what the host decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.content.acts.remove import hold, remove
from watercooler.spine.content.models import Item
from watercooler.spine.social.acts.marking import check_readable
from watercooler.spine.social.models import Flag
from watercooler.spine.social.verbs import FLAGGED, Flagging


@transaction.atomic
def flag(viewer: Viewer, item: Item, reason: str, note: str = "", at: datetime | None = None) -> bool:
    """Ask a host to look at an item. A second flag while the first is open changes nothing. Raises Invalid."""
    check_readable(viewer, item)
    if reason not in dict(Flag.REASONS):
        raise Invalid(_("Choose a reason."), field="reason")
    if Flag.objects.filter(item=item, person_id=viewer.person_id, decided_at=None).exists():
        return False
    Flag.objects.create(
        item=item, person_id=viewer.person_id, reason=reason, note=clean_line(note)[:500], at=at or timezone.now()
    )
    record(viewer, FLAGGED, item=item, detail=Flagging(reason), at=at)
    return True


@transaction.atomic
def unflag(viewer: Viewer, item: Item) -> bool:
    """Take one's open flag back. Returns False if there is none."""
    gone, _each = Flag.objects.filter(item=item, person_id=viewer.person_id, decided_at=None).delete()
    if gone:
        take_back(viewer, FLAGGED, item_id=item.pk)
    return bool(gone)


@transaction.atomic
def decide(viewer: Viewer, item: Item, outcome: str, note: str = "") -> int:
    """Close an item's open flags: keep it, help its author, hold or remove it. Returns how many flags were closed.

    Raises NotAllowed for others than hosts and administrators, Invalid where taking away gives no reason.
    """
    if not (viewer.hosts(item.space_id) or viewer.is_administrator):
        raise NotAllowed(_("Only a host can decide this."))
    note = clean_line(note)[:500]
    if outcome not in dict(Flag.OUTCOMES):
        raise Invalid(_("Choose what to do."), field="outcome")
    if outcome in {"held", "removed"} and not note:
        raise Invalid(_("Tell the author why, in a sentence."), field="note")
    if outcome == "held":
        hold(viewer, item, note)
    if outcome == "removed":
        remove(viewer, item, note)
    still_open = Flag.objects.filter(item=item, decided_at=None)
    return still_open.update(
        decided_by_id=viewer.person_id, decided_at=timezone.now(), outcome=outcome, outcome_note=note
    )
