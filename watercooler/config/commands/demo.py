"""`bin/watercooler demo`: the same product, filled with an invented organisation, and four people to sign in as."""

from __future__ import annotations

import json
import shutil

from watercooler.config.commands.progress import say, step
from watercooler.config.commands.serve import demo_note, is_unfinished, make_folder, supervise
from watercooler.config.options import address, options
from watercooler.config.problems import CannotRun, require_known
from watercooler.config.supervisor import Supervisor
from watercooler.foundation.database import embedded


def run(arguments: list[str]) -> int:
    """Serve the demo until Ctrl-C or SIGTERM; with --fresh load it anew."""
    require_known("demo", arguments, ("--fresh",))
    make_folder()
    if "--fresh" in arguments or is_unfinished():
        start_afresh()
    if not (options.data_dir / "postgres").exists() and not options.database_url:
        demo_note().write_text(json.dumps({"is_finished": False, "sign_ins": []}))
    return supervise("--demo", str(demo_note()), ready=welcome)


def welcome() -> str:
    """Return where the demo is and who to be."""
    lines = ["", f"Watercooler is ready at {address(options)}", ""]
    if demo_note().exists():
        lines += ["Sign in as", *sign_in_lines(json.loads(demo_note().read_text())["sign_ins"]), ""]
    return "\n".join([*lines, "Stop it with Ctrl-C.", ""])


def sign_in_lines(people: list[list[str]]) -> list[str]:
    """Return one aligned line a person: role, name, handle, password."""
    widths = [max(len(person[column]) for person in people) for column in range(4)] if people else []
    return [
        "  " + "   ".join(f"{word:<{width}}" for word, width in zip(person, widths, strict=True)).rstrip()
        for person in people
    ]


def start_afresh() -> None:
    """Throw away a demo: its database and files. Raises CannotRun for anything that is not a demo, or runs."""
    if options.database_url:
        raise CannotRun("--fresh empties only the built-in database. Empty the one that DATABASE_URL names yourself.")
    has_database = (options.data_dir / "postgres").exists()
    if has_database and not demo_note().exists():
        raise CannotRun(
            f"{options.data_dir} holds something that is not the demo, so --fresh leaves it alone. "
            "Name another folder with --data."
        )
    holder = Supervisor(options, say=say)
    holder.lock()
    with step("Throwing away the old demo"):
        embedded.remove(options.data_dir)
        for folder in ("files", "mail", "arriving"):
            shutil.rmtree(options.data_dir / folder, ignore_errors=True)
        demo_note().unlink(missing_ok=True)
    holder.stop()
