"""Directory entries as pages and programs work with them: listing, adding, changing, closing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base import mail
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import day
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.places.person.directory import forget_facets
from watercooler.spine.people.acts import invite
from watercooler.spine.people.models import Invitation, Person
from watercooler.spine.people.reads import organisation
from watercooler.spine.spaces.acts import heirs, orphaned
from watercooler.spine.spaces.models import Access, Purpose, Space
from watercooler.spine.spaces.newcomers import bring_in, change_entry
from watercooler.spine.spaces.viewer import forget
from watercooler.studio.administration.forms import PersonForm, entry

PAGE = 50

SHOWN: dict[str, Q] = {
    "": Q(is_active=True),
    "guests": Q(is_active=True, role=Role.GUEST.value),
    "administrators": Q(is_active=True, role=Role.ADMINISTRATOR.value),
    "waiting": Q(is_active=True, last_login=None),
    "left": Q(is_active=False),
}


def entry_of(handle: str) -> Person | None:
    """Return somebody with what their entry shows, whether or not they are still here. Cost: one query."""
    people = Person.objects.select_related("site", "unit", "manager", "sponsor")
    return people.filter(handle=handle.lower()).first()


def listed(words: str, which: str, after: str) -> tuple[list[Person], str]:
    """Return at most 50 entries by name and where the next page begins. which: one of SHOWN. Cost: one query."""
    found = list(_found(words, which, after)[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.name.lower()}|{last.pk}" if last else ""


def _found(words: str, which: str, after: str) -> QuerySet[Person, Any]:
    people = Person.objects.filter(SHOWN[which]).select_related("site", "unit", "manager", "sponsor")
    people = people.alias(low=Lower("name"))
    for word in words.split():
        people = people.filter(
            Q(name__icontains=word) | Q(handle__icontains=word) | Q(email__icontains=word) | Q(job__icontains=word)
        )
    name, _bar, number = after.rpartition("|")
    if name and number.isdecimal() and len(number) < 16:
        people = people.filter(Q(low__gt=name) | Q(low=name, pk__gt=int(number)))
    return people.order_by("low", "pk")


def add(viewer: Viewer, typed: Mapping[str, Any]) -> Person:
    """Add somebody, from the fields of the page's form. Raises NotAllowed, Invalid naming the field."""
    form = _valid(viewer, PersonForm(None, _spelt({"role": Role.MEMBER.value, **typed})))
    try:
        with transaction.atomic():
            person = bring_in(viewer, **form.facts())
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise Invalid(str(sentences[0]), field=field) from None
    forget_facets()
    return person


def change(viewer: Viewer, person: Person, typed: Mapping[str, Any]) -> Person:
    """Change somebody's entry; what is not in `typed` stays. Raises NotAllowed, Invalid naming the field."""
    form = _valid(viewer, PersonForm(person, _spelt({**entry(person), **typed})))
    with transaction.atomic():
        changed = change_entry(viewer, person, **form.facts())
    forget_facets()
    return changed


def _spelt(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields as a form wants them: a role by its number, nothing as empty."""
    role = typed.get("role")
    number = Role[role.upper()].value if isinstance(role, str) else role
    return {name: "" if value is None else value for name, value in {**typed, "role": number}.items()}


def _valid(viewer: Viewer, form: PersonForm) -> PersonForm:
    if not viewer.is_administrator:
        raise NotAllowed(_("Only an administrator can change the directory."))
    if not form.is_valid():
        field, sentences = next(iter(form.errors.items()))
        raise Invalid(str(sentences[0]), field="" if field == "__all__" else field)
    return form


def close(viewer: Viewer, person: Person) -> None:
    """Close an account, with its sessions. What its person wrote stays. Raises NotAllowed, Invalid for the last one."""
    change_entry(viewer, person, is_active=False)
    end_sessions(viewer, person)
    forget_facets()


def reopen(viewer: Viewer, person: Person) -> None:
    """Open an account again. Raises NotAllowed."""
    change_entry(viewer, person, is_active=True)
    forget_facets()


@dataclass(frozen=True, slots=True)
class Invited:
    """A link that was made. sending: its mail, where one is on its way to the address in the entry."""

    invitation: Invitation
    sending: mail.Sending | None


def invited(viewer: Viewer, person: Person, *, by_mail: bool = False) -> Invited:
    """Make a link that lets somebody in once, and mail it where asked to and there is an address.

    Raises NotAllowed, Invalid.
    """
    made = invite(viewer, person)
    return Invited(made, mail.send(person.email, _mail(made, viewer.name)) if by_mail and person.email else None)


def open_invitation(person: Person) -> Invitation | None:
    """Return the newest link that still lets somebody in. Cost: one query."""
    still = Invitation.objects.filter(person=person, used_at=None, ends_at__gt=timezone.now())
    return still.order_by("-pk").first()


def link_of(made: Invitation) -> str:
    return f"{settings.SITE_URL}/invitation/{made.token}"


def _mail(made: Invitation, sender: str) -> mail.Mail:
    house = organisation()
    name = str(house["name"]) if house else "Watercooler"
    return mail.Mail(
        subject=_("%(sender)s invites you to %(house)s") % {"sender": sender, "house": name},
        sentences=[
            _("Hello %(name)s,") % {"name": made.person.name},
            _("here your colleagues ask each other what they need to know, and answer. Come in: it takes two minutes."),
            _("You sign in as %(handle)s. The link works once, until %(day)s.")
            % {"handle": made.person.handle, "day": day(made.ends_at)},
        ],
        button=(_("Come in"), link_of(made)),
        from_whom=name,
        lets_in=True,
        good_for=made.ends_at - made.made_at,
    )


def owned_by(viewer: Viewer, person: Person) -> list[Space]:
    """Return spaces of this person that need another owner, at most 20: those the viewer may know of, or hand on.

    A secret space that nobody looks after any more has `heirs`: whom to choose from. Cost: one query, and two for each
    of these.
    """
    known = Space.objects.listed_for(viewer) | orphaned(viewer)
    owned = list(known.filter(owner=person, purpose=Purpose.SPACE, archived_at=None).order_by("name")[:20])
    for space in owned:
        unseen = space.access == Access.SECRET and not person.is_active and space.pk not in viewer.space_ids
        space.heirs = list(heirs(viewer, space).order_by("name")[:200]) if unseen else []  # type: ignore[attr-defined]
    return owned


def sessions_of(person: Person) -> int:
    """Return in how many places somebody is signed in. Cost: one query."""
    return int(UserSession.objects.filter(user_id=person.pk).count())


def end_sessions(viewer: Viewer, person: Person) -> None:
    """Sign somebody out everywhere, as after a lost phone. Raises NotAllowed."""
    if not viewer.is_administrator:
        raise NotAllowed(_("Only an administrator can sign people out."))
    for session in UserSession.objects.filter(user_id=person.pk):
        session.end()
    forget(person.pk)
