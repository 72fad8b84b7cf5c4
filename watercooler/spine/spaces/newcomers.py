"""How a person comes into being: with a wall, so that everybody has a blog from the first sign-in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record, record_many
from watercooler.spine.people.acts import change_person, check_line
from watercooler.spine.people.models import Person
from watercooler.spine.people.verbs import ADDED_PERSON
from watercooler.spine.spaces.acts import make_wall, wall_of
from watercooler.spine.spaces.models import Purpose, Space
from watercooler.spine.spaces.viewer import forget


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


@transaction.atomic
def bring_in(viewer: Viewer, *, handle: str, name: str, **facts: Any) -> Person:
    """Add somebody to the directory. Administrators only. Raises NotAllowed, ValidationError."""
    if not viewer.is_administrator:
        raise NotAllowed(_("Only an administrator can add people."))
    person = add_person(handle=handle, name=name, **facts)
    check_line(person)
    record(viewer, ADDED_PERSON, person_id=person.pk)
    return person


@transaction.atomic
def change_entry(viewer: Viewer, person: Person, **fields: Any) -> Person:
    """Change somebody's directory entry, with what hangs on it: the name of their wall, and their rights everywhere.

    Raises what `change_person` raises.
    """
    person = change_person(viewer, person, **fields)
    if "name" in fields:
        Space.objects.filter(owner=person, purpose=Purpose.WALL).update(name=person.name)
    forget(person.pk)
    return person


@transaction.atomic
def bring_in_many(viewer: Viewer, entries: Sequence[Mapping[str, Any]], at: datetime | None = None) -> list[Person]:
    """Add many people to the directory at once, marked as imported. Nobody is told, and nobody gets in uninvited.

    entries: the facts of one person each, as `bring_in` takes them. Returns the people in the same order. Raises
    NotAllowed, IntegrityError for a handle or address that is taken. Cost: three statements, however many they are.
    """
    if not viewer.is_administrator:
        raise NotAllowed(_("Only an administrator can add people."))
    now = at or timezone.now()
    people = Person.objects.bulk_create(
        Person(**{"joined_at": now, **facts}, is_imported=True, password=make_password(None)) for facts in entries
    )
    Space.objects.bulk_create(map(wall_of, people))
    record_many(viewer, ADDED_PERSON, person_ids=[person.pk for person in people], at=now)
    return people
