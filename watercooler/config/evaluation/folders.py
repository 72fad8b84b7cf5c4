"""The folders that a command line names, or what lies packed in archives of them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from watercooler.config.problems import CannotRun, Misused


def opened(words: Sequence[str], needs: ExitStack) -> list[Path]:
    """Return each word's folder; an archive is unpacked until `needs` ends. Raises Misused for what is neither."""
    from watercooler.doors.importing.archives.unpack import is_archive, unpacked
    from watercooler.doors.importing.report import Broken

    found = []
    for path in map(Path, words):
        if not path.is_dir() and not is_archive(path):
            said = "holds no archive that can be unpacked" if path.is_file() else "is not there"
            raise Misused(f"{path} {said}. Name folders, or archives of folders.")
        try:
            if path.is_file():
                within = needs.enter_context(tempfile.TemporaryDirectory(prefix="watercooler-evaluate-"))
                path = needs.enter_context(unpacked(path, Path(within)))
            found.append(path)
        except Broken as broken:
            raise CannotRun(str(broken)) from broken
    return found
