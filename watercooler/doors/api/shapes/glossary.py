"""The glossary."""

from typing import Annotated

from pydantic import Field

from watercooler.doors.api.shapes.common import Sent, Shape


class Term(Shape):
    """A word and what it means here; search finds each by all of its words."""

    id: int
    """The number of the term, to change or remove it by."""
    name: str
    """The word itself, or the short form, as people write it."""
    meaning: str
    """What it means here, as plain text of at most 600 characters."""
    others: list[str]
    """What else people call it; each leads to the same meaning."""
    url: str
    """The whole address of its place in the glossary."""


class Glossary(Shape):
    """The words of the glossary."""

    terms: list[Term]
    """All that fit, by name; there are at most 2,000, so they come at once."""


class Explaining(Sent):
    """A word and what it means. Words of several parts are found as they stand."""

    name: Annotated[str, Field(max_length=80)]
    """The word, at most 80 characters; refused where another term has it, as its name or as one of its others."""
    meaning: Annotated[str, Field(max_length=600)]
    """What it means here, as plain text of at most 600 characters."""
    others: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=12)] = []
    """What else people call it, at most 12 words of 80 characters; with PUT these replace all the former ones."""
