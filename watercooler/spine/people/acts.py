"""What people do with their own profile, and what the directory does with everybody's."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.posting import drop_invitations
from watercooler.foundation.base.text import clean_line, clean_text
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.spine.activity.record import Past, record, record_many
from watercooler.spine.people.models import Invitation, Organisation, Person
from watercooler.spine.people.reads import forget_organisation
from watercooler.spine.people.verbs import (
    CHANGED_ORGANISATION,
    CHANGED_PERSON,
    CHANGED_PROFILE,
    INVITED,
    WELCOMED,
    ProfileChange,
)

OWN_LINES = {"pronouns": 40, "status": 80}
OWN_TEXTS = {"about": 2000}
OWN_LISTS = {"offers": 60, "wants_to_learn": 60, "languages": 40}
OWN_CHOICES = {"language", "theme", "has_shortcuts", "photo"}
MOST_WORDS_IN_A_LIST = 20
LOCKED = frozenset(
    {"name", "handle", "email", "job", "site", "unit", "manager", "role", "sponsor", "ends_on", "is_active"}
)
"""What only the directory and administrators write (R90)."""

FACE = frozenset({"name", "handle", "photo"})
"""What cards show of a person and keep."""

INVITATION_DAYS = 14


@transaction.atomic
def change_profile(viewer: Viewer, **fields: Any) -> Person:
    """Write what a person says of themselves. Raises NotAllowed for a locked field, Invalid for one too long."""
    if locked := LOCKED & fields.keys():
        raise NotAllowed(_("Your %(field)s comes from the directory; ask an administrator.") % {"field": min(locked)})
    person = Person.objects.select_for_update().get(pk=viewer.person_id)
    for name, value in fields.items():
        setattr(person, name, _own_value(name, value))
    person.version += 1
    person.save(update_fields=[*fields, "version"])
    record(viewer, CHANGED_PROFILE, person_id=person.pk, detail=ProfileChange(sorted(fields)))
    _show_face(person, fields)
    return person


def _own_value(name: str, value: Any) -> Any:
    if name in OWN_LINES:
        return _short(name, clean_line(value), OWN_LINES[name])
    if name in OWN_TEXTS:
        return _short(name, clean_text(value), OWN_TEXTS[name])
    if name in OWN_LISTS:
        words = list(dict.fromkeys(filter(None, map(clean_line, value))))
        if len(words) > MOST_WORDS_IN_A_LIST:
            raise Invalid(_("%(most)s are enough here.") % {"most": MOST_WORDS_IN_A_LIST}, field=name)
        return [_short(name, word, OWN_LISTS[name]) for word in words]
    if name in OWN_CHOICES:
        return value
    raise ValueError(f"{name!r} is not a field of a profile.")


def _short(name: str, text: str, most: int) -> str:
    if len(text) > most:
        raise Invalid(_("At most %(most)s characters, please.") % {"most": most}, field=name)
    return text


@transaction.atomic
def change_person(viewer: Viewer, person: Person, **fields: Any) -> Person:
    """Write directory facts. Administrators only. Raises NotAllowed, Invalid where the reporting line would close.

    The caller makes every process forget the person's viewer (spaces.viewer.forget).
    """
    if not viewer.is_administrator:
        raise NotAllowed(_("Only an administrator can change the directory."))
    for name, value in fields.items():
        setattr(person, name, value)
    if "manager" in fields:
        check_line(person)
    check_somebody_is_left(person)
    person.version = F("version") + 1
    person.save(update_fields=[*fields, "version"])
    person.refresh_from_db()
    record(viewer, CHANGED_PERSON, person_id=person.pk, detail=ProfileChange(sorted(fields)))
    _show_face(person, fields)
    if "is_active" in fields and not person.is_active:
        for tell in _told_of_leaving():
            tell(viewer, person)
    return person


def _show_face(person: Person, changed: Collection[str]) -> None:
    """Have a new name, handle or photo shown where cards keep the former one."""
    if not FACE.isdisjoint(changed):
        for show in _shown_by_name():
            show(person)


@cache
def _shown_by_name() -> tuple[Callable[[Person], object], ...]:
    """Return what writes a person's face where it is kept, on floors above: called in the transaction."""
    return tuple(import_string(path) for path in settings.SHOWN_BY_NAME)


@cache
def _told_of_leaving() -> tuple[Callable[[Viewer, Person], object], ...]:
    """Return what ends when somebody leaves, from floors above: called with viewer and person, in the transaction."""
    return tuple(import_string(path) for path in settings.TOLD_OF_LEAVING)


def check_somebody_is_left(person: Person) -> None:
    """Raise Invalid if nobody could administrate any more. Two last ones at once wait for each other here."""
    if person.is_active and person.role >= Role.ADMINISTRATOR:
        return
    others = Person.objects.select_for_update().filter(role__gte=Role.ADMINISTRATOR, is_active=True)
    left = [other for other in others.order_by("pk") if other.pk != person.pk]
    if not left and Person.objects.filter(pk=person.pk, role__gte=Role.ADMINISTRATOR).exists():
        raise Invalid(_("%(name)s is the last administrator. Name another one first.") % {"name": person.name}, "role")


def check_line(person: Person) -> None:
    """Raise Invalid if a person would report to themselves, directly or through others. Cost: one query a level."""
    seen, above = {person.pk}, person.manager
    while above is not None:
        if above.pk in seen:
            raise Invalid(_("%(name)s would report to themselves.") % {"name": person.name}, field="manager")
        seen.add(above.pk)
        above = above.manager


@transaction.atomic
def change_lines(viewer: Viewer, above: Mapping[int, int | None], new: Collection[int] = ()) -> int:
    """Set person → manager for many at once, as a directory import does. Returns how many lines changed.

    The caller has made sure that no line leads back to itself. new: people just added, whose line is no change worth
    recording. Raises NotAllowed. Cost: two statements.
    """
    if not viewer.is_administrator:
        raise NotAllowed(_("Only an administrator can change the directory."))
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE_LINES, [list(above), list(above.values())])
        changed = [row[0] for row in cursor.fetchall()]
    told = [person_id for person_id in changed if person_id not in new]
    if told:
        now, detail = timezone.now(), ProfileChange(["manager"])
        record_many(Past(viewer.person_id, CHANGED_PERSON, now, person_id=each, detail=detail) for each in told)
    return len(changed)


_CHANGE_LINES = """
update people_person p set manager_id = n.manager, version = p.version + 1
from unnest(%s::bigint[], %s::bigint[]) n (person, manager)
where p.id = n.person and p.manager_id is distinct from n.manager returning p.id
"""


@transaction.atomic
def change_organisation(viewer: Viewer, **fields: str) -> None:
    """Write the organisation's `name` or `logo` (an address). Administrators only. Raises NotAllowed, Invalid."""
    if not viewer.is_administrator:
        raise NotAllowed(_("Only an administrator can change the organisation."))
    if "name" in fields:
        fields["name"] = _short("name", clean_line(fields["name"]), 80)
        if not fields["name"]:
            raise Invalid(_("The organisation needs a name."), field="name")
    Organisation.objects.update(**fields)
    record(viewer, CHANGED_ORGANISATION, detail=ProfileChange(sorted(fields)))
    transaction.on_commit(forget_organisation)


@transaction.atomic
def invite(viewer: Viewer, person: Person, days: int = INVITATION_DAYS) -> Invitation:
    """Make a link that lets this person in once; links made before end.

    Administrators invite anybody, sponsors their guests. Raises NotAllowed, Invalid for somebody who has left.
    """
    may = viewer.is_administrator or (person.is_guest and person.sponsor_id == viewer.person_id)
    if not may:
        raise NotAllowed(_("Only an administrator can invite people."))
    if not person.is_active:
        raise Invalid(_("%(name)s has left. Bring them back first.") % {"name": person.name})
    now = timezone.now()
    Invitation.objects.filter(person=person, used_at=None, ends_at__gt=now).update(ends_at=now)
    drop_invitations(person.email)
    invitation = Invitation.objects.create(
        token=secrets.token_urlsafe(32),
        person=person,
        invited_by_id=viewer.person_id,
        made_at=now,
        ends_at=now + timedelta(days=days),
    )
    record(viewer, INVITED, person_id=person.pk)
    return invitation


@transaction.atomic
def use_invitation(token: str, now: datetime | None = None) -> Person | None:
    """Use a link up and return whose it is; None if it is unknown, used or ended. Of two clicks one wins."""
    now = now or timezone.now()
    found = Invitation.objects.select_related("person").filter(token=token, person__is_active=True).first()
    # Only plain columns in this WHERE: with a join it would become a subquery, which the loser of a race does not ask
    # again after waiting, and four clicks at once would all come in.
    if found is None or not Invitation.objects.filter(pk=found.pk, used_at=None, ends_at__gt=now).update(used_at=now):
        return None
    drop_invitations(found.person.email)
    return found.person


@transaction.atomic
def finish_first_steps(viewer: Viewer) -> None:
    """Remember that somebody has seen the first steps, done or skipped."""
    if Person.objects.filter(pk=viewer.person_id, welcomed_at=None).update(welcomed_at=timezone.now()):
        record(viewer, WELCOMED, person_id=viewer.person_id)
