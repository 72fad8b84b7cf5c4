"""Having read something."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record
from watercooler.spine.content.models import Item
from watercooler.spine.social.models import Recommendation
from watercooler.spine.social.verbs import VIEWED

KEEP = """
insert into social_viewed (item_id, person_id, at, seen_id) values (%(item)s, %(person)s, now(), %(seen)s)
on conflict (person_id, item_id) do update set at = now(), seen_id = greatest(social_viewed.seen_id, excluded.seen_id)
returning xmax = 0 or (select at from social_viewed v
                       where v.item_id = %(item)s and v.person_id = %(person)s) < current_date
"""


@transaction.atomic
def read(viewer: Viewer, item: Item, seen_id: int = 0) -> None:
    """Remember how far the viewer has read a thread. Recorded once a person, item and day. Cost: one upsert."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, {"item": item.pk, "person": viewer.person_id, "seen": seen_id or item.pk})
        first_today = cursor.fetchone()[0]
    if first_today:
        record(viewer, VIEWED, item=item)
    for tell in _told_of_reading():
        tell(viewer, item.thread_id, seen_id)


@cache
def _told_of_reading() -> tuple[Callable[[Viewer, int, int], object], ...]:
    """Return what else remembers reading, from floors above: called with viewer, thread and newest item seen."""
    return tuple(import_string(path) for path in settings.TOLD_OF_READING)


def opened(viewer: Viewer, item: Item) -> None:
    """Tell those who recommended an item to the viewer that it was opened (R14)."""
    mine = Recommendation.objects.filter(item=item, to_person_id=viewer.person_id, opened_at=None, taken_back_at=None)
    mine.update(opened_at=timezone.now())
