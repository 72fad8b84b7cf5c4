"""Steps in words: what is going on, and how long it took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(sentence: str) -> None:
    """Print a sentence at once, also into a pipe."""
    print(sentence, flush=True)


class Note:
    """What a step says of itself: progress on the way and a result at the end."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.result = "done"

    def __call__(self, progress: str) -> None:
        """Show how far the step is, on a terminal only."""
        if sys.stdout.isatty():
            sys.stdout.write(f"\r\033[K{self.words} … {progress}")
            sys.stdout.flush()


@contextmanager
def step(words: str) -> Iterator[Note]:
    """Say that a step begins, and that it ended and after how long. An error ends the line and goes on up."""
    began = time.monotonic()
    note = Note(words)
    terminal = sys.stdout.isatty()
    sys.stdout.write(f"{words} …" if terminal else f"{words} …\n")
    sys.stdout.flush()
    try:
        yield note
    except BaseException:
        sys.stdout.write("\n" if terminal else "")
        raise
    start = f"\r\033[K{words}: " if terminal else "  "
    say(f"{start}{note.result} ({time.monotonic() - began:.1f} s)")
