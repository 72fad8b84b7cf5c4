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


def outside_code(text: str) -> str:
    """Return the text with all code blanked out; every other character stays where it was."""
    if not _may_hold_code(text):
        return text
    return _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def changed(text: str, change: Callable[[str], str]) -> str:
    """Return the text with everything but code changed.

    Code is set aside under a mark that no text holds, so that a change may reach across it.
    """
    if not _may_hold_code(text):
        return change(text)
    kept: list[str] = []

    def aside(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\x02{len(kept) - 1}\x03"

    marked = change(_CODE.sub(aside, text))
    return re.sub(r"\x02(\d+)\x03", lambda m: kept[int(m[1])], marked)


def _may_hold_code(text: str) -> bool:
    return "`" in text or "~~~" in text
