"""Telling code from words in Markdown, so that nothing in an example is changed."""

from __future__ import annotations

import re
from collections.abc import Callable

# What comes first says at most places that no code begins there: half the time.
_CODE = re.compile(
    r"(?=[ \t`~])(?:(^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z))"
    r"|((?<!`)(?P<ticks>`+)(?!`)(?:[^`\n]|\n(?![ \t]*\n)|(?!(?P=ticks)(?!`))`)+?(?P=ticks)(?!`)))",
    re.M | re.S,
)
_MARK = re.compile(r"\x02(\d+)\x03")


def outside_code(text: str) -> str:
    """Return the text with all code blanked out; every other character stays where it was."""
    if not _may_hold_code(text):
        return text
    return _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


class Aside:
    """Code, and other finished blocks, set aside under marks that no text holds, so that changes may reach across."""

    def __init__(self) -> None:
        self._kept: list[tuple[str, str]] = []

    def away(self, text: str) -> str:
        """Return a text with marks in the place of its code."""
        return _CODE.sub(self._code, text) if _may_hold_code(text) else text

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

    def _code(self, match: re.Match[str]) -> str:
        block = match[0]
        indent = block[: len(block) - len(block.lstrip(" \t"))] if match["fence"] else ""
        self._kept.append((indent, block[len(indent) :]))
        return f"{indent}\x02{len(self._kept) - 1}\x03"

    def _block(self, match: re.Match[str]) -> str:
        number = int(match[1])
        indent, block = self._kept[number] if number < len(self._kept) else ("", "")
        before = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
        if "\n" not in block or before == indent or before.strip(" \t>"):
            return block
        lines = block.split("\n")
        return f"\n{before}".join([lines[0], *(line.removeprefix(indent) for line in lines[1:])])


def changed(text: str, change: Callable[[str], str]) -> str:
    """Return the text with everything but code changed."""
    aside = Aside()
    return aside.back(change(aside.away(text)))


def _may_hold_code(text: str) -> bool:
    return "`" in text or "~~~" in text
