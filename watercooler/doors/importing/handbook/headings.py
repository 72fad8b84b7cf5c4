"""The headings of a text: its title, and the parts that links lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from watercooler.doors.importing.code import outside_code
from watercooler.doors.importing.handbook import front
from watercooler.foundation.base.cleaning import clean_line

LONGEST_HEADING = 1000
BEGINNING = 4000
MOST_INDENT = 3
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.M)
_UNDERLINED = re.compile(r"^(\S[^\n]{0,200})\n(=+|-{2,})[ \t]*$", re.M)
_MAIN = re.compile(r"\s*^(?: {0,3}#[ \t]+(.+?)[ \t]*#*[ \t]*|([^\s|\-#>][^\n]{0,200})\n=+[ \t]*)$", re.M)
_ANCHOR = re.compile(r"""<\w+\b[^<>]*?\s(?:id|name)\s*=\s*["']([^"'<>\s]{1,100})["']""", re.I)
_NAMED = re.compile(r"\x0e([^\x0e\x0f]*)\x0f")
_EXPLICIT = re.compile(r"\{:?[ \t]*(?:[^{}]*[ \t])?#([\w:.-]+)[^{}]*\}\s*\Z")
_NO_WORDS = re.compile(r"(`+)([^`]+)\1|\{[ \t]*[#:.][^}]*\}|</?[a-zA-Z][^<>]*>")
_MAY_BE_MARK = re.compile(r"[\[*`_{<&\x0e]")
_SPACE = re.compile(r"\s")
_NO_ANCHOR = re.compile(r"[^\w\s-]")
_MARKS = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])|[*`]|(?<!\w)_|_(?!\w)")


def headings(body: str) -> list[tuple[int, int, str]]:
    """Return (where, level, words) of every heading outside code, in order."""
    bare = outside_code(body)
    # The words themselves may hold code.
    found = [(m.start(), len(m[1]), (_HEADING.match(body, m.start()) or m)[2]) for m in _marked(bare)]
    if "\n==" not in bare and "\n--" not in bare:
        return found
    found += [
        (m.start(), 1 if m[2][0] == "=" else 2, m[1]) for m in _UNDERLINED.finditer(bare) if m[1][0] not in "|-#>"
    ]
    return sorted(found)


def _marked(bare: str) -> Iterator[re.Match[str]]:
    """Yield the headings that begin with #. Only lines with that sign are tried: most have none."""
    at = bare.find("#")
    while at >= 0:
        line = bare.rfind("\n", 0, at) + 1
        match = _HEADING.match(bare, line) if at - line <= MOST_INDENT else None
        if match:
            yield match
        after = bare.find("\n", match.end() if match else at)
        at = bare.find("#", after) if after >= 0 else -1


def first_heading(body: str) -> str:
    """Return the words of a main heading that begins the text, or nothing."""
    found = _MAIN.match(body)
    return plain_words(found[1] or found[2]) if found else ""


def main_heading(words: str, *, is_main: bool = False) -> str:
    """Return the words of the heading that is a page's title: its first main one, or one of any level it begins with.

    words: a text without the marks of other houses. is_main: only a main one.
    """
    found = headings(words[:BEGINNING])
    if all(level > 1 for _at, level, _words in found):
        found = headings(words)
    if not found:
        return ""
    main = next((said for _at, level, said in found if level == 1), "")
    begins = not is_main and not _NAMED.sub("", words[: found[0][0]]).strip()
    return plain_words(main or (found[0][2] if begins else ""))


def without_title(words: str, title: str) -> str:
    """Return a text without the heading that only repeats its title, if that is its first."""
    # Nearly always it is near the beginning.
    at, level, said = next(iter(headings(words[:BEGINNING]) or headings(words)), (0, 0, ""))
    begins = not _NAMED.sub("", words[:at]).strip()
    if not level or plain_words(said)[:200].casefold() != title.casefold() or (level > 1 and not begins):
        return words
    line, _break, after = words[at:].partition("\n")
    is_underlined = not line.lstrip().startswith("#")
    return words[:at] + (after.partition("\n")[2] if is_underlined else after).lstrip("\n")


def body_of(head: dict[str, Any], body: str) -> str:
    """Return an earlier text of a page without the main heading that only repeats, or is, its title."""
    heading, title = first_heading(body), front.said(head, "title")
    return without_title(body, heading) if heading and (not title or heading.casefold() == title.casefold()) else body


def parts_of(body: str) -> dict[str, int]:
    """Return heading's anchor → the number of the part it stands in, as the reading page counts its main headings."""
    found = headings(body)
    main = min((level for _at, level, _words in found), default=1)
    parts: dict[str, int] = {}
    named = {match[1]: match.end() for match in reversed(list(_NAMED.finditer(body)))}
    part, starts = 0, []
    for at, level, words in found:
        part += level == main
        starts.append((at, part))
        anchor = name = anchor_of(_NAMED.sub("", words))
        number = 1
        while name in parts:
            name, number = f"{anchor}-{number}", number + 1
        parts[name] = part
    for name, end in named.items():
        # A name directly before a heading is that heading's.
        reached = end + len(body[end : end + 200]) - len(_NAMED.sub("", body[end : end + 200]).lstrip())
        parts.setdefault(name, next((n for at, n in reversed(starts) if at <= reached), 0))
    return parts


def anchor_of(words: str) -> str:
    """Return the anchor that most Markdown houses give a heading."""
    if "{" in words and (explicit := _EXPLICIT.search(words)):
        return explicit[1].casefold()
    text = plain_words(words).casefold()
    return _SPACE.sub("-", _NO_ANCHOR.sub("", text).strip())


def loosely(anchor: str) -> str:
    """Return an anchor's letters and digits alone: houses differ in what they make of the rest."""
    return re.sub(r"[^\w]|_", "", anchor.casefold())


def plain_words(words: str) -> str:
    """Return the words of a heading without links, emphasis and attributes."""
    words = words[:LONGEST_HEADING]
    if not _MAY_BE_MARK.search(words):
        return clean_line(words)
    words = _NAMED.sub("", _NO_WORDS.sub(lambda m: m[2] or "", words))
    for _depth in range(2):  # a picture in a link
        words = _MARKS.sub(lambda m: m[1] or "", words)
    return clean_line(unescape(words))


def with_named_parts(body: str) -> str:
    """Return a text with a mark wherever an element of HTML has a name that links may lead to."""
    return _ANCHOR.sub(lambda tag: f"\x0e{tag[1].casefold()}\x0f{tag[0]}", body)
