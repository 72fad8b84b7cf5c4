"""What the articles app does by the clock."""

from watercooler.foundation.base.jobs import job
from watercooler.kinds.articles import acts


@job(name="articles.empty_thrown_away", every="41 3 * * *", attempts=1)
def empty_thrown_away() -> None:
    """Take the text out of drafts that were thrown away long ago."""
    acts.empty_thrown_away()
