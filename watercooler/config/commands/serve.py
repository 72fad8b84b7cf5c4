"""`bin/watercooler serve`: the product for a real organisation, created on its first page."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from watercooler.config.commands import build
from watercooler.config.commands.progress import say
from watercooler.config.options import address, options, secret_key
from watercooler.config.problems import CannotRun, require_known
from watercooler.config.supervisor import Supervisor, run_module


def demo_note() -> Path:
    """Return the file that marks a folder as a demo's and holds its sign-ins."""
    return options.data_dir / "demo.json"


def make_folder() -> None:
    """Make the installation's folder. Raises CannotRun where that cannot be."""
    folder = options.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, "it may not be written")
    except OSError as error:
        raise CannotRun(f"The folder {folder} cannot be used ({error.strerror}). Name another with --data.") from None


def is_unfinished() -> bool:
    """Say whether a demo was begun here and its loading broken off."""
    return demo_note().exists() and not json.loads(demo_note().read_text())["is_finished"]


def leave_demo() -> None:
    """Keep a real organisation out of a folder whose next demo would throw it away. Raises CannotRun."""
    if not is_unfinished():
        return
    if (options.data_dir / "postgres").exists():
        raise CannotRun(
            f"A demo was begun in {options.data_dir} and never finished; the next demo throws away what lies there. "
            "Name another folder with --data."
        )
    demo_note().unlink()


def supervise(*prepare: str, ready: Callable[[], str]) -> int:
    """Build, then run the installation until it is stopped.

    `prepare` are arguments of the preparing process; `ready` gives the last words of the start.
    """
    build.ensure()
    make_folder()
    secret_key(options)

    def prepared(environment: Mapping[str, str]) -> None:
        if run_module(environment, "watercooler.config.commands.prepare", *prepare) != 0:
            raise CannotRun("The database could not be prepared. What went wrong is above; nothing was started.")

    supervisor = Supervisor(options, say=say, prepare=prepared, ready=lambda: say(ready()))
    supervisor.environment.update(os.environ)
    return supervisor.run()


def welcome() -> str:
    """Return where the installation answers."""
    return f"\nWatercooler is ready at {address(options)}\nStop it with Ctrl-C.\n"


def run(arguments: list[str]) -> int:
    """Serve until Ctrl-C or SIGTERM. Raises CannotRun in a folder that a demo would empty."""
    require_known("serve", arguments)
    leave_demo()
    if demo_note().exists():
        say("This folder holds the demo organisation. For your own, name another folder with --data.")
    return supervise(ready=welcome)
