"""Before an import: that it is the only one, the space it goes into, and who owns that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from watercooler.doors.importing.counterparts import known, remember
from watercooler.doors.importing.report import Broken
from watercooler.foundation.base.text import clean_line, slugify
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.acts import make_space
from watercooler.spine.spaces.models import Access, Purpose, Space
from watercooler.spine.spaces.viewer import build

LOCK = 0x57415446
"""Advisory lock number: one import at a time, so that two cannot make the same person twice."""
SPACE = "space"


@contextmanager
def alone() -> Iterator[None]:
    """Hold the import lock for as long as the block lasts. Raises Broken if another import holds it.

    Its batches do not wait for the disk each: a power cut takes the last of them whole, and the next run brings them
    again. All are on disk when the block has ended.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Broken("This installation", "is importing something already. Wait until that has ended.")
        cursor.execute("set synchronous_commit = off")
    try:
        yield
    except BaseException:
        if connection.is_usable():
            _end_alone()
        else:
            connection.close()  # the lock went with it, and the first error says why
        raise
    _end_alone()


def _end_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("reset synchronous_commit")
        cursor.execute("select pg_logical_emit_message(true, 'import', '')")  # on disk with all before it
        cursor.execute("select pg_advisory_unlock(%s)", [LOCK])


def find_space(source: str, name: str) -> Space | None:
    """Return the space that a source was imported into, or the one of this name; None if neither is there.

    Raises Broken if the source went into a space of another name before.
    """
    before = known(source, [SPACE], "space")
    named = Space.objects.filter(purpose=Purpose.SPACE, name__iexact=clean_line(name)).order_by("pk").first()
    named = named or Space.objects.filter(purpose=Purpose.SPACE, slug=slugify(name, "space")).first()
    if before and (named is None or named.pk != before[SPACE]):
        there = Space.objects.get(pk=before[SPACE]).name
        raise Broken(source, f"was imported into the space “{there}” before. Name that space to go on there.")
    return named


def take_space(source: str, name: str, owner: Person, objective: str, access: Access = Access.OPEN) -> Space:
    """Return the space for a source, opened by its owner if nobody has opened it, and remember it."""
    space = find_space(source, name) or make_space(_as(owner), name=name, objective=objective, access=access)
    if not known(source, [SPACE], "space"):
        remember(source, "space", [(SPACE, space.pk)])
    return space


def _as(owner: Person) -> Viewer:
    """Return the owner's viewer; of a stand-in, who can't look, one that can do no more than own."""
    viewer = build(owner.pk)
    return viewer if viewer.is_known else Viewer(person_id=owner.pk, role=Role.MEMBER, name=owner.name)


def find_owner(handle: str = "") -> Person | None:
    """Return who is to own what an import opens: the person named, else the first administrator, else None.

    Raises Broken for a handle that nobody has.
    """
    if handle:
        found = Person.objects.filter(handle=handle.lower(), is_active=True).first()
        if found is None:
            raise Broken("--owner", f"names “{handle}”, and nobody here has this handle.")
        return found
    return Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk").first()
