"""One directory entry: adding and changing it, inviting its person, letting them go and bringing them back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from watercooler.foundation.base import posting
from watercooler.foundation.base.errors import Refused
from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.places.person.directory import forget_facets
from watercooler.spine.people.models import Person, Site, Unit
from watercooler.spine.spaces.newcomers import bring_in, change_entry
from watercooler.studio.administration import entries
from watercooler.studio.administration.access import administrators_only
from watercooler.studio.administration.forms import PersonForm, entry
from watercooler.studio.administration.qr import qr

MAIL_SECONDS = 2.0
"""How long the administrator waits to hear what a mail server says; one that takes longer is heard later."""


def _person(handle: str) -> Person:
    found = entries.entry_of(handle)
    if found is None:
        raise Http404
    return found


def _page(request: Request, form: PersonForm, person: Person | None = None, status: int = 200) -> HttpResponse:
    extra: dict[str, Any] = {}
    if person is not None:
        extra = {
            "owns": entries.owned_by(request.viewer, person),
            "sessions": entries.sessions_of(person),
            "unsent": posting.failed(person.email) if person.email else [],
        }
    return page(
        request,
        "administration/person.html",
        status=status,
        form=form,
        person=person,
        sites=list(Site.objects.order_by("name").values_list("name", flat=True)[:500]),
        units=list(Unit.objects.order_by("name").values_list("name", flat=True)[:500]),
        **extra,
    )


@administrators_only
def new(request: Request) -> HttpResponse:
    """Add somebody to the directory."""
    form = PersonForm(None, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    try:
        with transaction.atomic():
            person = bring_in(request.viewer, **form.facts())
    except (Refused, ValidationError) as error:
        _say_beside(form, error)
        return _page(request, form, status=422)
    forget_facets()
    say(request, _("%(name)s is in the directory. Now let them in.") % {"name": person.name})
    return see(request, f"/studio/people/{person.handle}/invitation")


@administrators_only
def change(request: Request, handle: str) -> HttpResponse:
    """Change somebody's entry. What was typed stays there when it cannot be kept."""
    person = _person(handle)
    if request.method != "POST":
        return _page(request, PersonForm(person, initial=entry(person)), person)
    form = PersonForm(person, request.POST)
    if not form.is_valid():
        return _page(request, form, person, 422)
    try:
        with transaction.atomic():
            change_entry(request.viewer, _person(handle), **form.facts())
    except Refused as error:
        _say_beside(form, error)
        return _page(request, form, person, 422)
    forget_facets()
    say(request, _("Kept."))
    return see(request, f"/studio/people/{person.handle}")


def _say_beside(form: PersonForm, error: Refused | ValidationError) -> None:
    if isinstance(error, Refused):
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return
    for field, sentences in error.message_dict.items():
        form.add_error(field if field in form.fields else None, sentences)


@administrators_only
def invitation(request: Request, handle: str) -> HttpResponse:
    """Show the open link of somebody with its code to scan; a POST makes a new one, and mails it if asked to."""
    person = _person(handle)
    if request.method == "POST":
        sending = entries.invited(request.viewer, person, by_mail="mail" in request.POST).sending
        if sending:
            _say_what_became(request, person, sending.fate(MAIL_SECONDS))
        return see(request, f"/studio/people/{person.handle}/invitation")
    still = entries.open_invitation(person)
    link = entries.link_of(still) if still else ""
    return page(
        request,
        "administration/invitation.html",
        person=person,
        invitation=still,
        link=link,
        code=qr(link) if link else "",
        unsent=posting.failed(person.email)[:1] if person.email else [],
    )


def _say_what_became(request: Request, person: Person, fate: posting.Fate) -> None:
    """Say whether the mail server has the link. Where it would not have it, the page itself says so, and why."""
    if fate == posting.Fate.SENT:
        say(request, _("The link was mailed to %(email)s.") % {"email": person.email})
    elif fate == posting.Fate.WAITING:
        words = _("The link is on its way to %(email)s. If the mail server refuses it, that is said here.")
        say(request, words % {"email": person.email})


@require_POST
@administrators_only
def left(request: Request, handle: str) -> HttpResponse:
    """Close an account. What its person wrote stays, under their name."""
    person = _person(handle)
    entries.close(request.viewer, person)
    say(request, _("%(name)s no longer gets in. What they wrote is kept.") % {"name": person.name})
    return see(request, f"/studio/people/{person.handle}")


@require_POST
@administrators_only
def back(request: Request, handle: str) -> HttpResponse:
    """Open an account again."""
    person = _person(handle)
    entries.reopen(request.viewer, person)
    say(request, _("%(name)s can come in again.") % {"name": person.name})
    return see(request, f"/studio/people/{person.handle}")


@require_POST
@administrators_only
def signed_out(request: Request, handle: str) -> HttpResponse:
    """Sign somebody out everywhere, as after a lost phone."""
    person = _person(handle)
    entries.end_sessions(request.viewer, person)
    say(request, _("%(name)s is signed out everywhere.") % {"name": person.name})
    return see(request, f"/studio/people/{person.handle}")
