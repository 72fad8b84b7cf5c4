"""`bin/watercooler django …`: any management command of the framework, on the installation's own database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from watercooler.config.options import options
from watercooler.foundation.database import embedded


@contextmanager
def database() -> Iterator[None]:
    """Have the database running and named in the environment for as long as the block lasts."""
    if options.database_url:
        yield
        return
    with embedded.running(options.data_dir) as url:
        os.environ["DATABASE_URL"] = url
        yield


def manage(*arguments: str) -> int:
    """Run a management command in this process and return its exit code."""
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["bin/watercooler django", *arguments])
    except SystemExit as end:
        return int(end.code or 0) if not isinstance(end.code, str) else 1
    return 0


def run(arguments: list[str]) -> int:
    """Run the command that the arguments name."""
    with database():
        return manage(*arguments)
