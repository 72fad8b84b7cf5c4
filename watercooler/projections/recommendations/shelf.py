"""The shelf of each person: picks made ahead, so that Home reads one row and compares nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from watercooler.foundation.database import hot
from watercooler.projections.recommendations.models import Shelf
from watercooler.projections.recommendations.picks import picks
from watercooler.spine.spaces.viewer import build

MOST = 10
"""Picks on a shelf: enough for the first pages, and each costs Home some looking up."""
STEP = 3 * 3600
"""Seconds by which each pick stands behind the one before it in Home's order, beginning when the shelf was made."""
STALE = timedelta(hours=12)
LATELY = timedelta(days=14)

# Those who took part since their shelf was made; then those who read something lately and whose shelf is old.
WAITING = """
select w.person_id from (
    select e.person_id, max(e.at) as at from recommendations_engagement e
    where e.at > %(lately)s group by e.person_id
    union all
    select v.person_id, max(v.at) from social_viewed v where v.at > %(lately)s group by v.person_id
) w join people_person p on p.id = w.person_id and p.is_active
left join recommendations_shelf s on s.person_id = w.person_id
group by w.person_id, s.made_at
having s.made_at is null or max(w.at) > s.made_at + interval '10 minutes' or s.made_at < %(stale)s
order by s.made_at nulls first, w.person_id limit %(most)s
"""


def waiting(now: datetime, most: int) -> list[int]:
    """Return the people whose shelf should be made anew, those who have none first. Cost: two weeks of reading."""
    values = {"lately": now - LATELY, "stale": now - STALE, "most": most}
    return [row.person_id for row in hot.rows(WAITING, **values)]


def fill(person_id: int, now: datetime | None = None) -> list[int]:
    """Make somebody's shelf anew and return what stands on it; nothing for people who have left."""
    viewer = build(person_id)
    if not viewer.is_known:
        Shelf.objects.filter(pk=person_id).delete()
        return []
    now = now or timezone.now()
    found = picks(viewer, now, MOST)
    first = int(now.timestamp())
    columns = {
        "made_at": now,
        "item_ids": [pick.item_id for pick in found],
        "keys": [first - place * STEP for place in range(len(found))],
        "whys": [pick.why for pick in found],
        "abouts": [pick.about for pick in found],
    }
    Shelf.objects.update_or_create(pk=person_id, defaults=columns)
    return [pick.item_id for pick in found]
