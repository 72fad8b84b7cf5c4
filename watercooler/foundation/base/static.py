"""The built styles, modules, fonts and icons, under names that change with their content."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from minijinja import safe
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

GONE = "This file is gone: the front end was built anew after the product started. Start the product again."
log = logging.getLogger("watercooler.static")


def _read_names() -> dict[str, str]:
    path = settings.BUILT_DIR / "names.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


@cache
def _is_developing() -> bool:
    return bool(settings.DEBUG)


def names() -> dict[str, str]:
    """Return name → built file name. Empty before the first build, when pages are plain."""
    return _read_names()


def built(name: str) -> str:
    """Return the address of a built file: built("app.css") → /static/built/app.3f2a.css.

    Cost: a look-up; while developing, the list is read every time, so that a rebuild shows at once.
    """
    return _built(name) if _is_developing() else _kept_built(name)


def _built(name: str) -> str:
    return f"{settings.STATIC_URL}built/{names().get(name, name)}"


_kept_built = cache(_built)


def written(name: str) -> str:
    """Return a built style sheet, to be written into a page: what its first picture would else wait for.

    Cost: a look-up. Nothing before the first build, when pages are plain.
    """
    return safe(_read(name)) if _is_developing() else _kept_written(name)


def digest(name: str) -> str:
    """Return the hash by which the content policy lets a built style sheet stand in a page: "'sha256-…'".

    Cost: a look-up by name. Kept by the text instead, it read all of the styles for each page: 0.1 ms.
    """
    return _digest(name) if _is_developing() else _kept_digest(name)


def _digest(name: str) -> str:
    return f"'sha256-{b64encode(sha256(_read(name).encode()).digest()).decode()}'"


_kept_digest = cache(_digest)


def _read(name: str) -> str:
    path = built_path(name)
    return path.read_text("utf-8") if path.exists() else ""


@cache
def _kept_written(name: str) -> str:
    return safe(_read(name))


def built_path(name: str) -> Path:
    """Return where a built file lies, for those served from another address, as the service worker."""
    return Path(settings.BUILT_DIR) / names().get(name, name)


def icon(name: str, classes: str = "") -> str:
    """Return one drawn icon. It is decoration: the words beside it, or an aria-label, say what it means."""
    return _icon(name, classes) if _is_developing() else _kept_icon(name, classes)


def _icon(name: str, classes: str) -> str:
    css = f"i {classes}".strip()
    return safe(f'<svg class="{css}" aria-hidden="true"><use href="{built("icons.svg")}#i-{name}"/></svg>')


_kept_icon = cache(_icon)


class BuiltFiles(WhiteNoiseMiddleware):
    """Serves /static/; files in `built/` carry their content's hash and never change."""

    def immutable_file_test(self, path: str, url: str) -> bool:
        return url.startswith(f"{settings.STATIC_URL}built/") and not url.endswith("names.json")

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """Answer with a file; with 404 and what to do where it was there at the start and is gone."""
        try:
            answer: HttpResponse = WhiteNoiseMiddleware.serve(static_file, request)
        except FileNotFoundError:
            log.warning("%s: %s", request.path, GONE)
            answer = HttpResponseNotFound(GONE, content_type="text/plain; charset=utf-8")
        return answer
