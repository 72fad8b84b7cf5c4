"""Finding and remembering what of the outside became what here, many at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from django.db import connection

type Thing = Literal["person", "space", "item"]


def known(source: str, names: Collection[str], thing: Thing) -> dict[str, int]:
    """Return name → id of our row, for those that have come here before. Cost: one indexed query."""
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"select name, {thing}_id from importing_counterpart "
            f"where source = %s and name = any(%s) and {thing}_id is not null",
            [source, list(names)],
        )
        return dict(cursor.fetchall())


def remember(source: str, thing: Thing, pairs: Iterable[tuple[str, int]]) -> None:
    """Keep name → id of our row, in the transaction that made the row. Raises IntegrityError for a name kept already.

    Cost: one COPY.
    """
    with connection.cursor() as cursor:
        statement = f"copy importing_counterpart (source, name, {thing}_id) from stdin"
        with cursor.copy(statement) as copy:
            for name, row_id in pairs:
                copy.write_row((source, name, row_id))
