"""Whoever has the API's document alone knows what everything in it means: each operation, parameter and field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from watercooler.doors.api import house

SCHEMAS = "#/components/schemas/"
NOT_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a all an and any are as at be been by for from has have how if in is it its of on or one so that the their "
        "them then there these they this those to was were what when where whether which who whom whose will with",
    )
)
FEWEST_WORDS = 2
"""Beside small words and the name itself: "The id." says nothing, "The id of a private address." does."""


def parameters() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Return (where, name, words, schema) of every parameter."""
    for where, operation in operations():
        for one in operation["parameters"]:
            yield f"{where} {one['name']}", one["name"], one.get("description", ""), one["schema"]


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in house.specification()["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def fields() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Return (where, name, words, schema) of every field that goes in or out: of shapes, and of forms with files."""
    schemas = dict(house.specification()["components"]["schemas"])
    for where, operation in operations():
        for kind, body in operation.get("requestBody", {}).get("content", {}).items():
            schemas[f"{where} {kind}"] = body["schema"]
    for shape, schema in schemas.items():
        for name, about in schema.get("properties", {}).items():
            yield f"{shape}.{name}", name, about.get("description", ""), about


def telling(words: str, name: str) -> set[str]:
    """Return the words of a description that say more than the name does."""
    known = {*NOT_WORDS, *name.lower().replace("-", "_").split("_"), name.lower()}
    return set(re.findall(r"\w+", words.lower())) - known


def may_be_null(schema: dict[str, Any]) -> bool:
    return any(part.get("type") == "null" for part in schema.get("anyOf", ()))


@pytest.mark.parametrize("every", [parameters, fields], ids=["parameters", "fields"])
def test_everything_that_goes_in_or_out_is_described(every: Any) -> None:
    said_too_little = [
        f"{where}: {words!r}" for where, name, words, _schema in every() if len(telling(words, name)) < FEWEST_WORDS
    ]
    assert not said_too_little, "\n".join(said_too_little)


def test_what_null_means_is_said() -> None:
    silent = [where for where, _name, words, schema in fields() if may_be_null(schema) and "null" not in words.lower()]
    assert not silent, "\n".join(silent)


def test_descriptions_are_sentences_and_stand_alone() -> None:
    """A description ends with a stop, and leaves no reference to our own code or to Markdown that nobody renders."""
    every = [*parameters(), *fields()]
    said = [
        *((where, words) for where, _name, words, _schema in every),
        *((w, o["description"]) for w, o in operations()),
    ]
    wrong = [
        where for where, words in said if not words.rstrip().endswith((".", "…”")) or re.search(r"\bR\d+\b|\*\*", words)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_shape_is_described() -> None:
    schemas = house.specification()["components"]["schemas"]
    assert not [name for name, schema in schemas.items() if len(schema.get("description", "")) < len("A few words.")]


def test_every_operation_says_what_it_does_who_may_and_what_it_refuses() -> None:
    silent = []
    for where, operation in operations():
        summary, words = operation["summary"], operation["description"]
        parts = words.split("\n\n")
        says_who = any(part.startswith("Who may: ") for part in parts)
        says_what_not = any(part.startswith("Refuses: ") for part in parts)
        if not (summary and parts[0] and says_who and says_what_not and parts[-1].startswith("Needs the scope")):
            silent.append(where)
    assert not silent, "\n".join(silent)
