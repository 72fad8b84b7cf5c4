"""Coming in by an invitation link: who invited, a password or a passkey, then the first steps."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.logout import logout
from allauth.account.models import Login
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from watercooler.doors.signin.forms import InvitationForm
from watercooler.foundation.base.pages import Request, page
from watercooler.spine.people.acts import use_invitation
from watercooler.spine.people.models import Invitation, Person
from watercooler.spine.spaces.viewer import forget


def _open(token: str) -> Invitation | None:
    still = Invitation.objects.filter(token=token, used_at=None, ends_at__gt=timezone.now(), person__is_active=True)
    return still.select_related("person", "invited_by").first()


def _closed(request: Request, token: str) -> HttpResponse:
    """Say kindly that a link is used up or too old, and who sent it; an unknown one gets the same page."""
    found = Invitation.objects.select_related("invited_by").filter(token=token).first()
    who = found.invited_by.name if found else ""
    return page(request, "signin/invitation_closed.html", status=410, invited_by=who)


@never_cache
def show(request: Request, token: str) -> HttpResponse:
    """Show an invitation, or take it up: with a password, or with `passkey` by making one on the next page."""
    invitation = _open(token)
    if invitation is None:
        return _closed(request, token)
    if request.method != "POST":
        return _page(request, invitation, InvitationForm(invitation.person))
    if "passkey" in request.POST:
        return _enter(request, invitation, None)
    form = InvitationForm(invitation.person, request.POST)
    if not form.is_valid():
        return _page(request, invitation, form, 422)
    return _enter(request, invitation, form.cleaned_data["password1"])


def _page(request: Request, invitation: Invitation, form: InvitationForm, status: int = 200) -> HttpResponse:
    return page(request, "signin/invitation.html", status=status, invitation=invitation, form=form)


def _enter(request: Request, invitation: Invitation, password: str | None) -> HttpResponse:
    """Use the link up, then sign its person in. Of two clicks the second finds it used."""
    person = _take_up(invitation.token, password)
    if person is None:
        return _closed(request, invitation.token)
    if request.user.is_authenticated:
        logout(request, show_message=False)
    wants_passkey = password is None
    response: HttpResponse = perform_login(request, Login(user=person))
    if wants_passkey and request.user.is_authenticated:
        response["Location"] = "/me/security/passkeys/new"
    return response


@transaction.atomic
def _take_up(token: str, password: str | None) -> Person | None:
    person = use_invitation(token)
    if person is not None and password is not None:
        person.set_password(password)
        person.save(update_fields=["password"])
        forget(person.pk)  # a new password ends the sessions that stood on the old one
    return person
