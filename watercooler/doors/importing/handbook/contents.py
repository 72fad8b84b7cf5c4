"""The contents articles that keep a folder's structure while there is no page tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

from watercooler.doors.importing.handbook.folder import Folder, Page
from watercooler.doors.importing.handbook.names import number, spoken

LONGEST = 95_000
type Place = tuple[float, int, str]
"""A page's or folder's place among its siblings: its number, pages before folders, its name."""


def path(section: str) -> str:
    """Return the name under which the numbers of contents are kept; no page can be called so."""
    return f"contents//{section}"


def sections(folder: Folder) -> list[str]:
    """Return "" and every folder below the root that holds pages, in the order of the site."""
    found = {folder.section(page.path) for page in folder.pages.values() if not page.leads_to}
    order = Order(folder)
    return ["", *sorted(found - {""}, key=lambda section: order.of_folder(f"{folder.root}/{section}".strip("/")))]


def title(folder: Folder, section: str) -> str:
    return f"Contents: {called(folder, f'{folder.root}/{section}'.strip('/'))}" if section else "Contents"


def called(folder: Folder, path: str) -> str:
    """Return what a folder is called: as its settings or its empty index say, else by its name."""
    return folder.titles.get(path) or spoken(path.rpartition("/")[2])


@dataclass(slots=True)
class Order:
    """The order in which a site shows its pages: by its own list, by numbers in pages and names, else by title."""

    folder: Folder
    _first: dict[str, float] = field(default_factory=dict)
    _known: dict[str, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path, place in self.folder.site.order.items():
            while path:
                path = path.rpartition("/")[0]
                self._first[path] = min(place, self._first.get(path, inf))
        for page in self.folder.pages.values():
            if page.is_index and page.place is not None and page.folder not in self._first:
                self._first[page.folder] = page.place
        for path, (_title, said) in self.folder.site.labels.items():
            if said is not None:
                self._first[path] = said

    def of(self, page: Page) -> tuple[Place, ...]:
        """Return what pages are sorted by: the places of their folders, then their own."""
        parts = page.folder.split("/") if page.folder else []
        folders = [self.of_folder("/".join(parts[: depth + 1])) for depth in range(len(parts))]
        return (*folders, (-inf, 0, "") if page.is_index else self._own(page))

    def of_folder(self, path: str) -> Place:
        if path not in self._known:
            name = path.rpartition("/")[2]
            place = self._first.get(path)
            place = number(name) if place is None else place
            self._known[path] = (inf if place is None else place, 1, called(self.folder, path).casefold())
        return self._known[path]

    def _own(self, page: Page) -> Place:
        place: float | None = self.folder.site.order.get(page.path)
        place = page.place if place is None else place
        place = number(page.path.rpartition("/")[2]) if place is None else place
        return (inf if place is None else place, 0, page.title.casefold())


def written(
    folder: Folder,
    section: str,
    all_sections: list[str],
    address: Callable[[str], str],
    contents_address: Callable[[str], str],
) -> tuple[str, str]:
    """Return (title, text) of one contents article: its pages, as the folders nest."""
    pages = [p for p in folder.pages.values() if not p.leads_to and folder.section(p.path) == section]
    if section:
        lines = _nested(folder, pages, f"{folder.root}/{section}".strip("/"), address)
    else:
        lines = _first(folder, pages, all_sections, address, contents_address)
    text, left = "", len(lines)
    for line in lines:
        if len(text) + len(line) > LONGEST:
            return title(folder, section), f"{text}\n- … and {left:,} more. Search finds them."
        text, left = f"{text}{line}\n", left - 1
    return title(folder, section), text.strip()


def _first(
    folder: Folder,
    pages: list[Page],
    all_sections: list[str],
    address: Callable[[str], str],
    contents_address: Callable[[str], str],
) -> list[str]:
    """Return the list of what lies at the root: pages, and folders by their contents, in one order."""
    order = Order(folder)
    found = [(order.of(page)[-1], f"- {_linked(page, address)}") for page in pages]
    for each in all_sections:
        if each:
            path = f"{folder.root}/{each}".strip("/")
            found.append((order.of_folder(path), f"- [{_bare(called(folder, path))}]({contents_address(each)})"))
    return [line for _place, line in sorted(found)]


def _nested(folder: Folder, pages: list[Page], base: str, address: Callable[[str], str]) -> list[str]:
    """Return a list of pages, a folder's own page first, its others below it."""
    base = base or folder.root
    order = Order(folder)
    lines: list[str] = []
    seen: set[str] = {base}
    indexes = {page.folder: page for page in pages if page.is_index}
    for page in sorted(pages, key=order.of):
        for each in _folders(page.folder, base):
            if each not in seen:
                seen.add(each)
                depth = each.removeprefix(base).strip("/").count("/")
                own = indexes.get(each)
                lines.append(
                    f"{'  ' * depth}- {_linked(own, address) if own else f'**{_bare(called(folder, each))}**'}"
                )
        if page.is_index and page.folder != base and page.folder in indexes and indexes[page.folder] is page:
            continue
        depth = len(_folders(page.folder, base))
        lines.append(f"{'  ' * depth}- {_linked(page, address)}")
    return lines


def _linked(page: Page, address: Callable[[str], str]) -> str:
    return f"[{_bare(page.title)}]({address(page.path)})"


def _folders(folder: str, base: str) -> list[str]:
    """Return the folders between the base and a page, outermost first."""
    inner = folder.removeprefix(base).strip("/")
    found, at = [], base
    for name in inner.split("/") if inner else []:
        at = f"{at}/{name}".strip("/")
        found.append(at)
    return found


def _bare(words: str) -> str:
    return words.replace("[", "\\[").replace("]", "\\]")
