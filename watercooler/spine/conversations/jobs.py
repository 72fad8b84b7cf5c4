"""What is done about conversations by the clock."""

from watercooler.foundation.base.jobs import job
from watercooler.spine.conversations import acts


@job(name="conversations.empty_removed", every="41 * * * *", attempts=1)
def empty_removed() -> None:
    """Empty what was removed more than a day ago."""
    while acts.empty_removed() == 500:
        pass
