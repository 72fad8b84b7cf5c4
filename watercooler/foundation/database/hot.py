"""Prepared queries for hot reads, on the thread's own connection, as plain rows.

The framework's cursors bind on the client and never prepare (4.8 ms where a prepared query takes 0.86 ms), so hot
reads open a server-side cursor on the same connection: same transaction, same isolation, no second pool.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, overload

import psycopg
from django.db import connection
from django.db.utils import DatabaseError, InterfaceError, OperationalError
from psycopg.rows import args_row, namedtuple_row
from psycopg.types.json import JsonbLoader, JsonLoader

observers: list[Callable[[str], None]] = []
"""Called with the SQL of each hot read; tests count queries here."""


class Cursor(psycopg.Cursor[Any]):
    """A cursor that decodes JSON; the framework leaves it as text for its own fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adapters.register_loader("json", JsonLoader)
        self.adapters.register_loader("jsonb", JsonbLoader)


@overload
def rows(sql: str, **values: Any) -> list[Any]: ...
@overload
def rows[R](sql: str, into: Callable[..., R], **values: Any) -> list[R]: ...
def rows(sql: str, into: Any = None, **values: Any) -> list[Any]:
    """Return the query's rows, as named tuples or as `into(*columns)`. Lists become arrays.

    Raises OperationalError when the database is away. Cost: one round trip, planned once a connection.
    """
    connection.ensure_connection()
    for observe in observers:
        observe(sql)
    factory = args_row(into) if into is not None else namedtuple_row
    arrays = {
        name: list(value) if isinstance(value, tuple | set | frozenset) else value for name, value in values.items()
    }
    try:
        with Cursor(connection.connection, row_factory=factory) as cursor:
            return cursor.execute(sql, arrays, prepare=True).fetchall()
    except psycopg.Error as error:
        connection.errors_occurred = True
        kind = {psycopg.OperationalError: OperationalError, psycopg.InterfaceError: InterfaceError}.get(type(error))
        if isinstance(error, psycopg.OperationalError):
            kind = OperationalError
        raise (kind or DatabaseError)(*error.args) from error


def one(sql: str, **values: Any) -> Any:
    """Return the only row, or None."""
    found = rows(sql, **values)
    return found[0] if found else None
