"""The few errors that carry a sentence for a person, and the one place that shows them."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from watercooler.foundation.base.templates import render


class Refused(Exception):
    """Something a person wanted cannot be done. The message is a translated sentence for them."""

    status = 400

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)
        self.field = field


class Invalid(Refused):
    """What was typed cannot be accepted; `field` names where."""

    status = 422


class NotAllowed(Refused):
    """The viewer may see this but not do that."""

    status = 403


class Stale(Refused):
    """Somebody else changed the thing since the viewer opened it."""

    status = 409


class TooLarge(Refused):
    """A text or file is larger than the limit named in the sentence."""

    status = 413


class TooMany(Refused):
    """The viewer acts faster than a person does."""

    status = 429


class Gone(Refused):
    """What was written belongs to something that is not, or no longer, there for this viewer."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("This is no longer here for you: it was moved or removed, or its space was closed to you."))


class SignedOut(Refused):
    """The session ended while somebody was writing; `back` is the page they wrote on."""

    status = 401

    def __init__(self, back: str) -> None:
        sentence = _("You are signed out by now. Sign in again in another tab, then try this once more.")
        super().__init__(sentence, "session")
        self.back = back


def _headings() -> dict[int, str]:
    """Return what a page says above the sentence, by status; nothing for what needs no other word."""
    return {
        NotAllowed.status: _("That is for somebody else to do"),
        Stale.status: _("Somebody was quicker"),
        TooLarge.status: _("That is too large to keep"),
        TooMany.status: _("A little slower, please"),
    }


def _is_secret(name: str) -> bool:
    """Say whether what was typed in this field is never shown again."""
    return name == "key" or any(word in name for word in ("password", "code", "token", "credential"))


class ErrorsInWords:
    """Turns a Refused into a page, a fragment or JSON that says the sentence and loses nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        from watercooler.foundation.base import away  # which refuses too

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


def refusal(request: HttpRequest, error: Refused) -> HttpResponse:
    """Return what was refused in words: as JSON, as a part of a page, or as a page with all that was typed."""
    if "application/json" in request.headers.get("Accept", ""):
        body = {"error": type(error).__name__, "message": error.sentence, "field": error.field}
        return JsonResponse(body, status=error.status)
    if request.headers.get("HX-Request"):
        return HttpResponse(render("base/refused_part.html", error=error), status=error.status)
    from watercooler.foundation.base.pages import frame

    page = render("base/refused.html", **frame(request), error=error, typed=typed_in(request), headings=_headings())
    return HttpResponse(page, status=error.status)


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a sent form that hold something, but for secrets."""
    return [(k, str(v)) for k, values in request.POST.lists() for v in values if v and not _is_secret(k)]
