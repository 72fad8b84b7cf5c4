"""`bin/watercooler export FILE`: everything there is, in one file that another installation can load."""

from __future__ import annotations

import time
from pathlib import Path

from watercooler.config.commands.django import database
from watercooler.config.commands.progress import say, step
from watercooler.config.problems import CannotRun, Misused


def run(arguments: list[str]) -> int:
    """Write the export. Raises Misused without a file's name, CannotRun where one is in the way."""
    names = [argument for argument in arguments if not argument.startswith("-")]
    if len(names) != 1 or len(names) != len(arguments):
        raise Misused("Say into which file: bin/watercooler export everything.zip")
    target = Path(names[0]).expanduser().absolute()
    if target.exists():
        raise CannotRun(f"{target} is there already. Name another file.")
    if not target.parent.is_dir():
        raise CannotRun(f"There is no folder {target.parent}.")
    with database():
        import django

        django.setup()
        from watercooler.doors.exporting.models import Scope
        from watercooler.doors.exporting.scopes import everything
        from watercooler.doors.exporting.write import write

        began = time.monotonic()
        with step(f"Exporting everything to {target.name}") as note:
            counts = write(everything(), target, Scope.EVERYTHING, note)
            note.result = f"{sum(counts.values()):,} rows, {target.stat().st_size / 1024 / 1024:,.1f} MB"
        rate = sum(counts.values()) / max(time.monotonic() - began, 0.001)
        for name, count in counts.items():
            say(f"  {name:<28}{count:>12,}")
        say(
            f"{rate:,.0f} rows a second. No passwords and no sessions are in it; keep it as safely as the house itself."
        )
    return 0
