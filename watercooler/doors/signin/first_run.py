"""The first page of an empty house: its name, its first administrator, its first space. Once, and never again."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache

from watercooler.doors.signin.forms import WelcomeForm
from watercooler.foundation.base.errors import Refused
from watercooler.foundation.base.pages import Request, page
from watercooler.foundation.base.viewer import Role
from watercooler.places.space.opening import open_space
from watercooler.places.space.starters import STARTERS, starter
from watercooler.spine.people.models import Organisation, Person
from watercooler.spine.people.reads import forget_organisation
from watercooler.spine.spaces.newcomers import add_person
from watercooler.spine.spaces.viewer import build


class AlreadyFounded(Exception):
    """Somebody else was quicker."""


@never_cache
def welcome(request: Request) -> HttpResponse:
    """Found the organisation. 404 as soon as there is one, whoever asks."""
    if Organisation.objects.exists():
        raise Http404
    form = WelcomeForm(request.POST or None, initial={"template": "practice"})
    form.fields["template"].choices = [(one.name, f"{one.label}. {one.about}") for one in STARTERS]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            person = found(form.cleaned_data)
        except AlreadyFounded:
            raise Http404 from None
        except ValidationError as error:
            for field, sentences in error.message_dict.items():
                form.add_error(field if field in form.fields else None, sentences)
        except Refused as error:
            form.add_error({"name": "space"}.get(error.field, error.field) or None, error.sentence)
        else:
            forget_organisation()
            signed_in: HttpResponse = perform_login(request, Login(user=person))
            return signed_in
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "signin/welcome.html", status=status, form=form)


@transaction.atomic
def found(given: dict[str, Any]) -> Person:
    """Make the organisation, its administrator and its first space, or nothing. Raises AlreadyFounded.

    The organisation's row has a fixed id: of two first runs at once the second waits here, then fails.
    """
    try:
        with transaction.atomic():
            Organisation.objects.create(id=1, name=given["organisation"])
    except IntegrityError:
        raise AlreadyFounded from None
    person = add_person(
        handle=given["handle"],
        name=given["name"],
        password=given["password1"],
        job=given["job"],
        email=given["email"],
        role=Role.ADMINISTRATOR,
    )
    open_space(build(person.pk), starter(given["template"]), name=given["space"], objective=given["objective"])
    return person
