"""Front matter: the part of YAML that handbooks use, TOML and JSON. No tags, anchors or merge keys in YAML, so nothing
in it can be run.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import Any

LONGEST = 20_000
_KEY = re.compile(r"(\"[^\"]+\"|'[^']+'|[\w.@-]+)[ \t]*:(?:[ \t]+(.*)|)\Z")
_FENCE = re.compile(r"(-{3}|\+{3}|;{3})[ \t]*\n")
_FOLDED = re.compile(r"[|>][+-]?\d?[ \t]*(?:#.*)?\Z")
_DAY = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}:\d{2})(?::(\d{2}))?(?:\.\d+)?[ ]*(Z|[+-]\d{2}:?\d{2})?.*)?\Z"
)


def split(text: str) -> tuple[dict[str, Any], str, int]:
    """Return (front matter, the text behind it, how many lines it took). Keys in small letters, values text or lists.

    What lies one deeper has its key behind a point, "sidebar.order". Without a proper end there is none, and the whole
    text stands.
    """
    if text[:1] == "{" and (found := _json(text)):
        return found
    fence = _FENCE.match(text)
    if fence is None:
        return {}, text, 0
    mark = re.escape(fence[1])
    end = re.compile(rf"^(?:{mark}|{'[.]{3}' if fence[1] == '---' else mark})[ \t]*$", re.M)
    ended = end.search(text, fence.end(), fence.end() + LONGEST)
    if ended is None:
        return {}, text, 0
    body = text[ended.end() :].lstrip("\n")
    said = text[fence.end() : ended.start()]
    head = _toml(said) if fence[1] == "+++" else _flat(_json_head(said)) if fence[1] == ";;;" else _yaml(said)
    return head, body, text[: ended.end()].count("\n") + 1


def _json(text: str) -> tuple[dict[str, Any], str, int] | None:
    """Return front matter that is a JSON object alone at the text's beginning, or None."""
    if not re.match(r"\{\s*\"", text):
        return None
    try:
        said, end = json.JSONDecoder().raw_decode(text[:LONGEST])
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or text[end : end + 1] not in {"\n", ""}:
        return None
    return _flat(said), text[end:].lstrip("\n"), text[:end].count("\n") + 1


def _json_head(text: str) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):
        said = json.loads(text if text.lstrip()[:1] == "{" else f"{{{text}}}")
        return said if isinstance(said, dict) else {}
    return {}


def _toml(text: str) -> dict[str, Any]:
    try:
        return _flat(tomllib.loads(text))
    except (ValueError, RecursionError):
        return _yaml(re.sub(r"^([\w.-]+)[ \t]*=[ \t]*", r"\1: ", text, flags=re.M))


def _flat(said: dict[str, Any], before: str = "", depth: int = 0) -> dict[str, Any]:
    """Return values as text or lists of text."""
    found: dict[str, Any] = {}
    for key, value in said.items():
        name = f"{before}{str(key).casefold()}"
        if isinstance(value, dict):
            found |= _flat(value, f"{name}.", depth + 1) if depth < 3 else {}
        elif isinstance(value, list):
            found[name] = [_text(each.get("name", "") if isinstance(each, dict) else each) for each in value]
            found[name] = [each for each in found[name] if each]
        elif value is not None:
            found[name] = _text(value)
    return found


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    with suppress(ValueError):  # a number too long to be written
        return value.isoformat() if isinstance(value, date | time) else str(value)
    return ""


def _yaml(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    lines = text.expandtabs(4).split("\n")
    at = 0
    while at < len(lines):
        match = _KEY.match(lines[at].rstrip())
        at += 1
        if match is None:
            continue
        key, began = match[1].strip("\"'").casefold(), at
        while at < len(lines) and (not lines[at].strip() or lines[at][0] in " -" or lines[at].startswith("]")):
            at += 1
        _keep(found, key, (match[2] or "").strip(), lines[began:at])
    return found


def _keep(found: dict[str, Any], key: str, first: str, more: Sequence[str]) -> None:
    """Keep the value of a key: what stands in its line, or in the deeper lines below it."""
    bare = [line.strip() for line in more if line.strip() and not line.lstrip().startswith("#")]
    if _FOLDED.match(first):
        found[key] = " ".join(line.strip() for line in more if line.strip())
    elif bare and (not first or first.startswith(("#", "&"))):
        if bare[0].startswith("-"):
            found[key] = _items(bare)
        elif bare[0].startswith(("[", "{")) or not _KEY.match(bare[0]):
            found[key] = _value(" ".join(bare))
        else:
            found[key] = ""
            found |= {f"{key}.{name}": value for name, value in _yaml(_outdented(more)).items() if name.count(".") < 2}
    elif bare and first[0] in "\"'[{" and not _is_whole(first):
        found[key] = _value(" ".join([first, *bare]))
    elif bare and first[0] not in "\"'[{":
        found[key] = _plain(" ".join([_plain(first), *(line for line in bare if not _KEY.match(line))]))
    else:
        found[key] = _value(first)


def _is_whole(text: str) -> bool:
    return len(text) > 1 and text[-1] == {"[": "]", "{": "}"}.get(text[0], text[0])


def _outdented(lines: Sequence[str]) -> str:
    width = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[width:] for line in lines) if width else ""


def _items(lines: Sequence[str]) -> list[str]:
    """Return the items of a list, of those with several fields the name."""
    items: list[str] = []
    for line in lines:
        if not line.startswith("-"):
            match = _KEY.match(line)
            if match and match[1] in {"name", "title"} and items:
                items[-1] = _plain(match[2] or "")
            continue
        said = line[1:].strip()
        match = None if said[:1] in "\"'" else _KEY.match(said)
        items.append(_plain(match[2] or "") if match else _plain(said))
    return [item for item in items if item]


def _value(text: str) -> Any:
    text = text.strip()
    if text[:1] == "[" and "]" in text:
        inner = text[1 : text.rindex("]")]
        parts = re.findall(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^,]+", inner)
        return [word for word in (_plain(part) for part in parts) if word]
    return _plain(text)


def _plain(text: str) -> str:
    text = text.strip()
    if text[:1] == '"' and (found := re.match(r"\"(?:[^\"\\]|\\.)*\"(?=[ \t]*(?:#.*)?\Z)", text)):
        with suppress(ValueError):
            return str(json.loads(found[0], strict=False)).encode("utf-8", "ignore").decode()
        return found[0][1:-1].replace('\\"', '"')
    if text[:1] == "'" and (found := re.match(r"'(?:[^']|'')*'(?=[ \t]*(?:#.*)?\Z)", text)):
        return found[0][1:-1].replace("''", "'")
    if text in {"null", "~", "Null", "NULL"}:
        return ""
    return re.sub(r"(?:^|\s+)#.*\Z", "", text)


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


def number(front: dict[str, Any], *keys: str) -> float | None:
    """Return the first of these keys that is a number."""
    for key in keys:
        if re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", text := said(front, key)):
            return float(text)
    return None


def moment(front: dict[str, Any], *keys: str) -> datetime | None:
    """Return the first of these keys that is a day or moment; a day means its noon, in UTC."""
    for key in keys:
        match = _DAY.match(said(front, key).strip())
        if match is None:
            continue
        year, month, day_, clock, seconds, zone = match.groups()
        zone = "+00:00" if zone in {None, "Z"} else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
        with suppress(ValueError):
            day = date(int(year), int(month), int(day_))
            if clock is None:
                return datetime.combine(day, time(12), UTC)
            return datetime.fromisoformat(f"{day.isoformat()}T{clock:0>5}:{seconds or '00'}{zone}").astimezone(UTC)
    return None
