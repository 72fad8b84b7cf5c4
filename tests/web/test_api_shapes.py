"""What the specification says of what is sent and given: each shape has a name of its own, and examples hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import jsonschema_rs
import pytest
from pydantic import BaseModel

from watercooler.doors.api.examples import EXAMPLES
from watercooler.doors.api.house import specification
from watercooler.doors.api.shapes.common import Sent, Shape


def below(shape: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in shape.__subclasses__():
        yield one
        yield from below(one)


def test_no_two_shapes_share_a_name():
    # What is sent to make a kind is made of the kind: another test may have made it once more, with the same fields.
    specification()
    shapes = {one for base in (Shape, Sent) for one in below(base) if one.__module__.startswith("watercooler.")}
    different = {(one.__name__, one.__module__, frozenset(one.model_fields)) for one in shapes}
    assert [name for name, times in Counter(name for name, *_ in different).items() if times > 1] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_what_the_shape_allows(name):
    whole = specification()
    shape = {"$ref": f"#/components/schemas/{name}", "components": whole["components"]}
    jsonschema_rs.validate(shape, EXAMPLES[name])
    assert whole["components"]["schemas"][name]["examples"] == [EXAMPLES[name]]


def test_what_connections_and_introductions_take_is_told():
    paths = specification()["paths"]
    for path, shape in (
        ("/api/v1/me/connections/choices", "ConnectionChoices"),
        ("/api/v1/introductions/{number}/answer", "IntroductionAnswer"),
    ):
        body = paths[path]["put"]["requestBody"]["content"]["application/json"]["schema"]
        assert body["$ref"].endswith(f"/{shape}")
