"""Handles for people who come without one."""

from __future__ import annotations

import re
import unicodedata

from watercooler.doors.importing.people.entries import Entry

LONGEST = 40
_SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "þ": "th", "œ": "oe", "ı": "i"})


def wanted(entry: Entry) -> str:
    """Return the handle an entry asks for: its log-in, else the beginning of its address, else its name."""
    login = entry.handle.rpartition("\\")[2].partition("@")[0]
    for words in (login, entry.email.partition("@")[0], ".".join(entry.name.split()), f"person-{entry.key}"):
        if spelled := _spelled(words):
            return spelled
    return "person"


def _spelled(words: str) -> str:
    text = unicodedata.normalize("NFKD", words.casefold().translate(_SPELLED))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9._-]+", "-", text).strip("._-")[:LONGEST].rstrip("._-")


def free(handle: str, taken: set[str]) -> str:
    """Return the handle, with a number behind it if it is taken, and take it."""
    number, found = 2, handle
    while found in taken:
        ending = f"-{number}"
        found, number = f"{handle[: LONGEST - len(ending)]}{ending}", number + 1
    taken.add(found)
    return found
