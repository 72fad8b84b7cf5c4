"""How a person comes into being: with a wall, so that everybody has a blog from the first sign-in."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.spine.activity.record import Past, record, record_many
from watercooler.spine.people.acts import change_person, check_line
from watercooler.spine.people.models import Person
from watercooler.spine.people.verbs import ADDED_PERSON, CHANGED_PERSON, ProfileChange
from watercooler.spine.spaces.acts import make_wall, wall_of
from watercooler.spine.spaces.models import Access, Level, Purpose, Space, Standing
from watercooler.spine.spaces.verbs import JOINED, Joining
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
        Space.objects.filter(owner=person, purpose=Purpose.WALL).update(name=person.name[:80])
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
        Person(**{"joined_at": now, **facts}, is_imported=True, password=_no_password()) for facts in entries
    )
    Space.objects.bulk_create(map(wall_of, people))
    record_many(Past(viewer.person_id, ADDED_PERSON, now, person_id=person.pk) for person in people)
    return people


def _no_password() -> str:
    """Return what no password matches, different for everybody. The framework's own way costs 0.06 ms a person."""
    return UNUSABLE_PASSWORD_PREFIX + secrets.token_urlsafe(30)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who comes from elsewhere. is_active: False for those who left, and for stand-ins without a face.

    handle: free and valid, which the importer sees to. about: plain words.
    """

    handle: str
    name: str
    joined_at: datetime
    about: str = ""
    is_active: bool = True


_PERSON = """
copy people_person (password, handle, name, email, job, role, is_active, joined_at, is_imported, about, offers,
    wants_to_learn, languages, pronouns, status, photo, language, theme, has_shortcuts, version) from stdin
"""
_WALL = """
insert into spaces_space (slug, name, purpose, access, owner_id, tagline, objective, how_we_work, rules, rules_version,
    hue, banner, member_count, item_count, question_count, solved_count, default_level, made_at)
select '~' || p.handle, left(p.name, 80), %s, %s, p.id, '', '', '', '[]', 1, 200, '', 0, 0, 0, 0, %s, p.joined_at
from people_person p where p.handle = any(%s)
"""


@transaction.atomic
def add_people(newcomers: Sequence[Newcomer]) -> list[int]:
    """Make people who come from elsewhere, each with their wall. Returns their ids in order.

    They are marked as imported and cannot sign in until somebody invites them. Raises IntegrityError for a handle
    that is taken. Cost: three statements.
    """
    handles = [each.handle for each in newcomers]
    if not handles:
        return []
    with connection.cursor() as cursor:
        with cursor.copy(_PERSON) as copy:
            for each in newcomers:
                copy.write_row((
                    *(_no_password(), each.handle, clean_line(each.name)[:120], "", "", Role.MEMBER.value),
                    *(each.is_active, each.joined_at, True, each.about[:2000], [], [], [], "", "", ""),
                    *("en-gb", "system", True, 1),
                ))  # fmt: skip
        cursor.execute(_WALL, [Purpose.WALL.value, Access.OPEN.value, Level.MENTIONS.value, handles])
    ids = dict(Person.objects.filter(handle__in=handles).values_list("handle", "pk"))
    return [ids[handle] for handle in handles]


@transaction.atomic
def rename(person: Person, name: str, *, by: int, at: datetime) -> None:
    """Give an imported person the name they have now where they came from, and their wall too.

    Importers alone call this. Cost: three statements.
    """
    Person.objects.filter(pk=person.pk).update(name=name, version=F("version") + 1)
    Space.objects.filter(owner=person, purpose=Purpose.WALL).update(name=name[:80])
    record_many([Past(by, CHANGED_PERSON, at, person_id=person.pk, detail=ProfileChange(["name"]))])


_JOIN = """
insert into spaces_membership (space_id, person_id, standing, level, rules_version, note, since)
select %s, p.id, %s, '', %s, '', p.at from unnest(%s::bigint[], %s::timestamptz[]) p (id, at)
on conflict (space_id, person_id) do nothing returning person_id, since
"""


@transaction.atomic
def join_many(space: Space, since: Iterable[tuple[int, datetime]]) -> int:
    """Put people who belonged to it elsewhere inside a space, each with the time they came. Returns how many are new.

    Who is in, asks or is invited already stays as they are. Cost: three statements.
    """
    people = dict(since)
    values: list[Any] = [space.pk, Standing.MEMBER.value, space.rules_version, list(people), list(people.values())]
    with connection.cursor() as cursor:
        cursor.execute(_JOIN, values)
        came = cursor.fetchall()
    Space.objects.filter(pk=space.pk).update(member_count=F("member_count") + len(came))
    detail = Joining(space.rules_version, "import")
    record_many(Past(person_id, JOINED, at, space_id=space.pk, detail=detail) for person_id, at in came)
    here = Person.objects.filter(pk__in=[person_id for person_id, _at in came], last_login__isnull=False)
    forget(*here.values_list("pk", flat=True))
    return len(came)
