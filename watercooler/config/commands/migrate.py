"""`bin/watercooler migrate`: brings the database up to date."""

from __future__ import annotations

from watercooler.config.commands.django import database
from watercooler.config.commands.progress import step


def count_missing() -> int:
    """Return how many migrations are still to be applied. Writes nothing. Cost: one query."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def bring_up_to_date() -> int:
    """Apply what is missing and return how many migrations that were. With none missing it costs one query."""
    from django.core.management import call_command

    missing = count_missing()
    if missing:
        call_command("migrate", verbosity=0, interactive=False)
    return missing


def run(arguments: list[str]) -> int:
    """Migrate, and say how much there was to do."""
    with database(), step("Bringing the database up to date") as note:
        import django

        django.setup()
        count = bring_up_to_date()
        note.result = f"{count} migrations applied" if count else "nothing to do"
    return 0
