"""The pages around the API: what it can do, one's own access tokens, and an administrator's service tokens."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import etag, require_http_methods, require_POST, require_safe

from watercooler.doors.api import acts, explaining
from watercooler.doors.api.answering import JSON
from watercooler.doors.api.forms import ServiceTokenForm, TokenForm
from watercooler.doors.api.house import document_tag, written_specification
from watercooler.doors.api.models import Token
from watercooler.doors.api.scopes import SAID
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.pages import Request, open_to_strangers, page, say, see
from watercooler.foundation.base.viewer import Role

MOST_SHOWN = 100


@open_to_strangers
@require_safe
@etag(lambda request: document_tag())
def document(request: Request) -> HttpResponse:
    """Answer with the OpenAPI document: to anybody: it says nothing of this organisation."""
    response = HttpResponse(written_specification(), content_type=JSON)
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def at_its_address(request: Request) -> HttpResponse:
    """Lead whoever leaves out the last stroke to the page that explains the API."""
    return HttpResponseRedirect("/api/")


@require_safe
def explained(request: Request) -> HttpResponse:
    """Show what the API can do, made from its specification."""
    return page(
        request,
        "api/explained.html",
        subjects=explaining.subjects(),
        shapes=explaining.shapes(),
        refusals=explaining.refusals(),
        scopes=list(SAID.items()),
        site=settings.SITE_URL,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def tokens(request: Request) -> HttpResponse:
    """Show one's own access tokens, and make one: its secret is shown once, in the answer to the form."""
    if not request.viewer.is_member:
        raise NotAllowed(_("Guests can’t make access tokens; ask your sponsor."))
    form = TokenForm(request.viewer, request.POST if request.method == "POST" else None)
    made, secret = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            typed = form.cleaned_data
            made, secret = acts.make_token(
                request.viewer, name=typed["name"], scopes=typed["scopes"], ends_at=form.ends_at()
            )
            form = TokenForm(request.viewer)
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
    mine = Token.objects.filter(person_id=request.viewer.person_id).select_related("made_by").order_by("-id")
    return page(
        request,
        "api/tokens.html",
        status=422 if form.errors else 200,
        form=form,
        made=made,
        secret=secret,
        tokens=list(mine[:MOST_SHOWN]),
        said=SAID,
    )


@require_POST
def agreed(request: Request, token_id: int) -> HttpResponse:
    """Answer for a service token that an administrator made in one's name."""
    token = get_object_or_404(Token, pk=token_id, person_id=request.viewer.person_id)
    acts.agree(request.viewer, token)
    say(request, _("“%(name)s” works now, in your name.") % {"name": token.name})
    return see(request, "/me/tokens")


@require_POST
def ended(request: Request, token_id: int) -> HttpResponse:
    """End one of one's own tokens."""
    token = get_object_or_404(Token, pk=token_id, person_id=request.viewer.person_id)
    acts.end_token(request.viewer, token)
    say(request, _("“%(name)s” no longer works.") % {"name": token.name})
    return see(request, "/me/tokens")


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def service_tokens(request: Request) -> HttpResponse:
    """Show the service tokens of the house, and make one. For others than administrators there is no such page."""
    if request.viewer.role < Role.ADMINISTRATOR:
        raise Http404
    form = ServiceTokenForm(request.viewer, request.POST if request.method == "POST" else None)
    made, secret = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            typed = form.cleaned_data
            made, secret = acts.make_token(
                request.viewer,
                name=typed["name"],
                scopes=typed["scopes"],
                ends_at=form.ends_at(),
                answers=typed["answers"],
            )
            form = ServiceTokenForm(request.viewer)
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
    of_services = Token.objects.filter(is_service=True).select_related("person", "made_by").order_by("-id")
    return page(
        request,
        "api/service_tokens.html",
        status=422 if form.errors else 200,
        form=form,
        made=made,
        secret=secret,
        tokens=list(of_services[:MOST_SHOWN]),
        said=SAID,
    )


@require_POST
def service_ended(request: Request, token_id: int) -> HttpResponse:
    """End a service token."""
    if request.viewer.role < Role.ADMINISTRATOR:
        raise Http404
    token = get_object_or_404(Token, pk=token_id, is_service=True)
    acts.end_token(request.viewer, token)
    say(request, _("“%(name)s” no longer works.") % {"name": token.name})
    return see(request, "/studio/tokens")
