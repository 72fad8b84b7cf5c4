"""What changed between two texts, word by word, and how two changes of one text come together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from typing import Literal

from django.utils.translation import gettext as _

type Mark = Literal["same", "del", "ins"]
type Runs = list[tuple[Mark, str]]

MOST_COMPARED = 1_500_000
"""Pairs of lines, or of words within a changed passage, that are compared; beyond it, it is shown as replaced whole."""

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def changes(before: str, after: str) -> Runs:
    """Return runs of equal, removed and added text that together give both texts: lines first, words within them."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    runs: Runs = []
    for tag, a, b, c, d in _matched(old, new):
        removed, added = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            runs.append(("same", removed))
        else:
            runs += _within(removed, added)
    return _joined(runs)


def _matched(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """Return difflib's opcodes; where comparing would take long, one replacement between equal beginning and end."""
    start = _shared(old, new)
    end = min(_shared(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    a, b = len(old) - end, len(new) - end
    middle: Sequence[tuple[str, int, int, int, int]] = [("replace", start, a, start, b)]
    if (a - start) * (b - start) <= MOST_COMPARED:
        found = SequenceMatcher(None, old[start:a], new[start:b]).get_opcodes()
        middle = [(tag, i + start, j + start, k + start, n + start) for tag, i, j, k, n in found]
    return [("equal", 0, start, 0, start), *middle, ("equal", a, len(old), b, len(new))]


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many pieces both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _within(removed: str, added: str) -> Runs:
    old, new = _WORDS.findall(removed), _WORDS.findall(added)
    runs: Runs = []
    for tag, a, b, c, d in _matched(old, new):
        if tag == "equal":
            runs.append(("same", "".join(old[a:b])))
        else:
            runs += [("del", "".join(old[a:b])), ("ins", "".join(new[c:d]))]
    return _calm(runs)


def _calm(runs: Runs) -> Runs:
    """Take lone spaces and commas between two changes into the change: whole phrases read better than confetti."""
    calm: Runs = []
    for at, (mark, text) in enumerate(runs):
        is_crumb = mark == "same" and 0 < at < len(runs) - 1 and not re.search(r"\w", text) and "\n" not in text
        calm += [("del", text), ("ins", text)] if is_crumb else [(mark, text)]
    return _gathered(calm)


def _gathered(runs: Runs) -> Runs:
    """Put what was removed in a row before what was added in its place."""
    gathered: Runs = []
    gone = come = ""
    for mark, text in [*runs, ("same", "")]:
        if mark == "del":
            gone += text
        elif mark == "ins":
            come += text
        else:
            gathered += [("del", gone), ("ins", come), ("same", text)]
            gone = come = ""
    return [run for run in gathered if run[1]]


def _joined(runs: Runs) -> Runs:
    joined: Runs = []
    for mark, text in runs:
        if joined and joined[-1][0] == mark:
            joined[-1] = (mark, joined[-1][1] + text)
        elif text:
            joined.append((mark, text))
    return joined


def marked(before: str, after: str, only: Mark | None = None) -> str:
    """Return safe HTML of the change with <del> and <ins>. only: "del" shows the old text, "ins" the new one.

    What a screen reader should say of a change stands in it, out of sight.
    """
    hidden = {"del": "ins", "ins": "del"}.get(only or "", "")
    return "".join(_html(mark, text) for mark, text in changes(before, after) if mark != hidden)


def _html(mark: Mark, text: str) -> str:
    if mark == "same":
        return escape(text)
    said = _("Removed:") if mark == "del" else _("Added:")
    return f'<{mark}><span class="vh">{escape(said)} </span>{escape(text)}</{mark}>'


def shortened(before: str, after: str, around: int = 160) -> str:
    """Return `marked` with long stretches that stayed the same cut to what stands around a change."""
    runs = changes(before, after)
    pieces = []
    for at, (mark, text) in enumerate(runs):
        if mark == "same" and len(text) > 2.5 * around:
            head = "" if at == 0 else text[:around]
            tail = "" if at == len(runs) - 1 else text[-around:]
            text = f"{head} … {tail}".strip()
        pieces.append(_html(mark, text))
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Merged:
    """Two changes of one text put together. clashes: how many passages both changed; there, both stand."""

    text: str
    clashes: int


def merged(base: str, theirs: str, mine: str) -> Merged:
    """Put two changes of `base` together by lines. Where both changed the same passage, theirs stands before mine."""
    pieces, clashes = [], 0
    for one, other in _passages(base, theirs, mine):
        pieces.append(one)
        if other is not None:
            clashes += 1
            pieces.append(("" if one.endswith("\n") or not one else "\n") + other)
    return Merged("".join(pieces), clashes)


def _passages(base: str, theirs: str, mine: str) -> Iterator[tuple[str, str | None]]:
    """Yield (text, None), or (theirs, mine) where they clash, between lines that all three have in common."""
    lines = [text.splitlines(keepends=True) for text in (base, theirs, mine)]
    b = t = m = 0
    for end_b, end_t, end_m, size in _anchors(*lines):
        was, one, two = ("".join(text[a:z]) for text, a, z in zip(lines, (b, t, m), (end_b, end_t, end_m), strict=True))
        if one == two or two == was:
            yield one, None
        elif one == was:
            yield two, None
        else:
            yield one, two
        yield "".join(lines[0][end_b : end_b + size]), None
        b, t, m = end_b + size, end_t + size, end_m + size


def _anchors(base: list[str], theirs: list[str], mine: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield (at in base, at in theirs, at in mine, lines) of the runs all three share, and their ends."""
    in_theirs = _places(base, theirs)
    in_mine = _places(base, mine)
    at = 0
    while at < len(base):
        size = 0
        while (
            at + size in in_theirs
            and at + size in in_mine
            and in_theirs[at + size] == in_theirs[at] + size
            and in_mine[at + size] == in_mine[at] + size
        ):
            size += 1
        if size:
            yield at, in_theirs[at], in_mine[at], size
        at += size or 1
    yield len(base), len(theirs), len(mine), 0


def _places(base: list[str], other: list[str]) -> dict[int, int]:
    """Return where each line of `base` that is kept stands in `other`."""
    kept = [(a, c, b - a) for tag, a, b, c, _d in _matched(base, other) if tag == "equal"]
    return {a + k: c + k for a, c, size in kept for k in range(size)}
