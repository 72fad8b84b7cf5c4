"""What keeps an installation from starting. Each carries a sentence for whoever typed the command."""


class CannotRun(Exception):
    """The installation cannot start. The message says why and what to do."""


class UnknownOption(CannotRun):
    """A setting is misspelt or has a value of the wrong type."""


class Misused(CannotRun):
    """The command line cannot be understood; the message says how it would be."""
