"""The API does everything that pages show and do: every page, every act, by the same acts."""

from __future__ import annotations

import inspect
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import CodeType
from typing import Any

import pytest
from pydantic import BaseModel

from tests.company import Company
from tests.conformance.pages_and_operations import ASKING, NO_ACTS, answered, spelt
from tests.conformance.test_the_house import _acts
from tests.conformance.walking import Row, Walk, patterns, rows
from watercooler.doors.api import house, shapes
from watercooler.doors.api.limits import windows

pytestmark = pytest.mark.django_db
TOOL = 4
"""A number that neither debuggers nor coverage use. Source: Python's sys.monitoring."""
COLUMNS = ("host", "administrator")
SHOWING = {"spine.social.acts.read.read", "spine.social.acts.read.opened", "spine.spaces.acts.mark_seen"}
"""What a page does by being looked at; programs say it by operations of their own."""


@cache
def acts() -> dict[CodeType, str]:
    """Return the code of every act → its name."""
    found = {}
    for param in _acts():
        function: Any = param.values[0]
        while hasattr(function, "__wrapped__"):
            function = function.__wrapped__
        if not ASKING.match(function.__name__):
            found[function.__code__] = str(param.id).removeprefix("watercooler.")
    return found


@contextmanager
def heard() -> Iterator[set[str]]:
    """Collect the names of the acts that are called, in a set that may be emptied between."""
    found: set[str] = set()
    codes = acts()
    monitoring = sys.monitoring
    monitoring.use_tool_id(TOOL, "acts")

    def begins(code: CodeType, _offset: int) -> None:
        found.add(codes[code])

    monitoring.register_callback(TOOL, monitoring.events.PY_START, begins)
    for code in codes:
        monitoring.set_local_events(TOOL, code, monitoring.events.PY_START)
    try:
        yield found
    finally:
        for code in codes:
            monitoring.set_local_events(TOOL, code, 0)
        monitoring.register_callback(TOOL, monitoring.events.PY_START, None)
        monitoring.free_tool_id(TOOL)


def done_by(walks: Iterable[Walk], wanted: Callable[[Row], str]) -> dict[str, set[str]]:
    """Walk the table and return what `wanted` calls each line → the acts that were called; "" is left out."""
    found: dict[str, set[str]] = defaultdict(set)
    with heard() as called:
        for walk in walks:
            for row in rows():
                if name := wanted(row):
                    windows.clear()
                    called.clear()
                    walk.ask(row)
                    found[name] |= called
    return found


def operation_of() -> Callable[[Row], str]:
    """Return a function that says which operation a line of the table asks for."""
    by_place = {}
    for path, operations in house.specification()["paths"].items():
        for method, operation in operations.items():
            by_place[method.upper(), path.count("/"), _fixed(path)] = operation["operationId"]

    def named(row: Row) -> str:
        if not row.is_of_api:
            return ""
        path = "/" + row.route.replace("id:", "").replace("nr:", "").replace("<", "{").replace(">", "}")
        return str(by_place.get((row.method, path.count("/"), _fixed(path)), ""))

    return named


def _fixed(path: str) -> tuple[str, ...]:
    """Return the parts of a path, with its named ones alike."""
    return tuple("{}" if part.startswith("{") else part for part in path.split("/"))


def test_every_page_is_answered_by_operations_or_stands_out_with_a_reason() -> None:
    known = {op["operationId"] for operations in house.specification()["paths"].values() for op in operations.values()}
    table = answered()
    pages = {spelt(str(one.pattern)) for one in patterns() if not str(one.pattern).lstrip("^").startswith("api/v1/")}
    assert pages == table.keys()
    for page, operations in table.items():
        if operations[0].startswith("- "):
            assert len(operations[0]) > 12, f"{page}: say why"
        else:
            assert set(operations) <= known, f"{page}: {set(operations) - known}"


def test_every_operation_answers_some_page() -> None:
    """An operation that no page shows or does would be a second product beside this one."""
    known = {op["operationId"] for operations in house.specification()["paths"].values() for op in operations.values()}
    used = {operation for operations in answered().values() for operation in operations}
    assert known - used == set()


def test_every_act_is_reached_by_an_operation_and_pages_reach_no_other(company: Company) -> None:
    walks = [Walk(company, column) for column in COLUMNS]
    by_operation = done_by(walks, operation_of())
    reached = set().union(*by_operation.values())
    everything = set(acts().values())
    assert everything - reached - NO_ACTS.keys() == set(), "acts without an operation, or without a line in the table"
    assert NO_ACTS.keys() - (everything - reached) == set(), "these are reached, or are no more"
    by_page = done_by(walks, lambda row: "" if row.is_of_api else spelt(row.route) or "/")
    wrong = []
    for page, called in by_page.items():
        operations = answered().get(page, ["- "])
        if operations[0].startswith("- "):
            continue
        beyond = called - SHOWING - set().union(*(by_operation[one] for one in operations))
        wrong += [f"{page} does {act}, which {', '.join(operations)} never do" for act in sorted(beyond)]
    assert not wrong, "\n".join(wrong)


def test_no_two_shapes_have_one_name() -> None:
    """The specification names a shape by its class alone, and would show one of the two for both."""
    modules = [import_module(f"{shapes.__name__}.{each.name}") for each in iter_modules(shapes.__path__)]
    named: dict[str, set[type]] = defaultdict(set)
    for module in modules:
        for name, shape in inspect.getmembers(module, inspect.isclass):
            if issubclass(shape, BaseModel):
                named[name].add(shape)
    assert {name: these for name, these in named.items() if len(these) > 1} == {}
