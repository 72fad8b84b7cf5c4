"""The first page of an empty house: its name, its first administrator, its first space. Once, and never again."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac
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


LOCAL = frozenset({"127.0.0.1", "::1"})
NAMES_OF_HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")


def setup_key() -> str:
    """Return what the console tells at the start, and nobody else knows: who has it set the installation up."""
    return salted_hmac("watercooler.first_run", "setup", algorithm="sha256").hexdigest()[:32]


def is_at_the_machine(request: Request) -> bool:
    """Say whether this comes from the machine itself, and through no server in front."""
    host = request.META.get("HTTP_HOST", "").removesuffix(f":{request.META.get('SERVER_PORT', '')}")
    is_forwarded = any(name in request.headers for name in FORWARDED)
    return request.META.get("REMOTE_ADDR") in LOCAL and host in NAMES_OF_HERE and not is_forwarded


@never_cache
def welcome(request: Request) -> HttpResponse:
    """Found the organisation. 404 as soon as there is one, whoever asks.

    From elsewhere only with the key that the console told: else whoever finds an empty house first has it.
    """
    if Organisation.objects.exists():
        raise Http404
    if not is_at_the_machine(request) and not constant_time_compare(request.GET.get("key", ""), setup_key()):
        return page(request, "signin/welcome_key.html", status=403)
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
