"""What pages and programs show of exports: always the viewer's own, as long as they still may have them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from watercooler.doors.exporting.models import Export, Scope
from watercooler.doors.exporting.scopes import may_export
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.spaces.models import Space

MOST = 20


def _lasting(viewer: Viewer) -> QuerySet[Export]:
    mine = Export.objects.select_related("space__owner").filter(person_id=viewer.person_id)
    return mine.filter(ends_at__gt=timezone.now())


def listed(viewer: Viewer, scope: Scope, space: Space | None = None) -> list[Export]:
    """Return the viewer's exports of this that have not ended, newest first, at most 20. Cost: one query."""
    return list(_lasting(viewer).filter(scope=scope, space=space).order_by("-asked_at")[:MOST])


def of_scopes(viewer: Viewer, *scopes: Scope) -> list[Export]:
    """Return the viewer's exports of these scopes that have not ended, newest first, at most 20. Cost: one query."""
    return list(_lasting(viewer).filter(scope__in=scopes).order_by("-asked_at")[:MOST])


def one(viewer: Viewer, export_id: int) -> Export | None:
    """Return one of the viewer's own exports that has not ended, ready or not. Cost: one query."""
    return _lasting(viewer).filter(pk=export_id).first()


def fetchable(viewer: Viewer, export_id: int) -> Export | None:
    """Return one that is ready, if the viewer still may have it. Cost: one query."""
    export = one(viewer, export_id)
    if export is None or export.ready_at is None or not may_export(viewer, export.scope, export.space):
        return None
    return export


def file_name(viewer: Viewer, export: Export) -> str:
    """Return what a finished export is called where it is kept: what it holds, and of which day."""
    about = export.space.slug if export.space else viewer.handle if export.scope == Scope.OWN else "everything"
    return f"watercooler-{slugify(about) or export.scope}-{export.ready_at:%Y-%m-%d}.zip"
