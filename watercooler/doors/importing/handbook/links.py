"""Where relative links lead once the pages are articles, and which of them lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import unquote

from watercooler.doors.importing.handbook.folder import INDEXES, MARKDOWN, Folder, Page

_TARGET = re.compile(r"\]\(\s*(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)(\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)")
_DEFINITION = re.compile(r"^( {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\n?[ \t]*)(<[^<>\n]*>|\S+)", re.M)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_ENDINGS = (".html", ".htm", *MARKDOWN)
LONGEST_WORDS = 3000


@dataclass(frozen=True, slots=True)
class Broken:
    """A link or picture that leads to nothing in the folder."""

    page: str
    target: str
    is_picture: bool
    is_anchor: bool = False
    """The page is there, only the heading is not; the link leads to the page."""


@dataclass(slots=True)
class Addresses:
    """Finds what a link of one page means. number: path of a page → its item's id. contents: section → id."""

    folder: Folder
    address: Callable[[str], str]
    contents: Callable[[str], str]
    _by_name: dict[str, str] = field(default_factory=dict)
    _folders: set[str] = field(default_factory=set)
    """Every folder with a page in it or below it, as "a/b/"; "" for the top."""

    def __post_init__(self) -> None:
        self._folders = {f"{folder}/" for path in self.folder.pages for folder in _above(path)} | {""}
        for path, page in self.folder.pages.items():
            for name in self._names(path, page):
                self._by_name.setdefault(name, path)

    def _names(self, path: str, page: Page) -> list[str]:
        """Return every way a page may be called, from the folder's top, without ending, in small letters."""
        stem = _stem(path).casefold()
        names = [path.casefold(), stem]
        if page.is_index:
            names.append(page.folder.casefold())
        said = page.front.get("redirect_from", [])
        said = [*(said if isinstance(said, list) else [said]), str(page.front.get("permalink", ""))]
        said += page.front["aliases"] if isinstance(page.front.get("aliases"), list) else []
        names += [_joined(self.folder.root, word.strip("/")).casefold() for word in said if word.strip("/")]
        return names

    def page(self, page: Page, target: str) -> tuple[Page, str] | None:
        """Return the page that a link of `page` leads to, and the anchor in it; None if there is none."""
        path, _hash, anchor = target.partition("#")
        path = unquote(path.partition("?")[0])
        if not path:
            return page, anchor
        for place in self._places(page, path):
            for name in (place, *(f"{place}/{index}" for index in INDEXES), _without_ending(place)):
                found = self._by_name.get(name.casefold())
                if found:
                    return self._followed(self.folder.pages[found], anchor)
        return None

    def _followed(self, page: Page, anchor: str) -> tuple[Page, str] | None:
        for _step in range(5):
            if not page.leads_to or _SCHEME.match(page.leads_to):
                return page, anchor
            found = self.page(Page("", "", {}, {}, page.at), page.leads_to)
            if found is None:
                return None
            page, anchor = found[0], found[1] or anchor
        return None

    def _places(self, page: Page, path: str) -> list[str]:
        """Return where a path may lie: beside the page, from the top, from the folder that holds all pages."""
        root = self.folder.root
        bare = path.strip("/")
        if path.startswith("/"):
            return [_joined(root, bare), _clean(bare)]
        beside = _clean(posixpath.join(page.folder, path))
        # Sites that give each page a folder of its own begin one deeper.
        own = _clean(posixpath.join(_stem(page.path), path)) if page.path else ""
        return [place for place in (beside, own, _joined(root, bare)) if place or path in {".", "./"}]

    def file(self, page: Page, target: str) -> str | None:
        """Return the file that a link means, or None."""
        path = unquote(target.partition("#")[0].partition("?")[0])
        return next((place for place in self._places(page, path) if place in self.folder.files), None)

    def section(self, page: Page, target: str) -> str | None:
        """Return the section whose contents stand for a folder without a page of its own, or None."""
        for place in self._places(page, unquote(target.partition("#")[0].partition("?")[0])):
            inner = f"{place}/" if place else ""
            if inner in self._folders:
                return self.folder.section(f"{inner}x") if inner != f"{self.folder.root}/" else ""
        return None


@dataclass(slots=True)
class Rewriting:
    """One page's links, rewritten. attach: a file's path → its new address, or None if it is no good.

    Collects what is broken, and how many links were turned.
    """

    addresses: Addresses
    page: Page
    attach: Callable[[str], str | None]
    broken: list[Broken] = field(default_factory=list)
    turned: int = 0

    def __call__(self, text: str) -> str:
        return _DEFINITION.sub(self._defined, "".join(self._pieces(text)))

    def _pieces(self, text: str) -> list[str]:
        out: list[str] = []
        at = 0
        for match in _TARGET.finditer(text):
            began = _opening(text, match.start())
            if began is None:
                continue
            is_picture = text[began - 1 : began] == "!"
            found = self._target(match[1].strip("<>"), is_picture)
            if found is not None:
                out += [text[at : match.start()], f"]({found}{match[2] or ''})"]
                at = match.end()
                continue
            start = began - 1 if is_picture else began
            if start < at:  # a link around a broken picture
                out += [text[at : match.start()], "](#)"]
                at = match.end()
                continue
            words = text[began + 1 : match.start()]
            out += [text[at:start], f"*({words or 'picture'})*" if is_picture else words]
            at = match.end()
        return [*out, text[at:]]

    def _defined(self, match: re.Match[str]) -> str:
        found = self._target(match[2].strip("<>"), is_picture=False)
        return f"{match[1]}{found if found is not None else '#'}"

    def _target(self, target: str, is_picture: bool) -> str | None:
        """Return the new address of a link, the old one for what lies outside, None for what is broken."""
        target = target.strip()
        if _SCHEME.match(target) or target.startswith("//"):
            return _spaced(target)
        if not is_picture and (found := self.addresses.page(self.page, target)):
            return self._page(*found)
        path = self.addresses.file(self.page, target)
        if path is not None and (address := self.attach(path)):
            self.turned += 1
            return address
        section = None if is_picture or not target else self.addresses.section(self.page, target)
        if section is not None:
            self.turned += 1
            return self.addresses.contents(section)
        self.broken.append(Broken(self.page.path, target, is_picture))
        return None

    def _page(self, page: Page, anchor: str) -> str:
        if page.leads_to:
            return _spaced(page.leads_to)
        self.turned += 1
        own = "" if page is self.page else self.addresses.address(page.path)
        part = page.part(anchor) if anchor else 0
        if part is None:
            self.broken.append(Broken(self.page.path, f"{page.path}#{anchor}", is_picture=False, is_anchor=True))
        return f"{own}#part-{part}" if part else own or "#"


def _above(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, from within."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _opening(text: str, closing: int) -> int | None:
    """Return where the bracket that `closing` closes was opened."""
    depth = 0
    for at in range(closing, max(closing - LONGEST_WORDS, -1), -1):
        if text[at] == "]" and text[at - 1 : at] != "\\":
            depth += 1
        elif text[at] == "[" and text[at - 1 : at] != "\\":
            depth -= 1
            if depth == 0:
                return at
        elif text[at : at + 2] == "\n\n":
            return None
    return None


def _spaced(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def _joined(root: str, path: str) -> str:
    return _clean(f"{root}/{path}" if root else path)


def _clean(path: str) -> str:
    """Return a path without "." and "..", "" for the top; one that climbs out leads nowhere."""
    found = posixpath.normpath(path) if path else ""
    return "\0" if found.startswith("..") else "" if found in {".", "/"} else found.strip("/")


@lru_cache(maxsize=1000)
def _stem(path: str) -> str:
    """Return the path of a page without its ending."""
    return path[: -len(PurePosixPath(path).suffix)]


def _without_ending(path: str) -> str:
    if not path.casefold().endswith(_ENDINGS):
        return path
    suffix = PurePosixPath(path).suffix.casefold()
    return path[: -len(suffix)] if suffix in _ENDINGS else path
