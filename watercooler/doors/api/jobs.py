"""What the API does by the clock."""

from __future__ import annotations

from watercooler.doors.api.keeping import forget_old
from watercooler.foundation.base.jobs import job


@job(name="api.forget_answers", every="23 * * * *", attempts=1)
def forget_answers() -> None:
    """Forget what writes were answered more than a day ago."""
    forget_old()
