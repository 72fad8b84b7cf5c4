"""What keeps an installation from starting. Each carries a sentence for whoever typed the command."""


class CannotRun(Exception):
    """The installation cannot start. The message says why and what to do."""


class UnknownOption(CannotRun):
    """A setting is misspelt or has a value of the wrong type."""


class Misused(CannotRun):
    """The command line cannot be understood; the message says how it would be."""


def require_known(command: str, arguments: list[str], known: tuple[str, ...] = ()) -> None:
    """Raise Misused for what this command does not know: passed over in silence, it would seem to have been done."""
    for argument in arguments:
        if argument not in known:
            also = f" It takes {', '.join(known)}." if known else ""
            raise Misused(f"{command} knows no “{argument}”.{also} bin/watercooler --help says more.")
