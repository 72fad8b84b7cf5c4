"""The built styles, modules, fonts and icons, under names that change with their content."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from minijinja import safe
from whitenoise.middleware import WhiteNoiseMiddleware


def _read_names() -> dict[str, str]:
    path = settings.BUILT_DIR / "names.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


@cache
def _kept_names() -> dict[str, str]:
    return _read_names()


def names() -> dict[str, str]:
    """Return name → built file name. Empty before the first build, when pages are plain.

    Cost: read once a process; while developing, read every time, so that a rebuild shows at once.
    """
    return _read_names() if settings.DEBUG else _kept_names()


def built(name: str) -> str:
    """Return the address of a built file: built("app.css") → /static/built/app.3f2a.css."""
    return f"{settings.STATIC_URL}built/{names().get(name, name)}"


def built_path(name: str) -> Path:
    """Return where a built file lies, for those served from another address, as the service worker."""
    return Path(settings.BUILT_DIR) / names().get(name, name)


def icon(name: str, classes: str = "") -> str:
    """Return one drawn icon. It is decoration: the words beside it, or an aria-label, say what it means."""
    return _drawn(built("icons.svg"), name, classes)


@cache
def _drawn(sprite: str, name: str, classes: str) -> str:
    css = f"i {classes}".strip()
    return safe(f'<svg class="{css}" aria-hidden="true"><use href="{sprite}#i-{name}"/></svg>')


class BuiltFiles(WhiteNoiseMiddleware):
    """Serves /static/; files in `built/` carry their content's hash and never change."""

    def immutable_file_test(self, path: str, url: str) -> bool:
        return url.startswith(f"{settings.STATIC_URL}built/") and not url.endswith("names.json")
