"""`bin/watercooler serve`: the product for a real organisation, created on its first page."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from watercooler.config.commands import build
from watercooler.config.commands.progress import say
from watercooler.config.options import address, options, secret_key
from watercooler.config.problems import CannotRun
from watercooler.config.supervisor import Supervisor, run_module


def demo_note() -> Path:
    """Return the file that marks a folder as a demo's and holds its sign-ins."""
    return options.data_dir / "demo.json"


def supervise(*prepare: str, ready: Callable[[], str]) -> int:
    """Build, then run the installation until it is stopped.

    `prepare` are arguments of the preparing process; `ready` gives the last words of the start.
    """
    build.ensure()
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
    """Serve until Ctrl-C or SIGTERM."""
    if demo_note().exists():
        say("This folder holds the demo organisation. For your own, name another folder with --data.")
    return supervise(ready=welcome)
