"""A line of the inbox as its page shows it."""

from __future__ import annotations

from typing import Any

from minijinja import safe

from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.templates import render
from watercooler.places.inbox.sentences import said
from watercooler.projections.notifications.reads import Line

_kept: Kept[str] = Kept(20_000)


def line_html(line: Line, language: str) -> Any:
    """Return one line as safe HTML. Cost: microseconds while nothing in it changes, else about 0.1 ms."""
    return safe(
        _kept.get((line.key, language), lambda: render("inbox/line.html", row={"line": line, "said": said(line)}))
    )
