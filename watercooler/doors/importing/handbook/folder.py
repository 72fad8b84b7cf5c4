"""What lies in the folder: pages, and files they may show. Nothing outside it is ever read."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path
from typing import Any

from watercooler.doors.importing.handbook import front, myst, site
from watercooler.doors.importing.handbook.headings import (
    loosely,
    main_heading,
    parts_of,
    plain_words,
    without_title,
)
from watercooler.doors.importing.handbook.names import INDEXES, day_of, ending, from_name, stem
from watercooler.doors.importing.handbook.words import Words
from watercooler.doors.importing.hands import Share, alone
from watercooler.foundation.base.cleaning import clean_text

MOST_BYTES = 1024 * 1024
MOST_PAGES = 100_000
HIDDEN, NAVIGATION, PART = "in a hidden folder", "only lists other pages", "only a part of other pages"
EMPTY = "empty"
UNREAD = ", which is not read"
"""How the reason ends where a page is written in another language than Markdown: told, and nothing is broken."""
DRAWING = "a drawing, not a text"
OLDER = "of an older version"
QUIET = frozenset({EMPTY, HIDDEN, NAVIGATION, PART, DRAWING, OLDER})
"""Reasons to leave a page out that nobody has to mend."""
PART_FOLDERS = frozenset({
    *("_includes", "_layouts", "_partials", "partials", "_templates", "_snippets", "_data", "_sass", "archetypes"),
    *("__tests__", "__fixtures__", "_includes_cache", "_common"),
})  # fmt: skip
VERSION = re.compile(r"(?:^|/)(?:(?:[\w-]+_)?versioned_docs|docusaurus-plugin-content-docs[^/]*)/version-[^/]+/")
"""Where Docusaurus keeps what its pages said in an older version, under the same titles; the pages of now lie apart."""
WIKI = ("_Sidebar.md", "_Footer.md", "_Header.md")
"""By which the wikis of GitHub and GitLab are known. There, as in Obsidian, a page is called as its file."""
OTHERS = {
    ".rst": "reStructuredText",
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".textile": "Textile",
    ".org": "Org",
    ".creole": "Creole",
    ".mediawiki": "MediaWiki",
    ".wiki": "wiki text",
    ".rdoc": "RDoc",
}
TOPS = frozenset({"readme", "top", "_top", "content", "main-content"})
"""Anchors by which houses mean a page's beginning."""
AT_ONCE = 400
"""So many heads are read at once, by as many hands as there are."""
DAYS = ("date", "published", "pubdate", "created", "lastmod", "last_modified_at", "last_update.date", "updated")
OTHER_TITLES = ("sidebar_label", "nav_title", "linktitle", "sidebar.label", "navigation.title", "short_title", "name")


class Unreadable(Exception):
    """A file that cannot be a page. Its text says why in a few words. title: what it is called all the same."""

    def __init__(self, why: str, title: str = "") -> None:
        super().__init__(why, title)
        self.title = title

    def __str__(self) -> str:
        return str(self.args[0])


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
    place: float | None = None
    """Its place among its siblings, as the page itself says."""
    is_guessed: bool = False
    """Its text is no UTF-8, and was read as what Windows wrote before."""
    labels: dict[str, str] = field(default_factory=dict)
    """Names of places that any page may link to, with the heading that each stands before."""

    def part(self, anchor: str) -> int | None:
        """Return the number of the part that an anchor lies in, 0 for what stands before the first; None if unknown."""
        if anchor.casefold() in self.parts:
            return self.parts[anchor.casefold()]
        if anchor.casefold() in TOPS:
            return 0
        alike = loosely(anchor)
        if not alike:
            return None
        if alike == loosely(self.title):  # its own main heading, which is the title here
            return 0
        names = {loosely(name): part for name, part in reversed(self.parts.items())}
        longer = {part for name, part in names.items() if len(alike) > 3 and name.startswith(alike)}
        return names.get(alike, longer.pop() if len(longer) == 1 else None)

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def is_index(self) -> bool:
        return stem(self.path).rpartition("/")[2].casefold() in INDEXES


@dataclass(slots=True)
class Folder:
    """The whole folder. left_out: path → why. root: the folder that nearly all pages lie in, "" or "content"."""

    base: Path
    pages: dict[str, Page] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    left_out: dict[str, str] = field(default_factory=dict)
    root: str = ""
    parts: set[str] = field(default_factory=set)
    """Pages that are only parts of others, to be included."""
    titles: dict[str, str] = field(default_factory=dict)
    """Folder → what it is called, as its empty index or the site's settings say."""
    site: site.Site = field(default_factory=site.Site)
    is_vault: bool = False

    def text(self, path: str) -> str:
        """Return a page's whole text. Raises Unreadable."""
        return _read(self.base / path)

    def included(self, page: Page, path: str) -> str | None:
        """Return the file that a page means to include, or None: only text, and only of this folder."""
        bare = path.strip("/").removeprefix("@site/").removeprefix("@/")
        tops = (page.folder, "", self.root, "_includes", f"{self.root}/_includes", "includes", "partials", "source")
        for top in tops:
            place = posixpath.normpath(f"{top}/{bare}").strip("/")
            folder, _slash, name = place.rpartition("/")
            for each in (
                place,
                f"{place}.md",
                f"{folder}/_{name}.md".strip("/"),
                f"{folder}/_{name}.md.erb".strip("/"),
            ):
                if each in self.pages or each in self.parts:
                    return each
        ends = [each for each in (*self.parts, *self.pages) if each.endswith(f"/{bare}")]
        return ends[0] if len(ends) == 1 else None

    def section(self, path: str) -> str:
        """Return the first folder of a page below the root, or "" for a page that lies there itself."""
        inner = path.removeprefix(f"{self.root}/") if self.root else path
        return inner.partition("/")[0] if "/" in inner else ""


def look(base: Path, share: Share[tuple[Path, str, bool], Page | Unreadable] = alone) -> Folder:
    """Read every page's head. Cost: one reading of all pages, some hundreds in memory at a time."""
    folder = Folder(base.resolve())
    paths = _sorted_out(folder)
    by_name = folder.is_vault or any(path in folder.left_out for path in WIKI)
    for some in batched(paths, AT_ONCE):
        for path, page in zip(some, share(_page, [(folder.base, path, by_name) for path in some]), strict=True):
            if not isinstance(page, Unreadable):
                folder.pages[path] = page
                continue
            folder.left_out[path] = str(page)
            if page.title and stem(path).rpartition("/")[2].casefold() in INDEXES:
                folder.titles[path.rpartition("/")[0]] = page.title
        if len(folder.pages) > MOST_PAGES:
            raise Unreadable(f"more than {MOST_PAGES:,} pages")
    _lead_on(folder)
    folder.root = _root(list(folder.pages))
    _read_settings(folder)
    return folder


def _sorted_out(folder: Folder) -> list[str]:
    """Return the paths of what should become pages; note the other files, and why pages are none."""
    paths: list[str] = []
    for path in _walk(folder):
        folder.is_vault |= path.startswith(".obsidian/") or "/.obsidian/" in path
        if not ending(path):
            folder.files.add(path)
            if sort := OTHERS.get(Path(path).suffix.lower()):
                folder.left_out[path] = f"{sort}{UNREAD}"
        elif why := why_no_page(path):
            folder.parts.add(path)
            folder.left_out[path] = why
        else:
            paths.append(path)
    older = {path for path in paths if VERSION.search(path)}
    if len(older) == len(paths):  # nothing but old versions: then they are what there is
        return paths
    folder.parts |= older
    folder.left_out |= dict.fromkeys(older, OLDER)
    return [path for path in paths if path not in older]


def _lead_on(folder: Folder) -> None:
    """Let a page that is only a link to another one lead there, instead of being the same words a second time."""
    for path, page in folder.pages.items():
        full = folder.base / path
        if full.is_symlink():
            other = full.resolve().relative_to(folder.base).as_posix()
            if other != path and other in folder.pages:
                page.leads_to = f"/{other}"


def why_no_page(path: str) -> str:
    """Return why a Markdown file is no page of its own, by its name; "" for one that is."""
    *folders, name = path.split("/")
    if any(each.startswith(".") for each in folders) or name.startswith("."):
        return HIDDEN
    if site.FURNITURE.search(path):
        return NAVIGATION
    if any(each.casefold() in PART_FOLDERS for each in folders):
        return PART
    return PART if name.startswith("_") and stem(name).casefold() not in INDEXES else ""


def _read_settings(folder: Folder) -> None:
    """Read what the settings of a site generator say of names and order."""
    pages = {path.casefold(): path for path in folder.pages}

    def text(path: str) -> str:
        try:
            return _read(folder.base / path)
        except (Unreadable, OSError):
            return ""

    folder.site = site.read(sorted(folder.files | folder.parts), pages, text)
    folder.titles |= {path: title for path, (title, _place) in folder.site.labels.items() if title}


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


def _page(place: tuple[Path, str, bool]) -> Page | Unreadable:
    try:
        return _head(*place)
    except Unreadable as why:
        return why


def _head(base: Path, path: str, by_name: bool) -> Page:
    """Return a page without its text. by_name: only a main heading is a title, else the file's name is: in wikis."""
    text, is_guessed = _decoded(base / path)
    head, body, _lines = front.split(text)
    modified = datetime.fromtimestamp((base / path).stat().st_mtime, UTC)
    at = front.moment(head, *DAYS) or day_of(path) or modified
    if "excalidraw-plugin" in head:
        raise Unreadable(DRAWING)
    leads_to = front.said(head, "redirect_to", "redirect", "redirect_url")
    title = plain_words(front.said(head, "title"))
    if not body.strip() and not leads_to:
        raise Unreadable(EMPTY, title)
    words = Words(lambda _path: "…", front=head, with_names=True)(body)
    title = title or main_heading(words, is_main=by_name) or plain_words(front.said(head, *OTHER_TITLES))
    title = (title or from_name(path))[:200]
    words = without_title(words, title).strip()
    if not words and not leads_to:
        raise Unreadable(EMPTY, title)
    place = front.number(head, "sidebar_position", "weight", "nav_order", "order", "position", "sidebar.order")
    labels = {name: plain_words(said) for name, said in myst.places(body).items()}
    return Page(path, title, head, parts_of(words), min(at, datetime.now(UTC)), leads_to, place, is_guessed, labels)


def _read(path: Path) -> str:
    return _decoded(path)[0]


def _decoded(path: Path) -> tuple[str, bool]:
    """Return a file's text, and whether its encoding is a guess. Raises Unreadable."""
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"larger than {MOST_BYTES // 1024:,} kB")
    data = path.read_bytes()
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return clean_text(data.decode("utf-16")), False
        text, is_guessed = data.decode("utf-8-sig"), False
    except UnicodeError:
        text, is_guessed = _of_windows(data), True
    if "\0" in text:
        raise Unreadable("not text")
    return clean_text(text), is_guessed


def _of_windows(data: bytes) -> str:
    """Return the text of an older system: letters, but hardly a sign that no keyboard has. Raises Unreadable."""
    try:
        text = data.decode("cp1252")
    except UnicodeError:
        raise Unreadable("not UTF-8 text") from None
    if any(sign < " " and sign not in "\t\n\r\f" for sign in text):
        raise Unreadable("not UTF-8 text")
    return text


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
