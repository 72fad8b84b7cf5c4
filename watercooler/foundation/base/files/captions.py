"""Captions as browsers show them: SubRip's files become WebVTT, WebVTT stays as it is."""

from __future__ import annotations

import re
from pathlib import Path

from watercooler.foundation.base.files.recognise import SUBRIP, WEBVTT, FileType

_TIMES = re.compile(r"^\s*([\d:]{4,12})[,.](\d{1,3})\s*-->\s*([\d:]{4,12})[,.](\d{1,3})[^\n]*$", re.M)
_MOST_BYTES = 8 * 1024 * 1024
"""A whole day of talk is about one; what is larger is kept as it came."""


def becomes(kind: FileType, path: Path) -> FileType:
    """Return the type that `rewrite` makes of this file."""
    return WEBVTT if kind is SUBRIP and path.stat().st_size <= _MOST_BYTES else kind


def rewrite(source: Path, target: Path) -> None:
    """Write a SubRip file as WebVTT. Times keep three digits, styles and positions behind them go.

    Source: W3C WebVTT, section 4; SubRip has no specification. Cost: reads the whole file, 8 MB at most.
    """
    text = decoded(source.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
    target.write_text("WEBVTT\n\n" + _TIMES.sub(_times, text).strip("\n") + "\n", "utf-8")


def decoded(raw: bytes) -> str:
    """Return a text that is UTF-8, UTF-16 with its mark, or else Windows-1252."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _times(found: re.Match[str]) -> str:
    begin, end = (f"{_clock(found[n])}.{found[n + 1]:0<3}" for n in (1, 3))
    return f"{begin} --> {end}"


def _clock(time: str) -> str:
    return ":".join(part.zfill(2) for part in time.split(":"))
