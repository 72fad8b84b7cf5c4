"""Asking for an export, and throwing one away."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.doors.exporting.jobs import write_export
from watercooler.doors.exporting.kept import DAYS, remove
from watercooler.doors.exporting.models import Export, Scope
from watercooler.doors.exporting.scopes import may_export
from watercooler.doors.exporting.verbs import EXPORTED, Exporting
from watercooler.foundation.base.errors import NotAllowed, TooMany
from watercooler.foundation.base.jobs import enqueue
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record
from watercooler.spine.spaces.models import Space

MOST_A_DAY = 10
WHOLE = frozenset({Scope.OWN, Scope.EVERYTHING})
"""All that somebody, or everybody, wrote: a session has to have confirmed lately who it is to have one of these."""


@transaction.atomic
def ask(viewer: Viewer, scope: Scope, space: Space | None = None) -> Export:
    """Ask for an export; it is written in a job. Asking again while one is being written returns that one.

    Raises NotAllowed, TooMany after ten in a day.
    """
    if not may_export(viewer, scope, space):
        raise NotAllowed(_("Only a host can export a space, and only an administrator everything."))
    now = timezone.now()
    mine = Export.objects.filter(person_id=viewer.person_id)
    if mine.filter(asked_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooMany(_("That was a lot of exports in one day. The ones above are still there."))
    facts = {"person_id": viewer.person_id, "scope": scope, "space": space}
    try:
        with transaction.atomic():
            made = Export.objects.create(**facts, asked_at=now, ends_at=now + timedelta(days=DAYS))
    except IntegrityError:
        return mine.get(scope=scope, space=space, ready_at=None, failed_at=None)
    record(viewer, EXPORTED, space_id=space.pk if space else None, detail=Exporting(scope), at=now)
    enqueue(write_export, export_id=made.pk)
    return made


def throw_away(viewer: Viewer, export: Export) -> None:
    """Remove one's own export before it ends. Raises NotAllowed."""
    if export.person_id != viewer.person_id:
        raise NotAllowed(_("Only who asked for this can throw it away."))
    remove(export)
