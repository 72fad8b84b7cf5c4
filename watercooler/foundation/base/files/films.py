"""Films from phones made safe to pass on: where and with what they were taken goes, nothing is decoded or moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from watercooler.foundation.base.files.recognise import M4A, MP4, QUICKTIME, FileType

CLEANED = frozenset({MP4, M4A, QUICKTIME})
_HOLD_OTHERS = frozenset({b"moov", b"trak"})
_TELL = frozenset({b"udta", b"meta", b"uuid"})
"""Boxes that say something about a film and are no part of it: titles, device, place, Adobe's XMP."""
_DEEPEST = 8
_MOST_BOXES = 20_000
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Box:
    """Where a box lies in its file, in bytes: its type's four letters, its contents, its end."""

    kind: bytes
    kind_at: int
    starts: int
    ends: int


def forget_place(path: Path, kind: FileType) -> None:
    """Blank what an MP4 or QuickTime file tells beside picture and sound, in place; other files stay as they are.

    Boxes become "free" and keep their size, so nothing that points into the file has to change. A file that is cut or
    nested past reason is left from there on. Source: ISO/IEC 14496-12, sections 4.2 and 8.1; QuickTime File Format.
    Cost: a few small reads, however long the film is.
    """
    if kind not in CLEANED:
        return
    with path.open("r+b") as film:
        size = film.seek(0, 2)
        for box in [box for box in _boxes(film, 0, size, _DEEPEST) if box.kind in _TELL]:
            film.seek(box.kind_at)
            film.write(b"free")
            _blank(film, box.starts, box.ends)


def _boxes(film: IO[bytes], at: int, end: int, deepest: int) -> Iterator[Box]:
    """Yield the boxes between two places, and those within the ones that hold others."""
    for _count in range(_MOST_BOXES):
        box = _box(film, at, end)
        if box is None:
            return
        yield box
        if box.kind in _HOLD_OTHERS and deepest:
            yield from _boxes(film, box.starts, box.ends, deepest - 1)
        at = box.ends


def _box(film: IO[bytes], at: int, end: int) -> Box | None:
    """Return the box that begins here; None where none does, or where it says it is longer than there is."""
    film.seek(at)
    head = film.read(16)
    if at + 8 > end or len(head) < 8:
        return None
    size, starts = int.from_bytes(head[:4]), at + 8
    if size == 1:
        size, starts = int.from_bytes(head[8:16]), at + 16
    elif size == 0:
        size = end - at
    if at + size > end or at + size < starts:
        return None
    return Box(head[4:8], at + 4, starts, at + size)


def _blank(film: IO[bytes], start: int, end: int) -> None:
    film.seek(start)
    while start < end:
        start += film.write(bytes(min(_PIECE, end - start)))
