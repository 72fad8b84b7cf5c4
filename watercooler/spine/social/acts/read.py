"""Having read something, and how many have."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
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
returning xmax = 0, (select at from social_viewed v
                     where v.item_id = %(item)s and v.person_id = %(person)s) < current_date
"""

TAKE_PART = """
insert into social_viewed (item_id, person_id, at, seen_id)
select top.id, did.person_id, max(did.at), 0
from (select item_id, person_id, at from social_helped
      union all select id, author_id, published_at from content_item where parent_id is not null and state = 1) did
join content_item i on i.id = did.item_id
join content_item top on top.id = coalesce(i.root_id, i.id)
where did.person_id <> top.author_id
group by top.id, did.person_id
on conflict (person_id, item_id) do nothing
"""

COUNT = """
update content_item i set read_count = v.people
from (select v.item_id, count(*) as people from social_viewed v join content_item i on i.id = v.item_id
      where v.person_id <> i.author_id group by v.item_id) v
where i.id = v.item_id and i.read_count <> v.people
"""


@transaction.atomic
def read(viewer: Viewer, item: Item, seen_id: int = 0) -> None:
    """Remember how far the viewer has read a thread. Recorded once a person, item and day.

    Cost: one upsert; the first time a person reads it, one more statement counts them.
    """
    with connection.cursor() as cursor:
        cursor.execute(KEEP, {"item": item.pk, "person": viewer.person_id, "seen": seen_id or item.pk})
        is_first, was_before_today = cursor.fetchone()
    if is_first and item.author_id != viewer.person_id:
        Item.objects.filter(pk=item.pk).update(read_count=F("read_count") + 1)
    if is_first or was_before_today:
        record(viewer, VIEWED, item=item)
    for tell in _told_of_reading():
        tell(viewer, item.thread_id, seen_id)


@transaction.atomic
def read_by_who_took_part() -> None:
    """Take everybody who helped themselves to a thread or said something in it for its reader.

    For a history from elsewhere, in which nobody's reading was kept. Cost: two statements over everything.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE_PART)
        cursor.execute(COUNT)


@cache
def _told_of_reading() -> tuple[Callable[[Viewer, int, int], object], ...]:
    """Return what else remembers reading, from floors above: called with viewer, thread and newest item seen."""
    return tuple(import_string(path) for path in settings.TOLD_OF_READING)


def opened(viewer: Viewer, item: Item, seen_id: int = 0) -> None:
    """Tell those who recommended an item, or a reply in its thread up to `seen_id`, that it was opened (R14)."""
    mine = Recommendation.objects.filter(to_person_id=viewer.person_id, opened_at=None, taken_back_at=None)
    seen = Q(item=item) | Q(item__root=item, item_id__lte=seen_id)
    mine.filter(seen).update(opened_at=timezone.now())
