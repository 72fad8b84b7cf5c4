"""The files of a forum, found by what they are called, read one at a time within bounds."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from watercooler.doors.importing.report import Broken

LARGEST = 64 << 20
"""A file larger than this is left out: a page of a topic holds 20 posts. In files of lines each line counts alone."""
# As people and programs save what /t/12.json?page=2 answers.
_NAME = re.compile(r"\.json(?:[?@&;][^/]*)?(?:\.gz)?\Z|\.(?:jsonl|ndjson|ldjson)(?:\.gz)?\Z", re.I)
_HOST = re.compile(r"/user_avatar/([\w-]+(?:\.[\w-]+)+)/")
ENOUGH = 20
"""How many files are asked where they come from."""
_LINES = re.compile(r"\.(?:jsonl|ndjson|ldjson)(?:\.gz)?\Z", re.I)


def found(folder: Path) -> list[Path]:
    """Return all files of a folder that hold JSON by their names, sorted. Links are passed over."""
    return sorted(
        path for path in folder.rglob("*") if _NAME.search(path.name) and path.is_file() and not path.is_symlink()
    )


def host(paths: Sequence[Path]) -> str:
    """Return the host that a forum had, as the addresses of its people's pictures name it, or ""."""
    hosts: Counter[str] = Counter()
    for path in paths[:: max(1, len(paths) // ENOUGH)]:
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
