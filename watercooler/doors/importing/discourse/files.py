"""The files of a forum, found by what they are called, read one at a time within bounds."""

from __future__ import annotations

import gzip
import json
import os
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from watercooler.doors.importing.report import Broken
from watercooler.doors.importing.shelf import Sorted

LARGEST = 64 << 20
"""A file larger than this is left out: a page of a topic holds 20 posts. In files of lines each line counts alone."""
# As people and programs save what /t/12.json?page=2 answers.
_NAME = re.compile(r"\.json(?:[?@&;][^/]*)?(?:\.gz)?\Z|\.(?:jsonl|ndjson|ldjson)(?:\.gz)?\Z", re.I)
_HOST = re.compile(r"/user_avatar/([\w-]+(?:\.[\w-]+)+)/")
ENOUGH = 20
"""How many files are asked where they come from."""
_LINES = re.compile(r"\.(?:jsonl|ndjson|ldjson)(?:\.gz)?\Z", re.I)


class Paths:
    """The files of a folder that hold JSON by their names, sorted. Links are passed over. Memory: 2 MB, for any."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.fsencode(folder)
        # A folder's files come in their order among its folders, as paths compare: part by part.
        self._within = Sorted(path[len(self._folder) + 1 :].replace(b"/", b"\0") for path in _files(self._folder))

    def __iter__(self) -> Iterator[Path]:
        for path in self._within:
            yield Path(os.fsdecode(os.path.join(self._folder, path.replace(b"\0", b"/"))))

    def __len__(self) -> int:
        return len(self._within)


def _files(folder: bytes) -> Iterator[bytes]:
    """Yield the path of each, in no order. Folders that nobody may read are passed over."""
    waiting = [folder]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif _NAME.search(os.fsdecode(entry.name)) and entry.is_file(follow_symlinks=False):
                    yield entry.path


def host(paths: Paths) -> str:
    """Return the host that a forum had, as the addresses of its people's pictures name it, or ""."""
    hosts: Counter[str] = Counter()
    for path in islice(paths, 0, None, max(1, len(paths) // ENOUGH)):
        with suppress(Broken):
            for said in islice(read(path), ENOUGH):
                hosts.update(_HOST.findall(json.dumps(said)))
    return max(sorted(hosts), key=hosts.__getitem__, default="").lower()


def read(path: Path) -> Iterator[Any]:
    """Yield what a file says: one value, or one a line. Raises Broken. Memory: one file, or one line."""
    try:
        if not _LINES.search(path.name):
            yield _parsed(path, _whole(path), 0)
            return
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as lines:
            number = 0
            while line := lines.readline(LARGEST):
                number += 1
                if len(line) >= LARGEST:
                    raise Broken(path.name, f"holds a line longer than {LARGEST >> 20} MB.", number)
                if line.strip():
                    yield _parsed(path, line, number)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise Broken(path.name, "is damaged or cut off.") from None


def _whole(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise Broken(path.name, f"is larger than {LARGEST >> 20} MB.")
    if path.suffix.lower() != ".gz":
        return path.read_bytes()
    with gzip.open(path) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Broken(path.name, f"is larger than {LARGEST >> 20} MB.")
    return data


def _parsed(path: Path, data: bytes, line: int) -> Any:
    try:
        return json.loads(data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"))
    except json.JSONDecodeError as error:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
            raise Broken(path.name, "is a page of HTML, as servers answer instead of a topic.", line) from None
        raise Broken(path.name, "is not whole JSON.", line or error.lineno) from None
    except UnicodeDecodeError as error:
        at = line or data[: error.start].count(b"\n") + 1
        raise Broken(path.name, "holds bytes that are not UTF-8.", at) from None
    except (RecursionError, ValueError):
        raise Broken(path.name, "is nested too deeply, or holds a number nobody can read.") from None
