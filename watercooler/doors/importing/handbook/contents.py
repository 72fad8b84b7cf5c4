"""The contents articles that keep a folder's structure while there is no page tree."""

from __future__ import annotations

from collections.abc import Callable

from watercooler.doors.importing.handbook.folder import Folder, Page, spoken

LONGEST = 95_000


def path(section: str) -> str:
    """Return the name under which the numbers of contents are kept; no page can be called so."""
    return f"contents//{section}"


def sections(folder: Folder) -> list[str]:
    """Return "" and every folder below the root that holds pages."""
    found = {folder.section(page.path) for page in folder.pages.values() if not page.leads_to}
    return ["", *sorted(found - {""}, key=str.casefold)]


def title(folder: Folder, section: str) -> str:
    return f"Contents: {spoken(section)}" if section else "Contents"


def written(
    folder: Folder,
    section: str,
    all_sections: list[str],
    address: Callable[[str], str],
    contents_address: Callable[[str], str],
) -> tuple[str, str]:
    """Return (title, text) of one contents article: its pages, as the folders nest."""
    pages = [p for p in folder.pages.values() if not p.leads_to and folder.section(p.path) == section]
    lines: list[str] = []
    if not section:
        lines += [f"- [{spoken(each)}]({contents_address(each)})" for each in all_sections if each]
    base = f"{folder.root}/{section}".strip("/")
    lines += _nested(pages, base, address)
    text, left = "", len(lines)
    for line in lines:
        if len(text) + len(line) > LONGEST:
            return title(folder, section), f"{text}\n- … and {left:,} more. Search finds them."
        text, left = f"{text}{line}\n", left - 1
    return title(folder, section), text.strip()


def _nested(pages: list[Page], base: str, address: Callable[[str], str]) -> list[str]:
    """Return a list of pages, a folder's own page first, its others below it."""
    lines: list[str] = []
    seen: set[str] = {base}
    indexes = {page.folder: page for page in pages if page.is_index}
    for page in sorted(pages, key=lambda p: (p.folder.casefold(), not p.is_index, p.title.casefold())):
        for folder in _folders(page.folder, base):
            if folder not in seen:
                seen.add(folder)
                depth = folder.removeprefix(base).strip("/").count("/")
                own = indexes.get(folder)
                name = f"**{_bare(spoken(folder.rpartition('/')[2]))}**"
                lines.append(f"{'  ' * depth}- {_linked(own, address) if own else name}")
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
