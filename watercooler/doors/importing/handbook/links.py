"""Where relative links lead once the pages are articles, and which of them lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from watercooler.doors.importing.handbook import front
from watercooler.doors.importing.handbook.folder import Folder, Page
from watercooler.doors.importing.handbook.myst import REF
from watercooler.doors.importing.handbook.names import INDEXES, bare, same, stem

_TARGET = re.compile(r"\]\(\s*(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)(\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)")
_DEFINITION = re.compile(r"^( {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\n?[ \t]*)(<[^<>\n]*>|\S+)", re.M)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_WIKI = re.compile(r"(!?)\[\[(?![\s\[])([^\[\]\n]{1,400})\]\]")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SIZE = re.compile(r"\d+(x\d+)?")
STATIC = ("static", "public", "assets", "source", "src", "docs", "content", "_images", "images", "media")
"""Folders whose insides a site shows from its top."""
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
    _by_last: dict[str, list[str]] = field(default_factory=dict)
    """The last part of a page's or file's name, loosely → paths, as wikis call them."""
    _files: dict[str, str] = field(default_factory=dict)
    _by_tail: dict[str, list[str]] = field(default_factory=dict)
    """The last two parts of pages' names → their paths."""
    _by_label: dict[str, str] = field(default_factory=dict)
    """The name of a place → the page that it is in."""
    _folders: set[str] = field(default_factory=set)
    """Every folder with a page in it or below it, as "a/b/"; "" for the top."""

    def __post_init__(self) -> None:
        self._folders = {f"{folder}/" for path in self.folder.pages for folder in _above(path)} | {""}
        for path, page in self.folder.pages.items():
            for name in self._names(path, page):
                self._by_name.setdefault(name, path)
        for path, page in self.folder.pages.items():
            for name in _lesser_names(self.folder.root, path):
                self._by_name.setdefault(name, path)
            if tail := _tail(stem(path).removesuffix("/index") if page.is_index else stem(path)):
                self._by_tail.setdefault(tail, []).append(path)
            for name in {stem(path).rpartition("/")[2], page.title, *front.words(page.front, "aliases", "alias")}:
                self._by_last.setdefault(_loose(name), []).append(path)
            for name in page.labels:
                self._by_label.setdefault(name, path)
        for path in self.folder.files:
            self._files.setdefault(same(path), path)
            self._by_last.setdefault(_loose(path.rpartition("/")[2]), []).append(path)
            for name in _shown_as(path):
                self._files.setdefault(name, path)

    def _names(self, path: str, page: Page) -> list[str]:
        """Return every way a page may be called, from the folder's top, without ending, in small letters."""
        own = same(stem(path))
        names = [same(path), own]
        if page.is_index:
            names.append(same(page.folder))
        said = front.words(page.front, "redirect_from", "permalink", "aliases", "url")
        names += [same(_joined(self.folder.root, word.strip("/"))) for word in said if word.strip("/")]
        names += [stem(name) for name in names if name.endswith((".html", ".md"))]
        if slug := front.said(page.front, "slug", "id"):
            beside = page.folder if not slug.startswith("/") else self.folder.root
            names.append(same(_joined(beside, slug.strip("/"))))
        return names

    def page(self, page: Page, target: str) -> tuple[Page, str] | None:
        """Return the page that a link of `page` leads to, and the anchor in it; None if there is none."""
        path, _hash, anchor = target.partition("#")
        path, anchor = unquote(path.partition("?")[0]), unquote(anchor)
        if not path:
            elsewhere = None if anchor.casefold() in page.parts else self.labelled(anchor)
            return elsewhere or (page, anchor)
        for place in self._places(page, path):
            if place in self.folder.pages:  # of names that differ in case alone the very one
                return self._followed(self.folder.pages[place], anchor)
            bare_place = _without_ending(place)
            for name in (
                place,
                *(f"{place}/{index}" for index in INDEXES),
                bare_place,
                bare_place.removesuffix("/index"),
            ):
                found = self._by_name.get(same(name))
                if found:
                    return self._followed(self.folder.pages[found], anchor)
        alike = self._by_tail.get(_tail(_without_ending(path)), [])
        return self._followed(self.folder.pages[alike[0]], anchor) if len(alike) == 1 else None

    def labelled(self, name: str) -> tuple[Page, str] | None:
        """Return the page and anchor of a place by its name, whichever page it is in; None if there is none."""
        path = self._by_label.get(name.casefold())
        return (self.folder.pages[path], name) if path else None

    def called(self, page: Page, name: str) -> str | None:
        """Return the path of the page or file that a wiki link means, the nearest of several; None if there is none."""
        if (found := self.page(page, name)) and name.partition("#")[0]:
            return found[0].path
        if path := self.file(page, name):
            return path
        last = unquote(name.partition("#")[0]).strip("/").rpartition("/")[2]
        paths = self._by_last.get(_loose(last)) or self._by_last.get(_loose(_without_ending(last))) or []
        return min(paths, key=lambda path: (-len(posixpath.commonprefix([path, page.path])), len(path)), default=None)

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
        root, bare_path = self.folder.root, path.strip("/")
        if path.startswith("/"):
            places = [_joined(root, bare_path), _clean(bare_path)]
            if (less := self.folder.site.without_base(path)) is not None:
                places += [_joined(root, less.strip("/")), _clean(less.strip("/"))]
            # Of several sites or languages in one folder, the one that the page is in.
            places += [_joined(folder, bare_path) for folder in reversed(list(_above(page.path)))]
            if "/" in bare_path:
                places.append(_joined(root, bare_path.partition("/")[2]))
            return places
        beside = _clean(posixpath.join(page.folder, path))
        # Sites that give each page a folder of its own begin one deeper.
        own = _clean(posixpath.join(stem(page.path), path)) if page.path else ""
        return [place for place in (beside, own, _joined(root, bare_path)) if place or path in {".", "./"}]

    def file(self, page: Page, target: str) -> str | None:
        """Return the file that a link means, or None."""
        path = unquote(target.partition("#")[0].partition("?")[0])
        if path.startswith(("@site/", "~/", "@/")):
            path = path[path.index("/") :]
        return next((found for place in self._places(page, path) if (found := self._files.get(same(place)))), None)

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
        if "[[" in text:
            text = _WIKI.sub(self._wiki, text)
        text = "".join(self._pieces(text))
        return _DEFINITION.sub(self._defined, text) if "]:" in text else text

    def _wiki(self, match: re.Match[str]) -> str:
        """Return a wiki link as one of Markdown. Obsidian says [[page|words]], GitHub's wikis [[words|page]]."""
        first, _bar, second = (part.strip() for part in match[2].replace("\\|", "|").partition("|"))
        name, words = first, second
        path = self.page.path if name.startswith("#") else self.addresses.called(self.page, name)
        if path is None and second and (path := self.addresses.called(self.page, second)):
            name, words = second, first
        if path is None:
            if _SCHEME.match(second):
                return f"[{first}]({_spaced(second)})"
            self.broken.append(Broken(self.page.path, first, bool(match[1])))
            is_size = bool(match[1] and _SIZE.fullmatch(words))
            return (words if not is_size else "") or name.rpartition("/")[2]
        anchor = name.partition("#")[2].rpartition("#")[2].strip()
        anchor = "" if anchor.startswith("^") else f"#{anchor.replace(' ', '-')}" if anchor else ""
        if match[1] and path not in self.addresses.folder.pages:
            words = "" if _SIZE.fullmatch(words) else words
            is_picture = path.casefold().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp"))
            return f"{'!' if is_picture else ''}[{words or path.rpartition('/')[2]}](</{path}>)"
        return f"[{words or first.lstrip('#').replace('#', ' › ')}](</{path}{anchor}>)"

    def _pieces(self, text: str) -> list[str]:
        out: list[str] = []
        at = 0
        for match in _TARGET.finditer(text):
            began = _opening(text, match.start())
            if began is None:
                continue
            is_picture = text[began - 1 : began] == "!"
            target = match[1].strip("<>")
            if is_picture and (_SCHEME.match(target.strip()) or target.startswith("//")):
                # Pictures load from this house alone: one of another becomes a link, or words within a link.
                words, is_linked = text[began + 1 : match.start()] or "picture", text[began - 2 : began - 1] == "["
                out += [text[at : began - 1], words if is_linked else f"[{words}]({_spaced(target)})"]
                at = match.end()
                continue
            found = self._target(target, is_picture)
            if found is not None:
                out += [text[at : match.start()], f"]({found}{match[2] or ''})"]
                words = text[began + 1 : match.start()]
                if not is_picture and words in {"", target, target.lstrip("./"), target.removeprefix(REF)}:
                    self._say_title(out, target)
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

    def _say_title(self, out: list[str], target: str) -> None:
        """Let a link whose words are only its address say the title of the page."""
        named = self.addresses.labelled(target.removeprefix(REF).removeprefix("#"))
        page = named or self.addresses.page(self.page, self.addresses.folder.site.own(target))
        at = out[-2].rfind("[")
        if page and at >= 0:
            said = page[0].labels.get(page[1].casefold()) or page[0].title
            out[-2] = f"{out[-2][: at + 1]}{said.replace('[', '(').replace(']', ')')}"

    def _defined(self, match: re.Match[str]) -> str:
        found = self._target(match[2].strip("<>"), is_picture=False)
        return f"{match[1]}{found if found is not None else '#'}"

    def _target(self, target: str, is_picture: bool) -> str | None:
        """Return the new address of a link, the old one for what lies outside, None for what is broken."""
        target = target.strip().removeprefix("pathname://")
        if not is_picture and "://" in target and (own := self.addresses.folder.site.own(target)) != target:
            found = self.addresses.page(self.page, own)
            return self._page(*found) if found else _spaced(target)
        if target.startswith(("@site/", "@/", "~/")):
            target = target[target.index("/") :]
        named = target.removeprefix(REF)
        if named == target and (_SCHEME.match(target) or target.startswith("//")):
            return _spaced(target)
        if _MAIL.fullmatch(target):
            return f"mailto:{target}"
        found = self.addresses.page(self.page, target) if named == target else None
        if not is_picture and (found := found or self.addresses.labelled(named)):
            return self._page(*found)
        path = self.addresses.file(self.page, target)
        if path is not None and (address := self.attach(path)):
            self.turned += 1
            return address
        section = None if is_picture or not target else self.addresses.section(self.page, target)
        if section is not None:
            self.turned += 1
            return self.addresses.contents(section)
        self.broken.append(Broken(self.page.path, named, is_picture))
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


def _tail(name: str) -> str:
    """Return the last two parts of a name, "" if it has fewer or they say too little."""
    parts = [part for part in same(name).strip("/").split("/") if part not in {".", ".."}][-2:]
    return "/".join(parts) if len(parts) == 2 and len(parts[1]) > 3 else ""


def _without_ending(path: str) -> str:
    return re.sub(r"\.html?\Z", "", path, flags=re.I) if path.casefold().endswith((".html", ".htm")) else stem(path)


def _lesser_names(root: str, path: str) -> Iterator[str]:
    """Yield what a site may make of a page's path: without numbers, without a leading line, by day as a post."""
    parts = same(stem(path)).split("/")
    yield "/".join(bare(part) for part in parts)
    inner = "/".join(parts)[len(root) + 1 if root else 0 :].split("/")
    lined = [part.lstrip("_") or part for part in inner]
    if lined != inner:
        yield _joined(root, "/".join(lined))
    name = parts[-1]
    if bare(name) != name and (day := re.match(r"(\d{4})-(\d\d?)-(\d\d?)-", name)):
        yield _joined(root, name)
        yield _joined(root, f"{day[1]}/{day[2]:0>2}/{day[3]:0>2}/{bare(name)}")
        yield _joined(root, f"blog/{day[1]}/{day[2]:0>2}/{day[3]:0>2}/{bare(name)}")
        yield _joined(root, f"{'/'.join(lined[:-1])}/{bare(name)}")


def _shown_as(path: str) -> Iterator[str]:
    """Yield a file's path as a site shows it: from the folder of its kind on."""
    parts = same(path).split("/")
    for place, part in enumerate(parts[:-1]):
        if part in STATIC:
            yield "/".join(parts[place + 1 :])


def _loose(name: str) -> str:
    """Return a wiki page's name as all its spellings: "Getting-Started" and "getting started" are one."""
    return re.sub(r"[\s_-]+", " ", same(name)).strip()
