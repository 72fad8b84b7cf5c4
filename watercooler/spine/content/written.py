"""A text as it is kept: safe HTML in which only people who are here are linked."""

from __future__ import annotations

from collections.abc import Collection

from watercooler.spine.content import markdown
from watercooler.spine.people.models import Person


def written(source: str) -> markdown.Rendered:
    """Return a Markdown text rendered; an @name that is nobody's stays plain. Cost: one query if it holds any @name.

    Who has left keeps their page, and so the links to it.
    """
    return markdown.render(source, known=_people)


def _people(handles: Collection[str]) -> set[str]:
    return set(Person.objects.filter(handle__in=handles).values_list("handle", flat=True))
