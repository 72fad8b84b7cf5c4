"""Reads the command line, sets what every command knows (--data, --port, --host), and runs the command."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from importlib import import_module
from pathlib import Path

from watercooler.config.problems import CannotRun, Misused

COMMANDS = ("demo", "serve", "import", "export", "evaluate", "options", "migrate", "check", "build", "django")
MODULES = {"import": "import_"}
"""Where a command's module cannot bear the word itself."""

EVERYWHERE = {"--data": "WATERCOOLER_DATA_DIR", "--port": "WATERCOOLER_PORT", "--host": "WATERCOOLER_HOST"}

AGAIN = "Nothing is there by halves: start the same command again when the database answers."


def take_options(arguments: list[str], environment: MutableMapping[str, str]) -> list[str]:
    """Move --data, --port and --host from the arguments into the environment, and return the other arguments."""
    others: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name not in EVERYWHERE:
            others.append(argument)
            continue
        value = value if equals else next(rest, "")
        if not value or value.startswith("--"):
            raise Misused(f"{name} needs a value, for example {name} {'8080' if name == '--port' else '…'}.")
        environment[EVERYWHERE[name]] = str(Path(value).expanduser().absolute()) if name == "--data" else value
    return others


def name_flags(arguments: list[str], origins: MutableMapping[str, str]) -> None:
    """Name --data and the like as the origin of what they gave, and not the variable they were put into."""
    for flag in {argument.partition("=")[0] for argument in arguments} & EVERYWHERE.keys():
        origins[EVERYWHERE[flag].removeprefix("WATERCOOLER_").lower()] = flag


def _is_database_away(error: Exception) -> bool:
    """Say whether it is the database's; its modules are loaded by commands that speak to it, and by no others."""
    loaded = [sys.modules.get(name) for name in ("psycopg", "django.db.utils")]
    kinds = [getattr(module, name) for module in loaded if module for name in ("OperationalError", "InterfaceError")]
    return isinstance(error, tuple(kinds))


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code. What keeps it from running is said in a sentence."""
    from watercooler.foundation.database.account import NoAccount
    from watercooler.foundation.database.embedded import CannotStart

    try:
        command, *others = take_options(arguments, os.environ) or [""]
        if command not in COMMANDS:
            raise Misused(f"There is no command “{command}”. bin/watercooler --help lists them.")
        # Imported only now: the options are read from the environment once, when their module is imported.
        name_flags(arguments, import_module("watercooler.config.options").origins)
        return int(import_module(f"watercooler.config.commands.{MODULES.get(command, command)}").run(others))
    except (CannotRun, CannotStart, NoAccount) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever reads along, as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if not _is_database_away(error):
            raise
        said = str(error).strip().splitlines() or [type(error).__name__]
        print(f"\nThe database cannot go on: {said[0]}\n{AGAIN}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watercooler.config.settings")
    sys.exit(main(sys.argv[1:]))
