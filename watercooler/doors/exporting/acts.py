"""Asking for an export, and throwing one away."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.doors.exporting.models import Export, Scope
from watercooler.doors.exporting.scopes import chosen
from watercooler.doors.exporting.verbs import EXPORTED, Exporting
from watercooler.doors.exporting.write import write
from watercooler.foundation.base.errors import NotAllowed, TooMany
from watercooler.foundation.base.jobs import enqueue
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record
from watercooler.spine.spaces.models import Purpose, Space
from watercooler.spine.spaces.viewer import build

DAYS = 7
MOST_A_DAY = 10
WHOLE = frozenset({Scope.OWN, Scope.EVERYTHING})
"""All that somebody, or everybody, wrote: a session has to have confirmed lately who it is to have one of these."""


def may_export(viewer: Viewer, scope: str, space: Space | None = None) -> bool:
    """Say whether the viewer may have this: their own, a space they host, as administrator everything."""
    if scope == Scope.OWN:
        return viewer.is_known
    if scope == Scope.SPACE:
        return space is not None and space.purpose == Purpose.SPACE and viewer.hosts(space.pk)
    return scope == Scope.EVERYTHING and viewer.is_administrator


@transaction.atomic
def ask(viewer: Viewer, scope: Scope, space: Space | None = None) -> Export:
    """Ask for an export; it is written in a job. Asking again while one is being written returns that one.

    Raises NotAllowed, TooMany after ten in a day.
    """
    from watercooler.doors.exporting.jobs import write_export  # jobs call acts, and this one act asks for a job

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


def write_out(export_id: int) -> None:
    """Write the file that was asked for, if its owner still may have it. Does nothing for one that is there or gone."""
    export = Export.objects.select_related("space").filter(pk=export_id, ready_at=None, failed_at=None).first()
    if export is None:
        return
    viewer = build(export.person_id)
    if not may_export(viewer, export.scope, export.space):
        fail(export_id)
        return
    scope = Scope(export.scope)
    stored = f"{secrets.token_hex(24)}.zip"
    write(chosen(scope, viewer, export.space), path_of(stored), scope)
    now, size = timezone.now(), path_of(stored).stat().st_size
    still = Export.objects.filter(pk=export_id, ready_at=None)
    if not still.update(stored=stored, size_bytes=size, ready_at=now, ends_at=now + timedelta(days=DAYS)):
        path_of(stored).unlink(missing_ok=True)


def fail(export_id: int) -> None:
    """Say that an export will not come, so that another can be asked for."""
    Export.objects.filter(pk=export_id, ready_at=None).update(failed_at=timezone.now())


def path_of(stored: str) -> Path:
    """Return where an export lies: beside the kept files, but never served as one of them."""
    return Path(settings.MEDIA_ROOT) / "exports" / Path(stored).name


def throw_away(viewer: Viewer, export: Export) -> None:
    """Remove one's own export before it ends. Raises NotAllowed."""
    if export.person_id != viewer.person_id:
        raise NotAllowed(_("Only who asked for this can throw it away."))
    _remove(export)


def _remove(export: Export) -> None:
    if export.stored:
        path_of(export.stored).unlink(missing_ok=True)
    export.delete()


def sweep() -> int:
    """Remove exports that have ended, and give up those nobody wrote for a day. Returns how many went."""
    now = timezone.now()
    Export.objects.filter(ready_at=None, failed_at=None, asked_at__lt=now - timedelta(days=1)).update(failed_at=now)
    _remove_strays(now - timedelta(days=1))
    ended = list(Export.objects.filter(ends_at__lt=now)[:500])
    for export in ended:
        _remove(export)
    return len(ended)


def _remove_strays(before: datetime) -> None:
    """Remove files that no export names: what a worker wrote that was killed before it could say so."""
    old = [path for path in path_of("").glob("*") if path.stat().st_mtime < before.timestamp()]
    if old:
        named = set(Export.objects.filter(stored__in=[path.name for path in old]).values_list("stored", flat=True))
        for path in old:
            if path.name not in named:
                path.unlink(missing_ok=True)
