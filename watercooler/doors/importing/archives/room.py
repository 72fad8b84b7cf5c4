"""Where archives are unpacked: a folder for each import, held by a lock that ends with its process."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def room(within: Path) -> Iterator[Path]:
    """Have an empty folder below `within` for as long as the block lasts. Nobody else can read it."""
    within.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(within, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_SH)  # so that nobody sweeps between the folder and its own lock
    try:
        folder = Path(tempfile.mkdtemp(prefix="import-", dir=within))
        held = os.open(folder, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
    finally:
        os.close(lock)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def sweep(within: Path) -> int:
    """Remove what killed imports left behind, and return how many folders that were."""
    if not within.is_dir():
        return 0
    lock = os.open(within, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return sum(_swept(folder) for folder in within.iterdir())
    finally:
        os.close(lock)


def _swept(folder: Path) -> bool:
    try:
        held = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
    except OSError:  # no folder of ours, or gone this moment with the import that had it
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        shutil.rmtree(folder, ignore_errors=True)
        return True
    finally:
        os.close(held)
