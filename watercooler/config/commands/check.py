"""`bin/watercooler check`: says whether settings, database and tables are in order."""

from __future__ import annotations

from watercooler.config.commands.django import database, manage
from watercooler.config.commands.progress import say


def run(arguments: list[str]) -> int:
    """Run the framework's checks, connect to the database and look for missing migrations."""
    with database():
        if manage("check", "--database", "default"):
            return 1
        if manage("migrate", "--check", "--verbosity", "0"):
            say("The tables are older than the program. Run: bin/watercooler migrate")
            return 1
    say("Settings, database and tables are in order.")
    return 0
