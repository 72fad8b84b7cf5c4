"""Prepared queries for hot reads, on the thread's own connection, as plain rows.

The framework's cursors bind on the client and never prepare (4.8 ms where a prepared query takes 0.86 ms), so hot
reads open a server-side cursor on the same connection: same transaction, same isolation, no second pool.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, overload

import psycopg
from django.db import connection
from django.db.utils import DatabaseError, InterfaceError, OperationalError
from psycopg.rows import args_row, namedtuple_row
from psycopg.types.json import JsonbLoader, JsonLoader
from psycopg.types.numeric import Int8Dumper

observers: list[Callable[[str], None]] = []
"""Called with the SQL of each hot read; tests count queries here."""


class Cursor(psycopg.RawCursor[Any]):
    """A cursor that decodes JSON, which the framework leaves as text for its own fields, and sends one size of integer.

    The driver sends each integer in the smallest type that holds it, and a statement is prepared once for each
    combination of types: a page's query was planned again for every new range of ids.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adapters.register_dumper(int, Int8Dumper)
        self.adapters.register_loader("json", JsonLoader)
        self.adapters.register_loader("jsonb", JsonbLoader)


@lru_cache(maxsize=1000)
def _numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the SQL with $1, $2 … for %(name)s, and the names in this order.

    The driver reads every query longer than 4 KB anew on each call: half a millisecond for Home.
    """
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        return f"${names.setdefault(found[1], len(names) + 1)}"

    return re.sub(r"%%|%\((\w+)\)s", number, sql).encode(), tuple(names)


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
            numbered, names = _numbered(sql)
            return cursor.execute(numbered, [arrays[name] for name in names], prepare=True).fetchall()
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
