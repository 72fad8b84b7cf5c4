"""Front matter: the part of YAML that handbooks use. No tags, anchors or merge keys, so nothing in it can be run."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any

LONGEST = 20_000
_KEY = re.compile(r"([\w.-]+)\s*:(?:\s+(.*)|)\Z")
_FENCE = re.compile(r"(-{3}|\+{3})[ \t]*\n")


def split(text: str) -> tuple[dict[str, Any], str, int]:
    """Return (front matter, the text behind it, how many lines it took). Keys in small letters, values text or lists.

    Without a proper end there is none, and the whole text stands.
    """
    fence = _FENCE.match(text)
    if fence is None:
        return {}, text, 0
    end = re.compile(rf"^{re.escape(fence[1])}[ \t]*$", re.M).search(text, fence.end(), fence.end() + LONGEST)
    if end is None:
        return {}, text, 0
    body = text[end.end() :].lstrip("\n")
    is_toml = fence[1] == "+++"
    return _read(text[fence.end() : end.start()], is_toml), body, text[: end.end()].count("\n") + 1


def _read(text: str, is_toml: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    key = ""
    for line in text.splitlines():
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        if line[0] in " \t-" and key:
            if bare.startswith("- "):
                _add(found, key, _value(bare[2:]))
            elif isinstance(found.get(key), str) and ":" not in bare:
                found[key] = f"{found[key]} {bare}".strip(" |>")
            continue
        if is_toml:
            bare = re.sub(r"\s*=\s*", ": ", bare, count=1)
        if match := _KEY.match(bare):
            key = match[1].casefold()
            found[key] = _value(match[2] or "")
    return found


def _add(found: dict[str, Any], key: str, value: Any) -> None:
    if not isinstance(found.get(key), list):
        found[key] = []
    if isinstance(value, str) and value:
        found[key].append(value)


def _value(text: str) -> Any:
    text = text.strip()
    if text[:1] == "[" and text[-1:] == "]":
        return [word for word in (_plain(part) for part in text[1:-1].split(",")) if word]
    return _plain(text)


def _plain(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1].replace('\\"', '"')
    return re.sub(r"\s+#.*\Z", "", text)


def words(front: dict[str, Any], *keys: str) -> list[str]:
    """Return the values of these keys as a list, a comma being an end too."""
    found: list[str] = []
    for key in keys:
        value = front.get(key, [])
        parts = value if isinstance(value, list) else value.split(",")
        found += [part.strip() for part in parts if part.strip()]
    return list(dict.fromkeys(found))


def said(front: dict[str, Any], *keys: str) -> str:
    """Return the first of these keys that has a value."""
    return next((value for key in keys if isinstance(value := front.get(key), str) and value), "")


def moment(front: dict[str, Any], *keys: str) -> datetime | None:
    """Return the first of these keys that is a day or moment; a day means its noon, in UTC."""
    for key in keys:
        text = said(front, key).replace("Z", "+00:00")
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            continue
        if len(text) <= len("2026-01-01"):
            return datetime.combine(date.fromisoformat(text), time(12), UTC)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None
