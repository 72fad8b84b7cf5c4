"""The words of the interface, looked up once a language."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as looked_up
from minijinja import safe


@lru_cache(maxsize=10_000)
def translated(language: str | None, message: str) -> str:
    """Return the message in the language that is active, which the caller names. Cost: 0.1 µs; anew, 4.5 µs."""
    return looked_up(message)


def gettext(message: str) -> str:
    """Return the message in the active language, for pages that say many. Cost: 2 µs."""
    return translated(get_language(), message)


def script_words() -> str:
    """Return the words that scripts write, as one block of the page; nothing in English, which stands in the code."""
    return _script_words(get_language() or settings.LANGUAGE_CODE)


@cache
def _script_words(language: str) -> str:
    said: dict[str, str] = {}
    for folder in settings.LOCALE_PATHS:
        path = Path(folder) / language / "LC_MESSAGES" / "script.json"
        said |= json.loads(path.read_text("utf-8")) if path.is_file() else {}
    if not said:
        return ""
    whole = json.dumps(said, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return safe(f'<script type="application/json" id="words">{whole}</script>')
