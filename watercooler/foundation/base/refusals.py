"""The one place that shows a Refused to whoever wanted it, in the form that was asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from watercooler.foundation.base import away
from watercooler.foundation.base.errors import Gone, NotAllowed, Refused, Stale, TooLarge, TooMany, typed_in
from watercooler.foundation.base.pages import frame
from watercooler.foundation.base.templates import render


def _headings() -> dict[int, str]:
    """Return what a page says above the sentence, by status; nothing for what needs no other word."""
    return {
        NotAllowed.status: _("That is for somebody else to do"),
        Stale.status: _("Somebody was quicker"),
        TooLarge.status: _("That is too large to keep"),
        TooMany.status: _("A little slower, please"),
    }


class ErrorsInWords:
    """Turns a Refused into a page, a fragment or JSON that says the sentence and loses nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if away.is_away(error):
            return away.answer(request, error)
        if isinstance(error, ValueError) and "NUL" in str(error):
            # The database keeps no zero byte in a text, wherever in a request it was smuggled in.
            error = Refused(_("There is a character in this that no text can hold."))
        if isinstance(error, PermissionDenied):  # the framework's and the libraries' word for it
            error = NotAllowed(_("This can’t be done here, or not by you. Nothing was changed."))
        if isinstance(error, Http404) and (request.headers.get("HX-Request") or typed_in(request)):
            error = Gone()
        return refusal(request, error) if isinstance(error, Refused) else None


def refusal(request: HttpRequest, error: Refused, typed: list[tuple[str, str]] | None = None) -> HttpResponse:
    """Return what was refused in words: as JSON, as a part of a page, or as a page with all that was typed.

    typed: the fields to give back, else those of the form that was sent.
    """
    if "application/json" in request.headers.get("Accept", ""):
        body = {"error": type(error).__name__, "message": error.sentence, "field": error.field}
        return JsonResponse(body, status=error.status)
    if request.headers.get("HX-Request"):
        return HttpResponse(render("base/refused_part.html", error=error), status=error.status)
    given_back = typed_in(request) if typed is None else typed
    page = render("base/refused.html", **frame(request), error=error, typed=given_back, headings=_headings())
    return HttpResponse(page, status=error.status)
