"""What who-knows does by the clock: sums up what people are known for."""

from __future__ import annotations

from watercooler.foundation.base.jobs import job
from watercooler.projections.experts import known

A_ROUND = 20
"""How often at most, so that a round ends before the next one begins."""


@job(name="experts.sum_up", every="* * * * *", attempts=1)
def sum_up() -> None:
    """Keep anew what those are known for whose evidence changed with much else at once, or faded."""
    for _turn in range(A_ROUND):
        people = known.waiting(known.ALL_AT_ONCE)
        if not people:
            return
        known.sum_up(people)
