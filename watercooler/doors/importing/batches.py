"""Records in batches, each in a transaction of its own: what an interruption loses is one batch, and no half of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import batched

from django.db import transaction

SIZE = 1000
"""How many records one transaction takes: enough to spread its fixed cost, few enough to hold in memory."""


def in_batches[T](records: Iterable[T], keep: Callable[[tuple[T, ...]], object], size: int = SIZE) -> None:
    """Give the records to `keep` in batches, each in its own transaction. Records are read one batch ahead at most.

    `keep` writes a batch's rows and their counterparts, so that after an interruption both are there or neither.
    """
    for batch in batched(records, size):
        with transaction.atomic():
            keep(batch)
