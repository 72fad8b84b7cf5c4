"""Run by the supervisor before anything serves: migrates, and loads the demo organisation when asked to.

A process of its own, so that the supervisor never loads the framework and stays small.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from watercooler.config.commands.progress import say, step
from watercooler.config.options import address, options


def load_demo(note_in: Path) -> None:
    """Fill an empty database with the demo organisation, and write its sign-ins into `note_in`.

    The note says first that the demo is unfinished, so that a start that was broken off is not taken for a demo.
    """
    from django.contrib.auth import get_user_model

    load = import_module("watercooler.demo.load")
    if not get_user_model()._default_manager.exists():
        note_in.write_text(json.dumps({"is_finished": False, "sign_ins": []}))
        with step("Loading the demo organisation") as note:
            load.load(note)
    elif not note_in.exists():
        say("This folder holds people already, so the demo organisation was not loaded. Name another with --data.")
        return
    sign_ins = [list(sign_in) for sign_in in load.sign_ins()]
    note_in.write_text(json.dumps({"is_finished": True, "sign_ins": sign_ins}))


def _tidy_up() -> None:
    """Remove what an import left behind that was killed while it unpacked an archive."""
    from watercooler.config.commands.importing import UNPACKING
    from watercooler.doors.importing.archives import sweep

    sweep(UNPACKING)


def _answered(bring: Callable[[], int]) -> int:
    """Bring the database up to date; one that cannot be reached, or is too old, is said in a sentence."""
    from django.db import NotSupportedError, OperationalError, connection

    try:
        connection.ensure_connection()
    except (OperationalError, NotSupportedError) as error:
        where = connection.settings_dict
        place = f"{where['NAME']} at {where['HOST'] or 'this machine'}{':' if where['PORT'] else ''}{where['PORT']}"
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        sys.exit(f"The database {place} cannot be used: {reason}. Look at DATABASE_URL and whether it runs.")
    return bring()


def main(arguments: list[str]) -> None:
    """Migrate; with --demo FILE load the demo organisation as well."""
    import django

    from watercooler.config.commands.migrate import bring_up_to_date

    with step("Bringing the database up to date") as note:
        django.setup()
        count = _answered(bring_up_to_date)
        _tidy_up()
        note.result = f"{count} migrations applied" if count else "nothing to do"
    if arguments[:1] == ["--demo"]:
        load_demo(Path(arguments[1]))
    else:
        _tell_the_first_link()


def _tell_the_first_link() -> None:
    """Say where an empty installation is founded from another machine."""
    from watercooler.doors.signin.first_run import setup_key
    from watercooler.spine.people.models import Organisation

    if not Organisation.objects.exists():
        say(f"\nFound your organisation at {address(options)}/welcome?key={setup_key()}")
        say("On this machine the address alone is enough; from elsewhere the key is asked for, once.")


if __name__ == "__main__":
    main(sys.argv[1:])
