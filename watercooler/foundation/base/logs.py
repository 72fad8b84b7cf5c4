"""Saying what goes on: a line that cannot be written is not worth the thread that wanted to say it."""

from __future__ import annotations

from contextlib import suppress

import structlog


class Said(structlog.PrintLogger):
    """Prints lines, and goes on where they cannot be: on a full disk, to a terminal that was closed."""

    def msg(self, message: str) -> None:
        with suppress(OSError):
            super().msg(message)

    log = debug = info = warn = warning = fatal = failure = err = error = critical = exception = msg


def say_on() -> None:
    """Let every logger say its lines so."""
    structlog.configure(logger_factory=lambda *_about: Said())
