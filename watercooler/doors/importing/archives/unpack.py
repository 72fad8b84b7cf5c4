"""Unpacking: .zip, .tar with its packed forms, .7z. Told apart by how they begin, not by what they are called."""

from __future__ import annotations

import gzip
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watercooler.doors.importing.archives.bounds import GB, Bounds
from watercooler.doors.importing.archives.room import room, sweep
from watercooler.doors.importing.archives.streams import Forward, opened
from watercooler.doors.importing.report import Broken

BEGINNINGS = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\x1f\x8b": "gz",
    b"\xfd7zXZ\x00": "xz",
    b"BZh": "bz2",
    b"7z\xbc\xaf\x27\x1c": "7z",
}
_ENDINGS = (".tar.gz", ".tar.xz", ".tar.bz2", ".tgz", ".txz", ".tbz2", ".tbz", ".tar", ".zip", ".7z")
_DAMAGED = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, gzip.BadGzipFile,
            RecursionError)  # fmt: skip  # headers of headers of headers
_OF_DOCUMENTS = {"[Content_Types].xml", "mimetype"}
"""What lies in every office document. Such a file is a ZIP too, but who names one means the document."""
LONGEST_DICTIONARY = 512 << 20
OTHERWISE = "Unpack it yourself, for example with “7z x {name} -ounpacked”, and name the folder."


def kind_of(path: Path) -> str:
    """Return what kind of archive a file is, by its first bytes: "zip", "7z", "tar", "gz", "xz", "bz2", or ""."""
    with path.open("rb") as file:
        head = file.read(512)
    kind = next((kind for mark, kind in BEGINNINGS.items() if head.startswith(mark)), "")
    return kind or ("tar" if head[257:262] == b"ustar" else "")


def is_archive(path: Path) -> bool:
    """Say whether this is a file that `unpacked` unpacks."""
    return path.is_file() and bool(kind := kind_of(path)) and not (kind == "zip" and _is_document(path))


def _is_document(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return not _OF_DOCUMENTS.isdisjoint(archive.namelist())
    except zipfile.BadZipFile:
        return False


@contextmanager
def unpacked(path: Path, within: Path, most_gb: float = 0) -> Iterator[Path]:
    """Yield the folder that an archive holds, for as long as the block lasts; anything else as it is.

    within: where it is unpacked; what killed imports left there is removed first. most_gb: how much may come out,
    instead of the ordinary bounds. If everything in the archive lies in one folder, it is that one.
    Raises Broken with a sentence, and leaves nothing behind. Memory: some MB, whatever the size; a .7z up to 200.
    """
    sweep(within)
    if not is_archive(path):
        yield path
        return
    with room(within) as own:
        target = own / _stem(path)
        target.mkdir()
        _unpack(path, Bounds(path.name, path.stat().st_size, target, int(most_gb * GB)))
        yield _inner(target)


@contextmanager
def repacked(path: Path, within: Path, most_gb: float = 0) -> Iterator[Path]:
    """Yield a ZIP of what a folder or any other archive holds; a ZIP as it is. Raises Broken."""
    if path.is_file() and kind_of(path) in ("zip", ""):
        yield path
        return
    with unpacked(path, within, most_gb) as folder, room(within) as own:
        if not folder.is_dir():
            raise Broken(str(path), "is not there.")
        together = own / f"{folder.name}.zip"
        with zipfile.ZipFile(together, "w", zipfile.ZIP_STORED) as archive:
            for file in sorted(folder.rglob("*")):
                if file.is_symlink():
                    raise Broken(path.name, f"holds the link “{file.name}”, which could lead anywhere.")
                if file.is_file():
                    archive.write(file, file.relative_to(folder).as_posix())
        yield together


def _stem(path: Path) -> str:
    name = path.name
    ending = next((each for each in _ENDINGS if name.lower().endswith(each)), path.suffix)
    return name[: len(name) - len(ending)].strip(".") or "archive"


def _inner(target: Path) -> Path:
    here = list(target.iterdir())
    return here[0] if len(here) == 1 and here[0].is_dir() else target


def _unpack(path: Path, bounds: Bounds) -> None:
    kind = kind_of(path)
    unpack: Callable[[Path, Bounds], None] = {"zip": _zip, "7z": _seven}.get(kind) or _tar
    try:
        unpack(path, bounds)
    except _DAMAGED as error:
        raise bounds.refuse(f"is damaged or cut off: {_why(error)}.") from None
    except NotImplementedError:  # how the library for .zip says that it does not know the method
        raise _unknown(bounds) from None
    except OSError as error:
        if isinstance(error, FileExistsError):
            raise bounds.refuse("holds a file and a folder of one name.") from None
        if error.errno is None:  # how the library for .bz2 says that bytes make no sense
            raise bounds.refuse("is damaged or cut off: its bytes make no sense.") from None
        raise bounds.refuse(f"could not be unpacked: {os.strerror(error.errno)}.") from None
    if not any(bounds.target.iterdir()):
        raise bounds.refuse("is empty.")


def _unknown(bounds: Bounds) -> Broken:
    return bounds.refuse(f"is packed in a way nobody here can read. {OTHERWISE.format(name=bounds.archive)}")


def _why(error: Exception) -> str:
    said = str(error).strip(" .") or "it ends too soon"
    return "it ends too soon" if "end" in said.lower() and "data" in said.lower() else said[:120]


def _zip(path: Path, bounds: Bounds) -> None:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        bounds.expect(sum(entry.file_size for entry in entries))
        for entry in entries:
            kind = stat.S_IFMT(entry.external_attr >> 16)
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise bounds.refuse(f"holds “{entry.filename[:80]}”, a link or a device. Only files are taken.")
            if entry.flag_bits & 1:
                raise bounds.refuse("is locked with a password. Unpack it yourself and name the folder.")
            place = bounds.place(entry.filename, is_folder=entry.is_dir())
            if place is None:
                continue
            if entry.is_dir():
                place.mkdir(parents=True, exist_ok=True)
                continue
            with archive.open(entry) as source:
                bounds.copy(source, place)


def _tar(path: Path, bounds: Bounds) -> None:
    with path.open("rb") as file:
        stream = Forward(opened(file, kind_of(path)), bounds)
        with tarfile.open(fileobj=stream, mode="r:") as archive:  # type: ignore[call-overload]
            while (entry := archive.next()) is not None:
                archive.members = []  # it would keep them all
                with stream.inside():
                    _tar_entry(archive, entry, bounds)
                    stream.seek(archive.offset)
        stream.check_end()


def _tar_entry(archive: tarfile.TarFile, entry: tarfile.TarInfo, bounds: Bounds) -> None:
    if not (entry.isreg() or entry.isdir()):
        raise bounds.refuse(f"holds “{entry.name[:80]}”, a link or a device. Only files are taken.")
    place = bounds.place(entry.name, is_folder=entry.isdir())
    if place is None:
        return
    if entry.isdir():
        place.mkdir(parents=True, exist_ok=True)
        return
    bounds.expect(bounds.taken + entry.size)
    source = archive.extractfile(entry)
    if source is not None:
        bounds.copy(source, place)


def _seven(path: Path, bounds: Bounds) -> None:
    try:
        import py7zr
    except ImportError:
        raise bounds.refuse(f"is a .7z, and this machine has no py7zr. {OTHERWISE.format(name=path.name)}") from None
    try:
        with py7zr.SevenZipFile(path) as archive:
            if archive.needs_password():
                raise bounds.refuse("is locked with a password. Unpack it yourself and name the folder.")
            _check_dictionaries(archive, bounds)
            bounds.expect(sum(entry.uncompressed or 0 for entry in archive.list()))
            wanted = []
            for entry in archive.files:
                if entry.is_symlink or entry.is_junction or entry.is_socket:
                    raise bounds.refuse(f"holds “{entry.filename[:80]}”, a link or a device. Only files are taken.")
                if bounds.place(entry.filename, is_folder=entry.is_directory):
                    wanted.append(entry.filename)
            archive.extract(bounds.target, targets=wanted)
    except py7zr.exceptions.UnsupportedCompressionMethodError:
        raise _unknown(bounds) from None
    except py7zr.PasswordRequired:
        raise bounds.refuse("is locked with a password. Unpack it yourself and name the folder.") from None
    except (py7zr.exceptions.ArchiveError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        # Its reader trusts a header that anybody may have written, and fails in many ways where it lies.
        raise bounds.refuse(f"is damaged or cut off: {_why(error)}.") from None


def _check_dictionaries(archive: object, bounds: Bounds) -> None:
    """Refuse an archive that can only be unpacked with more memory than an import may take."""
    header = getattr(archive, "header", None)
    streams = getattr(header, "main_streams", None)
    for folder in getattr(getattr(streams, "unpackinfo", None), "folders", ()):
        for coder in folder.coders:
            properties = coder.get("properties") or b""
            if coder.get("method") == b"\x03\x01\x01" and len(properties) >= 5:
                size = int.from_bytes(properties[1:5], "little")
            elif coder.get("method") == b"\x21" and len(properties) == 1:
                size = (2 | (properties[0] & 1)) << (properties[0] // 2 + 11)
            else:
                continue
            if size > LONGEST_DICTIONARY:
                raise bounds.refuse(
                    f"needs {size >> 20:,} MB of memory to be unpacked. {OTHERWISE.format(name=bounds.archive)}"
                )
