"""What feeds do by the clock."""

from __future__ import annotations

from django.utils import timezone

from watercooler.doors.feeds import pulling
from watercooler.doors.feeds.models import OutsideFeed
from watercooler.foundation.base.jobs import enqueue, job

MOST_AT_ONCE = 200


@job(name="feeds.pull", attempts=1)
def pull(feed_id: int) -> None:
    """Look at one feed from outside. What fails is tried again by the clock, later and later."""
    pulling.pull(feed_id)


def look(feed_id: int) -> None:
    """Ask for a feed to be looked at. However often it is asked for, one job waits and one runs for a feed."""
    enqueue(pull, alone=f"feed {feed_id}", feed_id=feed_id)


@job(name="feeds.look_at_due", every="*/10 * * * *", attempts=1)
def look_at_due() -> None:
    """Look at the feeds whose time has come."""
    due = OutsideFeed.objects.filter(off="", next_at__lte=timezone.now()).order_by("next_at")
    for feed_id in due.values_list("pk", flat=True)[:MOST_AT_ONCE]:
        look(feed_id)
