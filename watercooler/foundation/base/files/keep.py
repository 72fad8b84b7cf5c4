"""Receiving files in pieces and keeping them on disc, outside the database, under names nobody can guess."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, TooLarge
from watercooler.foundation.base.files import captions, films, pictures
from watercooler.foundation.base.files.recognise import HEAD_BYTES, FileType, recognise, safe_name

_STORED = re.compile(r"[0-9a-f]{2}/[0-9a-f]{38}\Z")
SMALL = "-small"
ROOM_FOR_TEXT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A file on disc. stored: its unguessable name. name: what people call it. width, height: of pictures only."""

    stored: str
    name: str
    content_type: str
    size_bytes: int
    sha256: str
    width: int | None = None
    height: int | None = None


if TYPE_CHECKING:
    Uploaded = UploadedFile[bytes]
else:
    Uploaded = UploadedFile


class Incoming(Uploaded):
    """A file as it arrived, lying in MEDIA_ROOT/incoming until it is kept or thrown away."""

    def __init__(self, path: Path, name: str, size: int, is_too_large: bool) -> None:
        super().__init__(None, name, "", size)
        self.path = path
        self.is_too_large = is_too_large

    def close(self) -> None:
        self.path.unlink(missing_ok=True)


class ReceivedInPieces(FileUploadHandler):
    """Writes each file to disc as it comes, and stops writing, but not reading, where it grows past the limit."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        folder = _folder("incoming")
        self.path = folder / secrets.token_hex(16)
        self.file: IO[bytes] = open(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")  # noqa: SIM115
        self.is_too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > limit_bytes():
            self.is_too_large = True
        else:
            with self._or_removed():
                self.file.write(raw_data)

    def file_complete(self, file_size: int) -> Incoming:
        with self._or_removed():
            self.file.close()
        return Incoming(self.path, self.file_name or "", file_size, self.is_too_large)

    @contextmanager
    def _or_removed(self) -> Iterator[None]:
        """Leave no half of a file on a disk that is full: each further try would leave another."""
        try:
            yield
        except OSError:
            self.path.unlink(missing_ok=True)
            with suppress(OSError):  # what it still wanted to write
                self.file.close()
            raise

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
            self.path.unlink(missing_ok=True)


def limit_bytes() -> int:
    return int(settings.UPLOAD_LIMIT_MIB) * 1024 * 1024


def receive(request: HttpRequest, most_files: int = 10) -> None:
    """Make this request's files go to disc in pieces. Call it before anything reads request.POST or request.FILES.

    Raises TooLarge, without reading anything, for a body that says it is larger than so many files of the limit.
    """
    if request.content_type == "multipart/form-data":  # of any other form the fields may have been read before
        request.upload_handlers = [ReceivedInPieces(request)]
    if declared_bytes(request) > most_files * limit_bytes() + ROOM_FOR_TEXT:
        request._mark_post_parse_error()  # type: ignore[attr-defined]  # so that no handler of errors reads it either
        raise too_large()


def declared_bytes(request: HttpRequest) -> int:
    """Return how large the request says its body is; 0 where it does not say."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() and len(said) < 19 else 0


def too_large() -> TooLarge:
    return TooLarge(_("Files may be at most %(most)s MB.") % {"most": settings.UPLOAD_LIMIT_MIB}, field="file")


def copied_in(path: Path) -> Incoming:
    """Return a file of this machine as one that arrived. Raises TooLarge before anything is copied."""
    size = path.stat().st_size
    if size > limit_bytes():
        raise too_large()
    waiting = _folder("incoming") / secrets.token_hex(16)
    shutil.copyfile(path, waiting)
    waiting.chmod(0o600)
    return Incoming(waiting, path.name, size, is_too_large=False)


def keep(incoming: Incoming) -> Kept:
    """Take an arrived file into keeping: recognised by content, pictures and films made clean. Removes what arrived.

    Raises TooLarge past the limit, Invalid for an empty file or a broken picture.
    """
    try:
        if incoming.is_too_large:
            raise too_large()
        if not incoming.size:
            raise Invalid(_("This file is empty."), field="file")
        return _take_in(incoming.path, incoming.name or "")
    finally:
        incoming.close()


def _take_in(source: Path, name: str) -> Kept:
    with source.open("rb") as file:
        kind = recognise(file.read(HEAD_BYTES))
    stored = f"{secrets.token_hex(1)}/{secrets.token_hex(19)}"
    target = path_of(stored)
    _folder(target.parent.name)
    kept_as = pictures.becomes(kind)
    size: tuple[int, int] | tuple[None, None] = (None, None)
    if kind.is_picture:
        size = _clean_picture(source, target, kind)
    elif (kept_as := captions.becomes(kind, source)) is not kind:
        captions.rewrite(source, target)
    else:
        films.forget_place(source, kind)
        os.replace(source, target)
    target.chmod(0o600)
    if kept_as is not kind and name.lower().endswith(kind.extensions):
        name = name.rpartition(".")[0]
    return Kept(stored, safe_name(name, kept_as), kept_as.content_type, target.stat().st_size, _sha256(target), *size)


def _clean_picture(source: Path, target: Path, kind: FileType) -> tuple[int, int]:
    try:
        shown = pictures.clean(source, target, kind)
    except Exception:
        target.unlink(missing_ok=True)
        raise
    return shown.width, shown.height


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folder(name: str) -> Path:
    folder = Path(settings.MEDIA_ROOT) / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def path_of(stored: str, small: bool = False) -> Path:
    """Return where a kept file lies. Raises ValueError for a name we did not make."""
    if not _STORED.match(stored):
        raise ValueError(f"{stored!r} is not the name of a kept file.")
    return Path(settings.MEDIA_ROOT) / f"{stored}{SMALL if small else ''}"


def make_small(stored: str) -> bool:
    """Write the small picture beside the kept one. Returns False if that is small already."""
    waiting = path_of(stored).with_suffix(".part")
    if not pictures.make_small(path_of(stored), waiting):
        return False
    waiting.chmod(0o600)
    os.replace(waiting, path_of(stored, small=True))
    return True


def throw_away(stored: str) -> None:
    """Remove a kept file and its small picture from the disc."""
    path_of(stored).unlink(missing_ok=True)
    path_of(stored, small=True).unlink(missing_ok=True)


def folders() -> Iterator[dict[str, float]]:
    """Yield, folder by folder, every file in keeping (small ones and halves too) → when it last came or changed.

    When it came here, not when it was made: a backup that is brought back keeps the times of its files. Cost: a stat
    for each file.
    """
    for folder in sorted(Path(settings.MEDIA_ROOT).glob("[0-9a-f][0-9a-f]")):
        there: dict[str, float] = {}
        for entry in os.scandir(folder):
            name = f"{folder.name}/{entry.name}"
            with suppress(FileNotFoundError):
                if _STORED.match(of_kept(name)):
                    there[name] = max(entry.stat().st_ctime, entry.stat().st_mtime)
        yield there


def of_kept(name: str) -> str:
    """Return the name of the kept file that a small one, or a half of one, belongs to."""
    return name.removesuffix(SMALL).removesuffix(".part")


def sweep_incoming(older_than_seconds: int = 86_400) -> int:
    """Remove what arrived and was never kept, because a process died in between. Returns how many files."""
    before = time.time() - older_than_seconds
    old = [path for path in _folder("incoming").iterdir() if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


__all__ = ["FileType", "Incoming", "Kept", "keep", "make_small", "path_of", "receive", "sweep_incoming", "throw_away"]
