"""The glossary."""

from typing import Annotated

from pydantic import Field

from watercooler.doors.api.shapes.common import Sent, Shape


class Term(Shape):
    """A word, what it means here, and what else people call it; search finds each by all of them."""

    id: int
    name: str
    meaning: str
    others: list[str]
    url: str


class Glossary(Shape):
    terms: list[Term]


class Explaining(Sent):
    """A word and what it means. Terms of several words are found as they stand."""

    name: Annotated[str, Field(max_length=80)]
    meaning: Annotated[str, Field(max_length=600)]
    others: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=12)] = []
