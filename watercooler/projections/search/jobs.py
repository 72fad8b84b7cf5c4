"""What search does by the clock: counts words anew, so that rarity and spelling keep up."""

from __future__ import annotations

from watercooler.foundation.base.jobs import job
from watercooler.projections.search import statistics


@job(name="search.keep_count", every="*/10 * * * *", attempts=1)
def keep_count() -> None:
    """Count words anew if what every member may read has grown or shrunk by a hundredth since."""
    if statistics.is_outdated():
        statistics.count_words()


@job(name="search.count_words", every="40 3 * * *", attempts=1)
def count_words() -> None:
    """Count words anew, once a day whatever happened."""
    statistics.count_words()
