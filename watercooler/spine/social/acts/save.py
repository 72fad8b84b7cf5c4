"""Keeping something for later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import Past, record, record_many, take_back
from watercooler.spine.content.models import Item
from watercooler.spine.social.acts.marking import check_readable, put, take
from watercooler.spine.social.models import Saved
from watercooler.spine.social.verbs import SAVED


@transaction.atomic
def save(viewer: Viewer, item: Item, at: datetime | None = None) -> bool:
    """Keep an item in the viewer's own list. Twice changes nothing. Raises NotAllowed."""
    check_readable(viewer, item)
    if not put(Saved, viewer, item, at):
        return False
    record(viewer, SAVED, item=item, at=at)
    return True


@transaction.atomic
def unsave(viewer: Viewer, item: Item) -> bool:
    """Take it off the list. Returns False if it was not there."""
    if not take(Saved, viewer, item):
        return False
    take_back(viewer, SAVED, item_id=item.pk)
    return True


_SAVE = """
insert into social_saved (item_id, person_id, at)
select s.item_id, s.person_id, s.at
from unnest(%s::bigint[], %s::bigint[], %s::timestamptz[]) s (item_id, person_id, at)
on conflict do nothing returning item_id, person_id, at
"""


@transaction.atomic
def save_many(saved: Sequence[tuple[int, int, datetime]]) -> int:
    """Keep items (item, person, time) that people had kept elsewhere. Returns how many were not kept already.

    Importers alone call this. Cost: three statements.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, [list(column) for column in zip(*saved, strict=True)] or [[], [], []])
        new = cursor.fetchall()
    spaces = dict(Item.objects.filter(pk__in={row[0] for row in new}).values_list("pk", "space_id"))
    record_many(Past(person, SAVED, at, item, space_id=spaces[item]) for item, person, at in new)
    return len(new)
