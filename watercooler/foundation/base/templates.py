"""Jinja syntax, rendered by minijinja.

Templates lie in the `templates` folder of the app they serve. Names ending in `.html` are escaped automatically.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from minijinja import Environment, TemplateError, pass_state, safe

from watercooler.foundation.base import shell, static, text
from watercooler.foundation.base.words import script_words, translated


def _folders() -> list[Path]:
    return [folder for app in apps.get_app_configs() if (folder := Path(app.path) / "templates").is_dir()]


def _load(name: str) -> str | None:
    if ".." in name:
        return None
    for folder in _folders():
        path = folder / name
        if path.is_file():
            return path.read_text("utf-8")
    return None


def exists(name: str) -> bool:
    """Say whether an app holds this template."""
    return _load(name) is not None


def _phrase(message: str, **values: object) -> str:
    """Return the translated message with its named placeholders filled: _("Hello %(name)s", name=…)."""
    text = translated(_rendering.language, message)
    return text % values if values else text


def _phrases(one: str, many: str, count: int, **values: object) -> str:
    """Return the translated singular or plural with `count` and the named placeholders filled."""
    return ngettext(one, many, count) % {"count": count, **values}


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


@cache
def environment() -> Environment:
    """Return the one environment of this process."""
    env = Environment(
        loader=_load,
        reload_before_render=settings.DEBUG,
        trim_blocks=True,
        lstrip_blocks=True,
        globals={"_": _phrase, "ngettext": _phrases, "url": _url},
    )
    for name, function in _filters().items():
        env.add_filter(name, function)
    for name, function in _globals().items():
        env.add_global(name, function)
    return env


def _filters() -> Mapping[str, Callable[..., Any]]:
    return {
        "initials": text.initials,
        "hue": text.hue,
        "iso": text.iso,
        "day": text.day,
        "short_number": text.short_number,
    }


def _globals() -> Mapping[str, Callable[..., Any]]:
    return {
        "built": static.built,
        "written": static.written,
        "icon": static.icon,
        "shell": _shell,
        "language": get_language,
        "script_words": script_words,
    }


class _Rendering(threading.local):
    """The language of what this thread renders, asked for once a template and not once a sentence; and the bytes that
    are put in afterwards, by the names of their marks, or None where nobody does that."""

    language: str | None = None
    pieces: dict[str, tuple[bytes, ...]] | None = None


_rendering = _Rendering()


def render(name: str, **context: object) -> str:
    """Return the rendered template. Raises TemplateError with file and line."""
    _rendering.language = get_language()
    for key, value in context.items():
        if type(value) is Piece:
            context[key] = safe(str(value))
    return environment().render_template(name, **context)


class Piece:
    """Long safe HTML, as the bytes that are sent: cards, answers, the lines of an inbox.

    A template given one by its own name, and rendered by `rendered`, holds a mark in its place. So most of a page is
    copied once, and not turned into text and back between Python, the template and the server.
    """

    __slots__ = ("parts",)

    def __init__(self, parts: Iterable[bytes] = ()) -> None:
        self.parts = tuple(parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __str__(self) -> str:
        return b"".join(self.parts).decode()


def joined(pieces: Iterable[Piece]) -> Piece:
    """Return pieces one after another."""
    return Piece([part for piece in pieces for part in piece.parts])


# Nobody can know what stands for a piece, so no text that a page shows can pose as one.
_SECRET = secrets.token_hex(8)
_PIECE = re.compile(f"\0{_SECRET}-(\\w+)\0".encode())


@cache
def _mark(key: str) -> str:
    return safe(f"\0{_SECRET}-{key}\0")


def rendered(name: str, **context: object) -> bytes:
    """Return the rendered template as it is sent, with long pieces put in. Raises TemplateError with file and line."""
    pieces = {key: value.parts for key, value in context.items() if type(value) is Piece and value}
    _rendering.pieces = pieces
    try:
        html = render(name, **context | {key: _mark(key) for key in pieces}).encode()
    finally:
        _rendering.pieces = None
    parts = _PIECE.split(html)
    whole: list[bytes] = parts[:1]
    for key, after in zip(parts[1::2], parts[2::2], strict=True):
        whole += pieces[key.decode()]
        whole.append(after)
    return b"".join(whole)


@pass_state
def _shell(rendering: Any, *around: Any) -> dict[str, str]:
    """Return what stands around a page for a template to write: marks within `rendered`, or itself.

    In and out of the template, these 10 KB cost 20 µs.
    """
    made = shell.shell(rendering, *around)
    pieces = _rendering.pieces
    if pieces is None:
        return {name: safe(html.decode()) for name, html in made.items()}
    for name, html in made.items():
        pieces[f"around_{name}"] = (html,)
    return {name: _mark(f"around_{name}") for name in made}


__all__ = ["Piece", "TemplateError", "environment", "exists", "joined", "render", "rendered"]
