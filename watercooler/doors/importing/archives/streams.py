"""Reading a packed tar from front to end, with bounds on what its headers can make anybody hold in memory."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Protocol

from watercooler.doors.importing.archives.bounds import Bounds

PIECE = 1 << 18
MOST_MEMORY = 256 << 20
LONGEST_HEADER = 4 << 20
"""All that stands before an entry may be long, as a path is; nobody's is longer than this."""
BLOCK = 512


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Xz:
    """An .xz, read with a bound on memory, which the library's own file does not offer."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._xz = lzma.LZMADecompressor(memlimit=MOST_MEMORY)

    def read(self, size: int) -> bytes:
        while True:
            if self._xz.eof:
                rest = (self._xz.unused_data or self._file.read(PIECE)).lstrip(b"\0")
                if not rest:
                    return b""
                self._xz = lzma.LZMADecompressor(memlimit=MOST_MEMORY)
                piece = self._xz.decompress(rest, size)
            else:
                fresh = self._file.read(PIECE) if self._xz.needs_input else b""
                if self._xz.needs_input and not fresh:
                    raise EOFError("it ends before its end mark")
                piece = self._xz.decompress(fresh, size)
            if piece:
                return piece


def opened(file: IO[bytes], kind: str) -> Readable:
    """Return what reads the bytes of a packed tar."""
    if kind == "gz":
        return gzip.GzipFile(fileobj=file)
    if kind == "bz2":
        return bz2.BZ2File(file)
    return _Xz(file) if kind == "xz" else file


class Forward:
    """A stream as `tarfile` wants a file: it can go forwards, and one byte back. Counts what comes out."""

    def __init__(self, source: Readable, bounds: Bounds) -> None:
        self._source, self._bounds = source, bounds
        self._at = 0
        self._header = 0
        self._is_inside = False
        self._last = b""
        self._is_back = False

    def read(self, size: int = -1) -> bytes:
        if size > LONGEST_HEADER or size < 0 or self._header > LONGEST_HEADER:
            raise self._bounds.refuse("has a header of several MB, as no honest archive does.")
        if size == 0:
            return b""
        found = bytearray()
        if self._is_back:
            found += self._last[-1:]
            self._at += 1
            self._is_back = False
        while len(found) < size:
            piece = self._source.read(size - len(found))
            if not piece:
                break
            self._at += len(piece)
            self._header += 0 if self._is_inside else len(piece)
            if self._at > self._bounds.limit() + self._bounds.files * 4 * BLOCK + LONGEST_HEADER:
                self._bounds.expect(self._at)
            found += piece
        self._last = (self._last + bytes(found))[-2 * BLOCK :]
        return bytes(found)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Read what an entry holds; all else is headers, which are kept in memory and may not be as long."""
        self._is_inside = True
        yield
        self._is_inside, self._header = False, 0

    def tell(self) -> int:
        return self._at

    def seek(self, to: int) -> int:
        if to == self._at - 1 and self._last and not self._is_back:
            self._at, self._is_back = to, True
        while self._at < to and self.read(min(to - self._at, PIECE)):
            pass
        return self._at

    def check_end(self) -> None:
        """Raise EOFError if the archive has no end mark, two blocks of nothing: what follows may be missing."""
        if len(self._last) < BLOCK or self._last[-BLOCK:].strip(b"\0"):
            raise EOFError("it ends before its end mark")
