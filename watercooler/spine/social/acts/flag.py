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
from watercooler.spine.content.acts.remove import hold, hold_by_rule, may_moderate, remove, restore
from watercooler.spine.content.models import Item
from watercooler.spine.content.visibility import State
from watercooler.spine.social.acts.marking import check_readable
from watercooler.spine.social.models import Flag
from watercooler.spine.social.verbs import DECIDED, FLAGGED, Deciding, Flagging


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
    _hold_if_many(viewer, item)
    return True


MOST_FLAGS = 3
"""So many people's open flags hide an item until a host has looked (R93)."""


def _hold_if_many(viewer: Viewer, item: Item) -> None:
    if Flag.objects.filter(item=item, decided_at=None).count() >= MOST_FLAGS:
        reason = _("%(count)s people flagged this, so it is hidden until a host has looked.") % {"count": MOST_FLAGS}
        hold_by_rule(viewer, item, reason)


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

    What the flags had hidden is shown again, unless the host hides it. Raises NotAllowed for others than hosts and
    administrators who may read it, and for its author; Invalid where the author is told nothing.
    """
    if not may_moderate(viewer, item) or item.author_id == viewer.person_id:
        raise NotAllowed(_("Only a host can decide this."))
    note = clean_line(note)[:500]
    if outcome not in dict(Flag.OUTCOMES):
        raise Invalid(_("Choose what to do."), field="outcome")
    if outcome != "kept" and not note:
        raise Invalid(_("Tell the author why, in a sentence."), field="note")
    item.refresh_from_db()
    if item.state == State.HELD:
        restore(viewer, item)
    if outcome == "held":
        hold(viewer, item, note)
    if outcome == "removed":
        remove(viewer, item, note)
    now = timezone.now()
    still_open = Flag.objects.filter(item=item, decided_at=None)
    closed = still_open.update(
        decided_by_id=viewer.person_id, decided_at=now, outcome=outcome, outcome_note=note if outcome != "kept" else ""
    )
    if closed:
        record(viewer, DECIDED, item=item, detail=Deciding(outcome, note), at=now)
    return closed


@transaction.atomic
def undecide(viewer: Viewer, item: Item) -> int:
    """Take one's newest decision about an item back: what was hidden is shown, the flags are open again.

    Returns how many flags were opened; 0 if the viewer decided nothing here.
    """
    mine = Flag.objects.filter(item=item, decided_by_id=viewer.person_id).order_by("-decided_at").first()
    if mine is None or not may_moderate(viewer, item):
        return 0
    if mine.outcome in {"held", "removed"}:
        restore(viewer, item)
    take_back(viewer, DECIDED, item_id=item.pk)
    again = Flag.objects.filter(item=item, decided_at=None).values("person_id")
    decided = Flag.objects.filter(item=item, decided_at=mine.decided_at).exclude(person_id__in=again)
    return decided.update(decided_by=None, decided_at=None, outcome="", outcome_note="")
