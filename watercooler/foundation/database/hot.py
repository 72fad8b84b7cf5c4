"""Prepared queries for hot reads, on the thread's own connection, as plain rows.

The framework's cursors bind on the client and never prepare (4.8 ms where a prepared query takes 0.86 ms). Hot reads
run on the same connection, in the same transaction, and no second pool exists. They speak to the driver's `pq` layer:
of the 0.6 ms that a page spent outside the database on its two queries, cursors were half.
"""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from typing import Any, overload
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from django.db.utils import DatabaseError, InterfaceError, OperationalError
from psycopg.adapt import AdaptersMap, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.types.json import JsonbLoader, JsonLoader

observers: list[Callable[[str], None]] = []
"""Called with the SQL of each hot read; tests count queries here."""

_prepared: WeakKeyDictionary[psycopg.Connection[Any], Statements] = WeakKeyDictionary()
OLD_PLAN = "0A000"
"""What PostgreSQL says when a table has changed under a prepared statement."""


class Statements:
    """What one connection has prepared, and how it reads values: JSON decoded, which the framework leaves as text."""

    def __init__(self, opened: psycopg.Connection[Any]) -> None:
        self.names: dict[tuple[bytes, tuple[int, ...]], bytes] = {}
        self._readers: dict[bytes, Any] = {}
        self.adapters = AdaptersMap(opened.adapters)
        self.adapters.register_loader("json", JsonLoader)
        self.adapters.register_loader("jsonb", JsonbLoader)
        self.context = _Context(opened, self.adapters)

    def name(self, opened: psycopg.Connection[Any], sql: bytes, oids: tuple[int, ...]) -> bytes:
        """Return the name of a prepared statement, preparing it the first time. Raises the driver's errors."""
        name = self.names.get((sql, oids))
        if name is None:
            name = b"hot_%d" % len(self.names)
            answer = opened.pgconn.prepare(name, sql, oids)
            if answer.status != ExecStatus.COMMAND_OK:
                raise error_from_result(answer, opened.info.encoding)
            self.names[sql, oids] = name
        return name

    def read(self, name: bytes, answer: Any, make: Callable[[Any], Any]) -> list[Any]:
        """Return the answer's rows. How a statement's columns are read is found out once: it was 30 µs a page."""
        reader = self._readers.get(name)
        is_new = reader is None
        if reader is None:
            reader = self._readers[name] = Transformer(self.context)
        reader.set_pgresult(answer, set_loaders=is_new)
        try:
            return reader.load_rows(0, answer.ntuples, make)
        finally:
            reader.set_pgresult(None, set_loaders=False)  # or the last answer stays in memory


class _Context:
    """Where the driver looks for adapters and the connection's time zone and encoding."""

    def __init__(self, opened: psycopg.Connection[Any], adapters: AdaptersMap) -> None:
        self.connection = opened
        self.adapters = adapters


@lru_cache(maxsize=1000)
def _numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the SQL with $1, $2 … for %(name)s, and the names in this order."""
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        return f"${names.setdefault(found[1], len(names) + 1)}"

    return re.sub(r"%%|%\((\w+)\)s", number, sql).encode(), tuple(names)


BOOL, INT8, TIMESTAMPTZ, DATE, INFERRED = 16, 20, 1184, 1082, 0
"""Types named to the server. One size of integer: a statement is prepared once for each combination of types."""


def _sent(value: Any) -> tuple[int, bytes | None]:
    """Return a value's type and its text. Lists take the type of what they are compared with."""
    kind = type(value)  # asked for first: a page sends some forty values, nearly all of them of these
    if kind is str and "\0" not in value:
        return INFERRED, value.encode()
    if kind is int:
        return INT8, b"%d" % value
    if kind is list:
        return INFERRED, _array(value)
    if value is None:
        return INFERRED, None
    if isinstance(value, bool):
        return BOOL, b"t" if value else b"f"
    if isinstance(value, int):
        return INT8, b"%d" % value
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("PostgreSQL text cannot contain NUL (0x00) bytes")
        return INFERRED, value.encode()
    if isinstance(value, list | tuple | set | frozenset):
        return INFERRED, _array(value)
    if isinstance(value, date):  # a datetime is one
        return TIMESTAMPTZ if hasattr(value, "hour") else DATE, value.isoformat().encode()
    return INFERRED, _sent(str(value))[1]


def _array(values: Any) -> bytes:
    kinds = set(map(type, values))
    if kinds <= {int}:
        return ("{" + ",".join(map(str, values)) + "}").encode()
    if kinds == {str}:
        whole = '","'.join([value.replace("\\", "\\\\").replace('"', '\\"') for value in values])
        return _sent('{"' + whole + '"}')[1] or b""
    texts = (_sent(value)[1] for value in values)
    quoted = (b"NULL" if t is None else b'"' + t.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"' for t in texts)
    return b"{" + b",".join(quoted) + b"}"


@overload
def rows(sql: str, **values: Any) -> list[Any]: ...
@overload
def rows[R](sql: str, into: Callable[..., R], **values: Any) -> list[R]: ...
def rows(sql: str, into: Any = None, **values: Any) -> list[Any]:
    """Return the query's rows, as named tuples or as `into(*columns)`. Lists become arrays. A write returns what it
    says it returns: projections prepare theirs too, for planning them costs more than a small batch.

    Raises OperationalError when the database is away, ValueError for text with a NUL. Cost: one round trip, planned
    once a connection, and some 40 µs of processor in the application.
    """
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    for observe in observers:
        observe(sql)
    numbered, names = _numbered(sql)
    sent = [_sent(values[name]) for name in names]
    try:
        return _read(connection.connection, numbered, sent, into)
    except psycopg.Error as error:
        connection.errors_occurred = True
        is_away = connection.connection.pgconn.status == ConnStatus.BAD
        raise _as_the_framework_says(error, is_away) from error


def _as_the_framework_says(error: psycopg.Error, is_away: bool) -> DatabaseError | InterfaceError:
    """Of a server that was killed the driver has no code to tell its error by, only a connection that has ended."""
    if is_away or isinstance(error, psycopg.OperationalError):
        return OperationalError(*error.args)
    return InterfaceError(*error.args) if isinstance(error, psycopg.InterfaceError) else DatabaseError(*error.args)


def _read(
    opened: psycopg.Connection[Any], sql: bytes, sent: list[tuple[int, bytes | None]], into: Any, again: bool = True
) -> list[Any]:
    pgconn = opened.pgconn
    if pgconn.transaction_status == TransactionStatus.IDLE and not opened.autocommit:
        pgconn.exec_(b"BEGIN")  # the transaction that the framework asked for, which the driver opens by its cursors
    statements = _prepared.get(opened)
    if statements is None:
        statements = _prepared[opened] = Statements(opened)
    name = statements.name(opened, sql, tuple([oid for oid, _value in sent]))
    answer = pgconn.exec_prepared(name, [value for _oid, value in sent])  # type: ignore[misc]
    if answer.status == ExecStatus.COMMAND_OK:
        return []
    if answer.status == ExecStatus.TUPLES_OK:
        return statements.read(name, answer, _maker(answer, into))
    error = error_from_result(answer, opened.info.encoding)
    if again and error.sqlstate == OLD_PLAN and pgconn.transaction_status == TransactionStatus.IDLE:
        statements.names.clear()  # the old ones stay until the connection ends; their names are not used again
        del _prepared[opened]
        opened.execute("deallocate all")
        return _read(opened, sql, sent, into, again=False)
    raise error


def _maker(answer: Any, into: Any) -> Callable[[Any], Any]:
    if into is None:
        into = _named(tuple([(answer.fname(i) or b"").decode() for i in range(answer.nfields)]))
    if isinstance(into, type) and issubclass(into, tuple):
        return partial(tuple.__new__, into)
    return lambda row: into(*row)


@lru_cache(maxsize=500)
def _named(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names, rename=True)


def one(sql: str, **values: Any) -> Any:
    """Return the only row, or None."""
    found = rows(sql, **values)
    return found[0] if found else None
