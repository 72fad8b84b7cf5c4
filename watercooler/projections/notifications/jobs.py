"""What the inbox does by the clock: old lines go."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from watercooler.foundation.base.jobs import job
from watercooler.projections.notifications.prune import prune


@job(name="notifications.prune", every="50 3 * * *", attempts=1)
def drop_old_lines() -> None:
    """Drop what was read long ago, and what nobody read in a year."""
    prune(timezone.now(), settings.INBOX_DAYS)
