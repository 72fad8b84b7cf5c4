"""What pages of mdBook and MkDocs take out of other files: all of it, some lines, or what stands between two marks."""

from __future__ import annotations

import re
from collections.abc import Callable

from watercooler.doors.importing.code import code_changed

_IN_CODE = re.compile(
    r"^(?P<indent>[ \t]*)(?:\{\{#(?:include|rustdoc_include|playground|playpen)[ \t]+(?P<book>[^\s{}]+)[^{}\n]*\}\}"
    r"|-{1,}8<-{1,}[ \t]+[\"'](?P<snippet>[^\"'\n]+)[\"'])[ \t]*$",
    re.M,
)
_MARK = re.compile(r"ANCHOR(?:_END)?:|-{1,}8<-{1,} \[(?:start|end):")
_LINES = re.compile(r"(\d*)(?::(\d*))?\Z")


def of(text: str, which: str) -> str:
    """Return a part of a file. which: "", "3", "3:", ":9", "3:9" for lines, else the name of a marked part."""
    lines = text.split("\n")
    if found := _LINES.fullmatch(which):
        first = int(found[1] or 1)
        last = int(found[2] or len(lines)) if found[2] is not None else int(found[1] or len(lines))
        lines = lines[max(first - 1, 0) : last]
    else:
        name = re.escape(which)
        begins = re.compile(rf"ANCHOR:[ \t]*{name}\b|\[start:[ \t]*{name}\]")
        ends = re.compile(rf"ANCHOR_END:[ \t]*{name}\b|\[end:[ \t]*{name}\]")
        began = next((at for at, line in enumerate(lines) if begins.search(line)), len(lines))
        ended = next((at for at, line in enumerate(lines) if at > began and ends.search(line)), len(lines))
        lines = lines[began + 1 : ended]
    return "\n".join(line for line in lines if not _MARK.search(line)).strip("\n")


def parted(path: str) -> tuple[str, str]:
    """Return (path, which part): "a.rs:3:9" is lines 3 to 9 of a.rs."""
    path, _colon, which = path.partition(":")
    return path, which


def into_code(text: str, file: Callable[[str], str | None]) -> str:
    """Return a text whose examples hold what they take from files. file: path → its text, or None."""
    if "{{#" not in text and "8<-" not in text:
        return text

    def taken(match: re.Match[str]) -> str:
        path, which = parted(match["book"] or match["snippet"])
        said = file(path)
        if said is None:
            return match[0]
        return "\n".join(f"{match['indent']}{line}".rstrip() for line in of(said, which).split("\n"))

    return code_changed(text, lambda block, is_fenced: _IN_CODE.sub(taken, block) if is_fenced else block)
