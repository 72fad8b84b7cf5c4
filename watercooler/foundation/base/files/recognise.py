"""What a file is, said by its own first bytes and never by its name or its sender."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

HEAD_BYTES = 4096
"""How much of a file's beginning `recognise` wants to see."""


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file. extensions: the usual one first. is_shown: a browser may show or play it within our pages."""

    content_type: str
    extensions: tuple[str, ...] = ()
    is_shown: bool = False
    is_picture: bool = False


JPEG = FileType("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), True, True)
PNG = FileType("image/png", ("png",), True, True)
GIF = FileType("image/gif", ("gif",), True, True)
WEBP = FileType("image/webp", ("webp",), True, True)
AVIF = FileType("image/avif", ("avif",), True, True)
HEIC = FileType("image/heic", ("heic", "heif"), is_picture=True)
TIFF = FileType("image/tiff", ("tif", "tiff"), is_picture=True)
PDF = FileType("application/pdf", ("pdf",))
ZIP = FileType("application/zip", ("zip",))
MP4 = FileType("video/mp4", ("mp4", "m4v", "3gp"), True)
QUICKTIME = FileType("video/quicktime", ("mov",), True)
WEBM = FileType("video/webm", ("webm",), True)
OGG = FileType("audio/ogg", ("ogg", "oga", "ogv", "opus"), True)
MP3 = FileType("audio/mpeg", ("mp3",), True)
M4A = FileType("audio/mp4", ("m4a",), True)
WAV = FileType("audio/wav", ("wav",), True)
FLAC = FileType("audio/flac", ("flac",), True)
WEBVTT = FileType("text/vtt", ("vtt",))
SUBRIP = FileType("application/x-subrip", ("srt",))
UNKNOWN = FileType("application/octet-stream")

# Sources: the registrations and specifications of each format. Kept short: what is not here is only ever downloaded.
_BEGINNINGS: tuple[tuple[bytes, FileType], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"OggS\x00", OGG),
    (b"ID3", MP3),
    (b"fLaC", FLAC),
)
_CAPTIONS = (
    (re.compile(rb"(?:\xef\xbb\xbf)?WEBVTT[ \t\r\n]"), WEBVTT),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s{0,9}\d{1,6}\s{0,9}\n\s{0,9}\d{1,2}:\d\d:\d\d[,.]\d{1,3} {0,9}--> "), SUBRIP),
)
_RIFF = {b"WEBP": WEBP, b"WAVE": WAV}
_BRANDS: tuple[tuple[frozenset[bytes], FileType], ...] = (
    (frozenset({b"avif", b"avis"}), AVIF),
    (frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}), HEIC),
    (frozenset({b"M4A ", b"M4B "}), M4A),
    (frozenset({b"qt  "}), QUICKTIME),
    (frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"}), MP4),
    (frozenset({b"3gp4", b"3gp5", b"3gp6"}), MP4),
)

TYPES = {
    kind.content_type: kind
    for kind in (JPEG, PNG, GIF, WEBP, AVIF, PDF, ZIP, MP4, QUICKTIME, WEBM, OGG, MP3, M4A, WAV, FLAC, WEBVTT)
}
"""The types a kept file may have, by content type; all others are UNKNOWN."""

_ZIPPED = ("docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "jar", "apk", "kmz")
"""Files that are zip archives inside and are better known by their own name."""


def recognise(head: bytes) -> FileType:
    """Return what a file is from its first bytes; UNKNOWN for everything that is not in the short list above."""
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return WEBM
    return _captions(head)


def _captions(head: bytes) -> FileType:
    """Return the type of captions, which are text and say so in their first lines."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) & ~1].decode("utf-16", "replace").encode()
    return next((kind for begins, kind in _CAPTIONS if begins.match(head)), UNKNOWN)


def _by_brand(head: bytes) -> FileType:
    """Return the type an ISO media file declares: its first brand, then those it is compatible with."""
    end = min(int.from_bytes(head[:4]), 256)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]
    if b"avif" in brands:  # its first brand may be the general "mif1"
        return AVIF
    for brand in brands:
        for known, kind in _BRANDS:
            if brand in known:
                return kind
    return UNKNOWN


def safe_name(name: str, kind: FileType = UNKNOWN, longest: int = 100) -> str:
    """Return a file's name as an address and a disc can bear it: letters, digits, dot, dash, underscore.

    Folders, control and direction characters go. A known type whose name says otherwise gets its true ending, so that
    "photo.exe" with a picture inside is "photo.exe.png".
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    # Marks belong to the letters of many scripts; \w alone would cut them out of Hindi or Thai.
    kept = "".join(c if c.isalnum() or c in "._-" or unicodedata.category(c).startswith("M") else "-" for c in name)
    kept = re.sub(r"\.{2,}", ".", re.sub(r"-{2,}", "-", kept)).strip(".-_")
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = kept, ""
    if kind.extensions and ending.lower() not in (*kind.extensions, *(_ZIPPED if kind is ZIP else ())):
        stem, ending = kept, kind.extensions[0]
    stem = stem[: longest - len(ending) - 1].strip(".-_") or "file"
    return f"{stem}.{ending}" if ending else stem
