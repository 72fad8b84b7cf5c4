"""What lies in the folder: pages, and files they may show. Nothing outside it is ever read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path
from typing import Any

from watercooler.doors.importing.handbook import front, markup
from watercooler.doors.importing.handbook.code import outside_code
from watercooler.doors.importing.handbook.shortcodes import Shortcodes
from watercooler.doors.importing.hands import Share, alone
from watercooler.foundation.base.text import clean_line, clean_text

MARKDOWN = (".md", ".markdown", ".mdown", ".mdx")
INDEXES = ("readme", "index", "_index")
MOST_BYTES = 1024 * 1024
MOST_PAGES = 100_000
AT_ONCE = 400
"""So many heads are read at once, by as many hands as there are."""
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.M)
_UNDERLINED = re.compile(r"^(\S[^\n]{0,200})\n(=+|-{2,})[ \t]*$", re.M)
_MAIN = re.compile(r"\s*^(?: {0,3}#[ \t]+(.+?)[ \t]*#*[ \t]*|([^\s|\-#>][^\n]{0,200})\n=+[ \t]*)$", re.M)
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`]|(?<!\w)_|_(?!\w)")


class Unreadable(Exception):
    """A file that cannot be a page. Its text says why in a few words."""


@dataclass(slots=True)
class Page:
    """One page, without its text. path: within the folder, with "/". parts: heading's anchor → its number as a part."""

    path: str
    title: str
    front: dict[str, Any]
    parts: dict[str, int]
    at: datetime
    leads_to: str = ""
    """Where a page without words of its own sends its readers."""

    def part(self, anchor: str) -> int | None:
        """Return the number of the part that an anchor lies in, 0 for what stands before the first; None if unknown."""
        if anchor.casefold() in self.parts:
            return self.parts[anchor.casefold()]
        alike = loosely(anchor)
        return next((part for name, part in self.parts.items() if alike and loosely(name) == alike), None)

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def is_index(self) -> bool:
        return _stem(self.path) in INDEXES


@dataclass(slots=True)
class Folder:
    """The whole folder. left_out: path → why. root: the folder that nearly all pages lie in, "" or "content"."""

    base: Path
    pages: dict[str, Page] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    left_out: dict[str, str] = field(default_factory=dict)
    root: str = ""

    def text(self, path: str) -> str:
        """Return a page's whole text. Raises Unreadable."""
        return _read(self.base / path)

    def section(self, path: str) -> str:
        """Return the first folder of a page below the root, or "" for a page that lies there itself."""
        inner = path.removeprefix(f"{self.root}/") if self.root else path
        return inner.partition("/")[0] if "/" in inner else ""


def look(base: Path, share: Share[tuple[Path, str], Page | Unreadable] = alone) -> Folder:
    """Read every page's head. Cost: one reading of all pages, some hundreds in memory at a time."""
    folder = Folder(base.resolve())
    paths: list[str] = []
    for path in _walk(folder):
        if Path(path).suffix.lower() in MARKDOWN:
            paths.append(path)
        else:
            folder.files.add(path)
    for some in batched(paths, AT_ONCE):
        for path, page in zip(some, share(_page, [(folder.base, path) for path in some]), strict=True):
            if isinstance(page, Unreadable):
                folder.left_out[path] = str(page)
            else:
                folder.pages[path] = page
        if len(folder.pages) > MOST_PAGES:
            raise Unreadable(f"more than {MOST_PAGES:,} pages")
    folder.root = _root(list(folder.pages))
    return folder


def _walk(folder: Folder) -> Iterator[str]:
    """Yield the paths of all files, sorted, never following a link out of the folder."""
    for where, folders, names in os.walk(folder.base, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in {".git", "node_modules", ".hg", ".svn"})
        for name in sorted(names):
            full = Path(where) / name
            path = full.relative_to(folder.base).as_posix()
            if full.is_symlink() and not full.resolve().is_relative_to(folder.base):
                folder.left_out[path] = "a link out of the folder"
            elif not full.is_file():
                folder.left_out[path] = "no plain file"
            else:
                yield path


def _page(place: tuple[Path, str]) -> Page | Unreadable:
    try:
        return _head(*place)
    except Unreadable as why:
        return why


def _head(base: Path, path: str) -> Page:
    text = _read(base / path)
    head, body, _lines = front.split(text)
    title = front.said(head, "title") or first_heading(body) or _from_name(path)
    modified = datetime.fromtimestamp((base / path).stat().st_mtime, UTC)
    at = front.moment(head, "date", "published", "lastmod", "last_modified_at", "updated") or modified
    leads_to = front.said(head, "redirect_to", "redirect", "redirect_url")
    if not body.strip() and not leads_to:
        raise Unreadable("empty")
    words = markup.to_markdown(Shortcodes(lambda _path: None)(body_of(head, body)))
    return Page(path, clean_line(title)[:200], head, parts_of(words), min(at, datetime.now(UTC)), leads_to)


def _read(path: Path) -> str:
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"larger than {MOST_BYTES // 1024:,} kB")
    data = path.read_bytes()
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return clean_text(data.decode("utf-16"))
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("not UTF-8 text") from None
    if "\0" in text:
        raise Unreadable("not text")
    return clean_text(text)


def _headings(body: str) -> list[tuple[int, int, str]]:
    """Return (where, level, words) of every heading outside code, in order."""
    bare = outside_code(body)
    # The words themselves may hold code.
    found = [(m.start(), len(m[1]), (_HEADING.match(body, m.start()) or m)[2]) for m in _HEADING.finditer(bare)]
    found += [
        (m.start(), 1 if m[2][0] == "=" else 2, m[1]) for m in _UNDERLINED.finditer(bare) if m[1][0] not in "|-#>"
    ]
    return sorted(found)


def first_heading(body: str) -> str:
    """Return the words of a main heading that begins the text, or nothing."""
    found = _MAIN.match(body)
    return plain_words(found[1] or found[2]) if found else ""


def without_first_heading(body: str) -> str:
    """Return the text without the main heading it begins with, which is its title."""
    if not first_heading(body):
        return body
    lines = body.lstrip("\n").split("\n")
    is_underlined = len(lines) > 1 and set(lines[1].strip()) == {"="}
    return "\n".join(lines[2 if is_underlined else 1 :]).lstrip("\n")


def body_of(head: dict[str, Any], body: str) -> str:
    """Return a page's text without the main heading that only repeats, or is, its title."""
    heading, title = first_heading(body), front.said(head, "title")
    is_title = heading and (not title or heading.casefold() == title.casefold())
    return without_first_heading(body) if is_title else body


def parts_of(body: str) -> dict[str, int]:
    """Return heading's anchor → the number of the part it stands in, as the reading page counts its main headings."""
    headings = _headings(body)
    main = min((level for _at, level, _words in headings), default=1)
    parts: dict[str, int] = {}
    part = 0
    for _at, level, words in headings:
        part += level == main
        anchor = name = anchor_of(words)
        number = 1
        while name in parts:
            name, number = f"{anchor}-{number}", number + 1
        parts[name] = part
    return parts


def anchor_of(words: str) -> str:
    """Return the anchor that most Markdown houses give a heading."""
    explicit = re.search(r"\{#([\w-]+)\}\s*\Z", words)
    if explicit:
        return explicit[1].casefold()
    text = re.sub(r"<[^>]*>", "", plain_words(words)).casefold()
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", text).strip())


def loosely(anchor: str) -> str:
    """Return an anchor's letters and digits alone: houses differ in what they make of the rest."""
    return re.sub(r"[^\w]|_", "", anchor.casefold())


def plain_words(words: str) -> str:
    """Return the words of a heading without links, emphasis and attributes."""
    words = re.sub(r"\{[#:.][^}]*\}|</?[a-zA-Z][^<>]*>", "", words)
    for _depth in range(2):  # a picture in a link
        words = _MARKS.sub(lambda m: m[1] or "", words)
    return clean_line(words)


def _from_name(path: str) -> str:
    stem = _stem(path)
    parts = path.split("/")
    name = (parts[-2] if len(parts) > 1 else "Read me first") if stem in INDEXES else Path(path).stem
    return spoken(name)


def spoken(name: str) -> str:
    """Return a folder's or file's name as people would say it: "travel-and-leave" → "Travel and leave"."""
    words = re.sub(r"[-_.\s]+", " ", name).strip()
    return words[:1].upper() + words[1:] if words else name


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0].casefold()


def _root(paths: list[str]) -> str:
    """Return the deepest folder that at least nine in ten pages lie in."""
    root = ""
    while True:
        inside = [path[len(root) + 1 if root else 0 :] for path in paths if path.startswith(f"{root}/" if root else "")]
        tops: dict[str, int] = {}
        for path in inside:
            if "/" in path:
                top = path.partition("/")[0]
                tops[top] = tops.get(top, 0) + 1
        best = max(tops, key=lambda top: tops[top], default="")
        if not best or tops[best] < 0.9 * len(paths):
            return root
        root = f"{root}/{best}" if root else best
