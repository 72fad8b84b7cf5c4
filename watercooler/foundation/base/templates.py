"""Jinja syntax, rendered by minijinja, for every page: ours and the sign-in library's.

Templates lie in the `templates` folder of the app they serve. Names ending in `.html` are escaped automatically.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.backends.base import BaseEngine
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from minijinja import Environment, TemplateError

from watercooler.foundation.base.words import translated


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
    """Return the one environment of this process. Filters and globals are added by `extend`."""
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
    from watercooler.foundation.base import text

    return {
        "initials": text.initials,
        "hue": text.hue,
        "iso": text.iso,
        "day": text.day,
        "short_number": text.short_number,
    }


def _globals() -> Mapping[str, Callable[..., Any]]:
    from watercooler.foundation.base import shell, static
    from watercooler.foundation.base.words import script_words

    return {
        "built": static.built,
        "icon": static.icon,
        "shell": shell.shell,
        "language": get_language,
        "script_words": script_words,
    }


class _Rendering(threading.local):
    """The language of what this thread renders, asked for once a template and not once a sentence."""

    language: str | None = None


_rendering = _Rendering()


def render(name: str, **context: object) -> str:
    """Return the rendered template. Raises TemplateError with file and line."""
    _rendering.language = get_language()
    return environment().render_template(name, **context)


class Template:
    """A template as the framework's own views expect it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Mapping[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        from watercooler.foundation.base.pages import frame

        values = dict(context or {})
        if request is not None:
            values = {**frame(request), **values, "request": request}
        return render(self.name, **values)


class MiniJinja(BaseEngine):
    """The template backend that lets a library's pages be our templates too."""

    app_dirname = "templates"

    def __init__(self, params: dict[str, Any]) -> None:
        params = params.copy()
        params.pop("OPTIONS", None)
        super().__init__(params)

    def get_template(self, template_name: str) -> Template:
        if _load(template_name) is None:
            raise TemplateDoesNotExist(template_name, backend=self)
        return Template(template_name)

    def from_string(self, template_code: str) -> Template:
        raise TemplateDoesNotExist("Templates are files.", backend=self)


__all__ = ["MiniJinja", "TemplateError", "environment", "render"]
