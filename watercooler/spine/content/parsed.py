"""Texts taken apart into stems by one projection and lent to the next: parsing is half of what following a text costs.

Only where many texts are followed on one connection, as in an import. What is lent lies in a temporary table of that
connection, and is taken only for the very words of an item, in the same language.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from watercooler.foundation.database import hot

# Rows stay whole and as they are: they are read again within a second.
TABLE = """
create temp table parsed (
    item_id bigint not null, language text not null, revision integer not null, renderer smallint not null,
    length integer not null, title tsvector, body tsvector
) with (toast_tuple_target = 8160);
alter table parsed alter title set storage external, alter body set storage external
"""
JOIN = """left join parsed p on p.item_id = i.id and p.language = n.language
    and p.revision = i.revision and p.renderer = i.renderer"""
"""Beside `content_item i` and `n.language`: what is lent of an item as `p`, with title, body and the body's length."""
MOST = 5000
"""How many texts are lent at once, so that a thread's first is still there for its answers: some 8 MB."""
EMPTY = "truncate parsed"

_lent = threading.local()


def begin() -> None:
    """Lend parsed texts from now on, on this thread's connection and until it is closed. Not within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    _lent.count = 0


def end() -> None:
    """Lend no more on this thread. What is lent lies there until its connection is closed."""
    del _lent.count


@contextmanager
def lent() -> Iterator[None]:
    """Lend parsed texts for as long as the block lasts."""
    begin()
    try:
        yield
    finally:
        end()
        with connection.cursor() as cursor:
            cursor.execute("drop table if exists parsed")


def is_lent() -> bool:
    """Say whether there is a table `parsed` on this connection."""
    return hasattr(_lent, "count")


def make_room(count: int) -> None:
    """Forget what was lent before if so many more would be too many. Cost: nothing, or one statement."""
    _lent.count += count
    if _lent.count > MOST:
        hot.rows(EMPTY)
        _lent.count = count
