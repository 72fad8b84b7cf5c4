"""Telling code from words in Markdown, so that nothing in an example is changed."""

from __future__ import annotations

import re
from collections.abc import Callable

_FENCED = re.compile(
    r"[ \t]*(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)",
    re.M | re.S,
)
_SPAN = re.compile(r"(?P<ticks>`+)(?!`)(?:[^`\n]|\n(?![ \t]*\n)|(?!(?P=ticks)(?!`))`)+?(?P=ticks)(?!`)")
_RUN = re.compile("``*|~~~~*")
"""A run of the signs that code begins with. Written so that the search for it goes by its first letter."""
_MARK = re.compile(r"\x02(\d+)\x03")


def outside_code(text: str) -> str:
    """Return the text with all code blanked out; every other character stays where it was."""
    return _replaced(text, lambda block, _is_fenced: "\n".join(" " * len(line) for line in block.split("\n")))


class Aside:
    """Code, and other finished blocks, set aside under marks that no text holds, so that changes may reach across."""

    def __init__(self) -> None:
        self._kept: list[tuple[str, str]] = []

    def away(self, text: str) -> str:
        """Return a text with marks in the place of its code."""
        return _replaced(text, self._code)

    def keep(self, block: str) -> str:
        """Return the mark under which a finished block is kept."""
        self._kept.append(("", block))
        return f"\x02{len(self._kept) - 1}\x03"

    def back(self, text: str) -> str:
        """Return a text with everything back in its place.

        A block whose line a change has moved, into a quotation or out of a list, goes along with all its lines.
        """
        for _kept_in_kept in range(3):
            if "\x02" not in text:
                break
            text = _MARK.sub(self._block, text)
        return text

    def _code(self, block: str, is_fenced: bool) -> str:
        indent = block[: len(block) - len(block.lstrip(" \t"))] if is_fenced else ""
        self._kept.append((indent, block[len(indent) :]))
        return f"{indent}\x02{len(self._kept) - 1}\x03"

    def _block(self, match: re.Match[str]) -> str:
        number = int(match[1])
        indent, block = self._kept[number] if number < len(self._kept) else ("", "")
        before = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
        if "\n" not in block or before == indent or before.strip(" \t>"):
            return block
        lines, mark = block.split("\n"), before.rstrip()
        if mark and all(line.startswith(mark) for line in lines[1:]):  # it was in this quotation before
            return block
        return f"\n{before}".join([lines[0], *(line.removeprefix(indent) for line in lines[1:])])


def changed(text: str, change: Callable[[str], str]) -> str:
    """Return the text with everything but code changed."""
    aside = Aside()
    return aside.back(change(aside.away(text)))


def code_changed(text: str, change: Callable[[str, bool], str]) -> str:
    """Return the text with each piece of code changed. change: as `_replaced` has it."""
    return _replaced(text, change)


def _replaced(text: str, change: Callable[[str, bool], str]) -> str:
    """Return the text with each piece of code changed. change: the piece, and whether it is a block → what it becomes.

    Only where a run of such signs stands is anything tried: one pattern tried at every character took twice as long.
    """
    out: list[str] = []
    end = seen = 0
    for run in _RUN.finditer(text):
        at = run.start()
        if at < seen:  # within a piece of code
            continue
        line = text.rfind("\n", seen, at) + 1
        is_first = (line > 0 or seen == 0) and not text[line:at].strip(" \t")
        fenced = _FENCED.match(text, line) if is_first else None
        found = fenced or (_SPAN.match(text, at) if text[at] == "`" else None)
        seen = found.end() if found else run.end()
        if found:
            out += [text[end : found.start()], change(found[0], fenced is not None)]
            end = seen
    return "".join([*out, text[end:]]) if out else text
