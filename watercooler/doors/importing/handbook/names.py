"""What the names of files and folders say: which are pages, what they are called, of which day they are."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from unicodedata import normalize

MARKDOWN = (
    *(".md", ".markdown", ".mdown", ".mdx", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext", ".qmd", ".rmd"),
    *(".md.erb", ".markdown.erb", ".md.liquid", ".md.njk", ".md.j2"),
)
INDEXES = ("readme", "index", "_index")
_ENDING = re.compile(
    r"(?:\.html?)?(?:\.(?:md|markdown|mdown|mdx|mkdn?|mdwn|mdtxt|mdtext|qmd|rmd))(?:\.(?:erb|liquid|njk|j2))?\Z", re.I
)
_POST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_](.+)\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOTION = re.compile(r"[ -][0-9a-f]{32}\Z")
"""What Notion puts behind the name of each file and folder."""
_NUMBERED = re.compile(
    r"(?:(?P<padded>0\d{0,3})[-_. ]+|(?P<pointed>\d{1,3})(?:\.[ _-]*|_+|[ ]-[ ]|\)[ _-]*)|(?P<bare>\d{1,2})-)"
    r"(?=[^\W\d])(?!(?:days?|weeks?|hours?|months?|minutes?|mins?|years?|steps?|on|to|in|x|d|st|nd|rd|th)"
    r"(?:[-_. ]|\Z))",
    re.I,
)


@lru_cache(maxsize=4000)
def ending(path: str) -> str:
    """Return the ending of a Markdown file, as ".html.md.erb", or "" for any other."""
    found = _ENDING.search(path)
    return found[0] if found else ""


def stem(path: str) -> str:
    """Return the path of a page without its ending."""
    return path[: len(path) - len(ending(path))]


def bare(name: str) -> str:
    """Return the name of a file or folder without the number or day that only orders it."""
    if post := _POST.match(name):
        return post[4]
    return _NUMBERED.sub("", name, count=1) if _NUMBERED.match(name) else name


def number(name: str) -> float | None:
    """Return the number that orders a file or folder among its siblings, or None."""
    found = _NUMBERED.match(name)
    return float(found["padded"] or found["pointed"] or found["bare"]) if found else None


def day_of(path: str) -> datetime | None:
    """Return the day that the name of a post says, at noon in UTC, or None."""
    if post := _POST.match(stem(path).rpartition("/")[2]):
        try:
            return datetime(int(post[1]), int(post[2]), int(post[3]), 12, tzinfo=UTC)
        except ValueError:
            return None
    return None


def from_name(path: str) -> str:
    """Return what a page is called by its file's name, an index by its folder's."""
    *folders, name = stem(path).split("/")
    if name.casefold() in INDEXES:
        name = folders[-1] if folders else "Read me first"
    return spoken(name) or name or path


def spoken(name: str) -> str:
    """Return a folder's or file's name as people would say it: "02-travel-and-leave" → "Travel and leave"."""
    if _DAY.fullmatch(name):
        return name
    words = re.sub(r"[-_\s]+|\.(?!\d)|(?<!\d)\.", " ", _NOTION.sub("", bare(name))).strip()
    words = re.sub(r" {2,}", " ", words)
    return words[:1].upper() + words[1:] if words else name


def same(name: str) -> str:
    """Return what all spellings of a name have in common: small and capital letters, an é as one sign or as two."""
    return (name if name.isascii() else normalize("NFC", name)).casefold()
