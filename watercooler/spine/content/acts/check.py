"""Vouching for what somebody wrote: by whom, until when, and taking it back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed, Stale
from watercooler.foundation.base.text import clean_line, months_after
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.content.checked import show_checks
from watercooler.spine.content.models import Attachment, Check, Item
from watercooler.spine.content.verbs import CHECK_ENDS, CHECKED, UNCHECKED, CheckEnding, Checking, Unchecking
from watercooler.spine.content.visibility import State

MONTHS = (3, 6, 12, 24)
"""How long a check may stand. Nobody vouches for ever: rules, parts and medicines change."""
USUAL_MONTHS = 12
REMIND_DAYS = 14
"""Two weeks before a check ends its checker is reminded, once: time to read it again between other work."""
AT_ONCE = 200


def may_vouch(viewer: Viewer, space_id: int) -> bool:
    """Say whether the viewer may vouch for others' words in a space: its hosts, learning leads and administrators.

    Those were named by a person who answers for it. Being known for a topic is reckoned from how often somebody
    helped, and no count decides what is safe; whoever should check is made a host. On a wall nobody was named.
    """
    return viewer.role >= Role.LEAD or (viewer.is_member and viewer.hosts(space_id) and space_id != viewer.wall_id)


def may_check(viewer: Viewer, item: Item) -> bool:
    """Say whether the viewer may vouch for this item: as `may_vouch` says, and never for their own."""
    is_others = item.author_id != viewer.person_id
    is_read = item.is_live and viewer.reads(item.audience, item.space_id)
    return item.kind_of.is_checkable and is_others and is_read and may_vouch(viewer, item.space_id)


def check_permitted(viewer: Viewer, item: Item) -> None:
    """Raise NotAllowed, with the reason, unless `may_check`."""
    if may_check(viewer, item):
        return
    if not item.kind_of.is_checkable:
        raise NotAllowed(_("Answers, articles and posts can be checked; this can’t."))
    if item.author_id == viewer.person_id:
        raise NotAllowed(_("Somebody else checks what you wrote."))
    if not may_vouch(viewer, item.space_id):
        raise NotAllowed(_("Only a host, a learning lead or an administrator can check this."))
    raise NotAllowed(_("You can’t do this here."))


@transaction.atomic
def check(
    viewer: Viewer,
    item: Item,
    *,
    revision: int,
    files: Collection[int] | None = None,
    months: int = USUAL_MONTHS,
    note: str = "",
    at: datetime | None = None,
) -> Check:
    """Vouch for a text until some months from now. Doing it again renews it. Returns the check.

    revision, files: the text and the ids of the files that the viewer read; Stale if it has others by now. Raises
    NotAllowed for one's own, and for others than hosts, learning leads and administrators; Invalid for another length.
    """
    check_permitted(viewer, item)
    if months not in MONTHS:
        raise Invalid(_("Choose how long it stands."), field="months")
    note, now = clean_line(note)[:300], at or timezone.now()
    current = Item.objects.select_for_update().get(pk=item.pk)
    check_permitted(viewer, current)
    if current.revision != revision or (files is not None and set(files) != _files(item)):
        raise Stale(_("This was changed while you were reading. Here is how it stands now; read it again."))
    ends_on = months_after(timezone.localdate(now), months)
    values = {"revision": revision, "note": note, "at": now, "ends_on": ends_on, "lapsed_at": None, "reminded_at": None}
    row, is_new = Check.objects.update_or_create(item=current, person_id=viewer.person_id, defaults=values)
    if not is_new:
        take_back(viewer, CHECKED, item_id=item.pk, at=at)
    record(viewer, CHECKED, item=current, detail=Checking(revision, ends_on.isoformat(), note), at=at)
    show_checks([item.pk])
    return row


def _files(item: Item) -> set[int]:
    return set(Attachment.objects.filter(item=item).values_list("pk", flat=True))


@transaction.atomic
def uncheck(viewer: Viewer, item: Item) -> bool:
    """Take one's own check back. Returns False if there was none."""
    gone, _each = Check.objects.filter(item=item, person_id=viewer.person_id).delete()
    if not gone:
        return False
    take_back(viewer, CHECKED, item_id=item.pk)
    show_checks([item.pk])
    return True


@transaction.atomic
def take_check_away(viewer: Viewer, item: Item, check: Check, reason: str) -> bool:
    """Take a colleague's check away, and tell them why. Returns False if it was gone. Raises NotAllowed, Invalid."""
    if check.person_id == viewer.person_id:
        return uncheck(viewer, item)
    check_permitted(viewer, item)
    reason = clean_line(reason)[:300]
    if not reason:
        raise Invalid(_("Tell them why, in a sentence."), field="reason")
    gone, _each = Check.objects.filter(pk=check.pk, item=item).delete()
    if not gone:
        return False
    take_back(viewer, CHECKED, whoever=True, item_id=item.pk, actor_id=check.person_id)
    record(viewer, UNCHECKED, item=item, detail=Unchecking(check.person_id, reason))
    show_checks([item.pk])
    return True


def remind_of_checks() -> int:
    """Remind checkers, once, of checks that end within two weeks. Returns how many, at most 200 a call."""
    today = timezone.localdate()
    soon = {"ends_on__gte": today, "ends_on__lte": today + timedelta(days=REMIND_DAYS)}
    due = Check.objects.filter(lapsed_at=None, reminded_at=None, item__state=State.LIVE, person__is_active=True, **soon)
    return sum(_remind(check) for check in due.select_related("item").order_by("ends_on", "pk")[:AT_ONCE])


@transaction.atomic
def _remind(check: Check) -> bool:
    """Record the reminder as an act of the checker, who is the one it is about. Of two workers one does it."""
    once = Check.objects.filter(pk=check.pk, lapsed_at=None, reminded_at=None, ends_on=check.ends_on)
    if not once.update(reminded_at=timezone.now()):
        return False
    checker = Viewer(person_id=check.person_id, role=Role.MEMBER)
    record(checker, CHECK_ENDS, item=check.item, detail=CheckEnding(check.ends_on.isoformat()))
    return True
