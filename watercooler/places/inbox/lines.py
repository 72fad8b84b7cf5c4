"""A line of the inbox as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from minijinja import safe

from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.templates import Piece, render
from watercooler.places.inbox.sentences import said
from watercooler.projections.notifications.reads import Line

_kept: Kept[bytes] = Kept(20_000)
_days: Kept[tuple[bytes, bytes]] = Kept(1_000)
HERE = "\x00"
"""Stands for a day's lines while what is around them is made."""


def line_html(line: Line, language: str) -> Piece:
    """Return one line. Cost: microseconds while nothing in it changes, else about 0.1 ms."""
    return Piece([_line(line, language)])


def _line(line: Line, language: str) -> bytes:
    key = (line.key, language)
    html = _kept.find(key)
    if html is None:
        html = render("inbox/line.html", row={"line": line, "said": said(line)}).encode()
        _kept.keep(key, html)
    return html


def days_html(days: Iterable[tuple[str, list[Line]]], language: str) -> Piece:
    """Return the lines of each day under its name, which is empty where a former page began it."""
    parts: list[bytes] = []
    for name, lines in days:
        before, after = _days.get(name, partial(_day, name))
        parts += (before, *(_line(line, language) for line in lines), after)
    return Piece(parts)


def _day(name: str) -> tuple[bytes, bytes]:
    before, _here, after = render("inbox/day.html", day=name, lines=safe(HERE)).partition(HERE)
    return before.encode(), after.encode()
