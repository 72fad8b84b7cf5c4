"""What all marks share: the viewer must be able to read the thing, and the row decides who won a race."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.models import Item
from watercooler.spine.social.models.marks import Mark


def check_readable(viewer: Viewer, item: Item) -> None:
    """Raise NotAllowed unless the viewer may read the item now."""
    if not item.is_live or not viewer.reads(item.audience, item.space_id):
        raise NotAllowed(_("You can’t do this here."))


def put(model: type[Mark], viewer: Viewer, item: Item, at: Any = None, **values: Any) -> bool:
    """Insert the viewer's mark; False if it stood already. The unique constraint decides. Cost: one statement."""
    row = {"item_id": item.pk, "person_id": viewer.person_id, "at": at or timezone.now(), **values}
    columns, places = ", ".join(row), ", ".join(["%s"] * len(row))
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"insert into {table} ({columns}) values ({places}) on conflict do nothing", list(row.values()))
        return bool(cursor.rowcount)


def take[M: Mark](model: type[M], viewer: Viewer, item: Item, **values: Any) -> bool:
    """Delete the viewer's mark; False if there was none."""
    gone, _each = model._default_manager.filter(item=item, person_id=viewer.person_id, **values).delete()
    return bool(gone)


def count(item: Item, column: str, by: int) -> None:
    """Move a counter of the item and its version, in one update."""
    Item.objects.filter(pk=item.pk).update(**{column: F(column) + by}, version=F("version") + 1)
