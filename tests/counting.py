"""Counting queries: the framework's and the hot reads' together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from watercooler.foundation.database import hot


@contextmanager
def count() -> Iterator[list[str]]:
    """Collect the SQL of every query made inside the block, transaction control left out."""
    seen: list[str] = []

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(sql)
        return execute(sql, params, many, context)

    hot.observers.append(observe := seen.append)
    try:
        with connection.execute_wrapper(wrapper):
            yield seen
    finally:
        hot.observers.remove(observe)
