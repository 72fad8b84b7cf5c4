"""The files of exports: written when asked for, kept for a week, removed."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from watercooler.doors.exporting.models import Export, Scope
from watercooler.doors.exporting.scopes import chosen, may_export
from watercooler.doors.exporting.write import write
from watercooler.spine.spaces.viewer import build

DAYS = 7
"""How long an export is kept."""


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


def remove(export: Export) -> None:
    """Remove an export and its file."""
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
        remove(export)
    return len(ended)


def _remove_strays(before: datetime) -> None:
    """Remove files that no export names: what a worker wrote that was killed before it could say so."""
    old = [path for path in path_of("").glob("*") if path.stat().st_mtime < before.timestamp()]
    if old:
        named = set(Export.objects.filter(stored__in=[path.name for path in old]).values_list("stored", flat=True))
        for path in old:
            if path.name not in named:
                path.unlink(missing_ok=True)
