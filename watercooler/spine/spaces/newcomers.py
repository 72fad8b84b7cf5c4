"""How a person comes into being: with a wall, so that everybody has a blog from the first sign-in."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from watercooler.foundation.base.text import clean_line
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.acts import make_wall


@transaction.atomic
def add_person(*, handle: str, name: str, password: str | None = None, **facts: Any) -> Person:
    """Make a person with their wall, from directory facts. Without a password they come in by code or invitation.

    Raises ValidationError for a handle that cannot be one. Cost: four statements.
    """
    person = Person(handle=handle.lower(), name=clean_line(name), **{"joined_at": timezone.now(), **facts})
    person.set_password(password)
    person.full_clean(exclude=["password"], validate_constraints=False)
    person.save()
    make_wall(person)
    return person
