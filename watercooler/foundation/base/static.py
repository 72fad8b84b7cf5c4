"""The built styles, modules, fonts and icons, under names that change with their content."""

from __future__ import annotations

import json
from functools import cache

from django.conf import settings
from minijinja import safe
from whitenoise.middleware import WhiteNoiseMiddleware


@cache
def _manifest() -> dict[str, str]:
    """Return name → built file name. Missing before the first build, when pages are plain."""
    path = settings.BUILT_DIR / "names.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def built(name: str) -> str:
    """Return the address of a built file: built("app.css") → /static/built/app.3f2a.css."""
    return f"{settings.STATIC_URL}built/{_manifest().get(name, name)}"


@cache
def icon(name: str, classes: str = "") -> str:
    """Return one drawn icon. It is decoration: the words beside it, or an aria-label, say what it means."""
    css = f"i {classes}".strip()
    return safe(f'<svg class="{css}" aria-hidden="true"><use href="{built("icons.svg")}#i-{name}"/></svg>')


class BuiltFiles(WhiteNoiseMiddleware):
    """Serves /static/; files in `built/` carry their content's hash and never change."""

    def immutable_file_test(self, path: str, url: str) -> bool:
        return url.startswith(f"{settings.STATIC_URL}built/")
