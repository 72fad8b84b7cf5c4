"""The migrated database that each worker's own is copied from: migrating costs 9 s of processor, a copy 0.1 s."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection

REPOSITORY = Path(__file__).resolve().parents[1]
PREFIX = "watercooler_migrated_"
LOCK = 7_302_026
"""What processes that start at once agree on: one migrates, the others wait for it."""


def name() -> str:
    """Return the name of the database with all migrations applied, made now if these have not been applied before."""
    wanted = PREFIX + _digest()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        cursor.execute("select datname from pg_database where starts_with(datname, %s)", [PREFIX])
        there = {row[0] for row in cursor.fetchall()}
        if wanted not in there:
            for old in there:
                cursor.execute(f'drop database if exists "{old}"')
            half = PREFIX + "half"
            cursor.execute(f'create database "{half}"')
            with _connected_to(half):
                call_command("migrate", verbosity=0, interactive=False)
            cursor.execute(f'alter database "{half}" rename to "{wanted}"')
    return wanted


@contextmanager
def _connected_to(database: str) -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _digest() -> str:
    """Return what stands for all migrations, for the models that they end in, and for the libraries with theirs."""
    product = REPOSITORY / "watercooler"
    files = [*product.rglob("migrations/*.py"), *product.rglob("models*.py"), REPOSITORY / "requirements.lock"]
    found = hashlib.sha256()
    for file in sorted(files):
        found.update(f"{file.relative_to(REPOSITORY)}\0".encode() + file.read_bytes() + b"\0")
    return found.hexdigest()[:24]
