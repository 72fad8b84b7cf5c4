"""The specification as a page reads it: operations by subject, and the fields that go in and out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from watercooler.doors.api.doing import REFUSES, WHO
from watercooler.doors.api.house import specification
from watercooler.doors.api.problems import TITLES
from watercooler.doors.api.specification import EVERY, OF_WRITES
from watercooler.foundation.base.text import Words

HIDDEN = frozenset({"If-None-Match", "Idempotency-Key"})
"""Parameters that every operation has; they are explained once, at the top."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a shape, or one parameter. kind: its type in words; shape: the name of a shape it is, or ""."""

    name: str
    kind: str
    shape: str
    is_needed: bool
    words: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One shape: its name, what it is, its fields."""

    name: str
    words: str
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. who, refuses: who may, and what is refused, as sentences.

    sends: the shapes of its body, more than one where `kind` tells them apart. gives: a shape.
    """

    id: str
    method: str
    path: str
    summary: str
    words: list[str]
    who: str
    refuses: str
    scope: str
    parameters: list[Field]
    sends: list[str]
    gives: str
    status: str


@cache
def subjects() -> list[tuple[str, list[Operation]]]:
    """Return (heading, operations), in the order of the specification."""
    found: dict[str, list[Operation]] = {tag["name"]: [] for tag in specification()["tags"]}
    for path, operations in specification()["paths"].items():
        for method, about in operations.items():
            found[about["tags"][0]].append(_operation(path, method, about))
    return list(found.items())


@cache
def shapes() -> list[Told]:
    """Return every shape that goes in or out, by name."""
    return [_shape(name, about) for name, about in sorted(specification()["components"]["schemas"].items())]


def refusals() -> list[tuple[str, int, Words, str]]:
    """Return (word, status, title, when) of every problem an operation can answer with."""
    when = EVERY | OF_WRITES
    return [(word, status, title, when[str(status)]) for status, (word, title) in TITLES.items() if str(status) in when]


def _operation(path: str, method: str, about: dict[str, Any]) -> Operation:
    status, answer = next((code, one) for code, one in about["responses"].items() if code.startswith("2"))
    words = [part for part in _quoted(about["description"]).split("\n\n") if not part.startswith("Needs the scope")]
    labelled = {label: part.removeprefix(label) for label in (WHO, REFUSES) for part in words if part.startswith(label)}
    return Operation(
        id=about["operationId"],
        method=method.upper(),
        path=path,
        summary=about["summary"],
        words=[part for part in words if part.rstrip(".") != about["summary"] and not part.startswith((WHO, REFUSES))],
        who=_sentence(labelled.get(WHO, "")),
        refuses=_sentence(labelled.get(REFUSES, "")),
        scope=about["x-scope"],
        parameters=[_parameter(one) for one in about["parameters"] if one["name"] not in HIDDEN],
        sends=_sent(about.get("requestBody", {})),
        gives=_name(_only(answer.get("content", {}))),
        status=status,
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _quoted(words: str) -> str:
    """Return the words with “kind” where Markdown has `kind`."""
    return re.sub(r"`([^`]*)`", r"“\1”", words)


def _only(content: dict[str, Any]) -> dict[str, Any]:
    first: dict[str, Any] = next(iter(content.values()), {"schema": {}})
    return dict(first["schema"])


def _sent(body: dict[str, Any]) -> list[str]:
    schema = _only(body.get("content", {}))
    names = [_name(one) for one in schema.get("oneOf", [schema])]
    return [name for name in names if name] or [f"a file, as {name}" for name in body.get("content", {})]


def _parameter(about: dict[str, Any]) -> Field:
    schema = about["schema"]
    words = about.get("description") or schema.get("description", "")
    return Field(about["name"], _kind(schema), _name(schema), bool(about.get("required")), _quoted(words), about["in"])


def _shape(name: str, about: dict[str, Any]) -> Told:
    needed = set(about.get("required", ()))
    fields = [
        Field(field, _kind(schema), _name(schema), field in needed, _quoted(schema.get("description", "")))
        for field, schema in about.get("properties", {}).items()
    ]
    return Told(name, " ".join(_quoted(about.get("description", "")).split()), fields)


def _name(schema: dict[str, Any]) -> str:
    """Return the name of the shape this is, or is a list of, or may be."""
    for part in (schema, schema.get("items", {}), *schema.get("anyOf", []), *schema.get("allOf", [])):
        for deeper in (part, part.get("items", {}) if isinstance(part.get("items"), dict) else {}):
            if "$ref" in deeper:
                return str(deeper["$ref"].rsplit("/", 1)[-1])
    return ""


def _kind(schema: dict[str, Any]) -> str:
    """Return a type in words: "text", "list of numbers", "one of: a, b"."""
    if "const" in schema:
        return f"“{schema['const']}”"
    if "enum" in schema:
        return " | ".join(str(one) or "“”" for one in schema["enum"])
    options = [one for one in schema.get("anyOf", schema.get("oneOf", [])) if one.get("type") != "null"]
    if options:
        may_be_null = len(options) < len(schema.get("anyOf", options))
        return " or ".join(_kind(one) for one in options) + (" or null" if may_be_null else "")
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    named = {"string": "text", "integer": "number", "number": "number", "boolean": "true or false", "object": "object"}
    form = {"date-time": "moment", "date": "day", "binary": "file"}.get(schema.get("format", ""))
    return form or named.get(schema.get("type", ""), _name(schema) or "anything")
