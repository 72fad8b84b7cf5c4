"""The rows of an export, as a scope chooses them and the writer writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from watercooler.spine.content.models import Attachment, Item
from watercooler.spine.people.models import Person

type Rows = QuerySet[Any]

type Beside = Callable[[dict[str, int]], Iterable[tuple[str, str]]]


def _nothing(_counts: dict[str, int]) -> Iterable[tuple[str, str]]:
    return ()


@dataclass(slots=True)
class Chosen:
    """The rows of an export. rows: table → which. only: table → the columns that travel, if not all.

    instead: table → column → what stands there for everybody. files: which attachments' files come along; people:
    whose portraits. beside: returns (name, text) of further files, given table → rows.
    """

    rows: dict[str, Rows]
    only: dict[str, tuple[str, ...]] = field(default_factory=dict)
    instead: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: Rows = field(default_factory=Attachment.objects.none)
    people: Rows = field(default_factory=Person.objects.none)
    has_logos: bool = False
    texts: Rows = field(default_factory=Item.objects.none)
    beside: Beside = _nothing
