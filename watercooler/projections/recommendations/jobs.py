"""What suggestions need by the clock: each person's shelf made anew."""

from __future__ import annotations

from django.utils import timezone

from watercooler.foundation.base.jobs import job
from watercooler.projections.recommendations import shelf

AT_ONCE = 500
"""People a round; the next round takes the rest."""


@job(name="recommendations.fill_shelves", every="*/10 * * * *", attempts=1)
def fill_shelves() -> None:
    """Pick anew for people who took part, or who read here and whose picks are half a day old."""
    for person_id in shelf.waiting(timezone.now(), AT_ONCE):
        shelf.fill(person_id)
