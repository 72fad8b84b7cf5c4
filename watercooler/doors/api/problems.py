"""Refusals for programs: RFC 9457 problems with the same sentences that people read on pages."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import HttpError, ValidationError

from watercooler.doors.api.answering import dumped
from watercooler.doors.api.sentences import said
from watercooler.foundation.base import away
from watercooler.foundation.base.errors import Invalid, NotAllowed, Refused, Stale, TooLarge, TooMany
from watercooler.foundation.base.text import Words

CONTENT_TYPE = "application/problem+json"
log = logging.getLogger("django.request")

TITLES: dict[int, tuple[str, Words]] = {
    400: ("unreadable", gettext_lazy("This could not be read")),
    401: ("unknown", gettext_lazy("Who is asking?")),
    403: ("not-allowed", gettext_lazy("Not allowed")),
    404: ("not-found", gettext_lazy("Not found")),
    405: ("no-such-method", gettext_lazy("Not a method of this address")),
    409: ("stale", gettext_lazy("Somebody was faster")),
    412: ("stale", gettext_lazy("Somebody was faster")),
    413: ("too-large", gettext_lazy("Too large")),
    415: ("not-json", gettext_lazy("Not a type that is read here")),
    422: ("invalid", gettext_lazy("Something has to be different")),
    428: ("which-revision", gettext_lazy("Say what you began from")),
    429: ("too-many", gettext_lazy("Too many requests")),
    500: ("broken", gettext_lazy("Something broke")),
    503: ("away", gettext_lazy("Back in a moment")),
}
"""Status → the last word of the problem's type, and its title. The page at /api/ explains each."""


class Unreadable(Refused):
    """The body is not what it says it is."""

    status = 400


class Unknown(Refused):
    """Nobody stands behind the request."""

    status = 401


class Gone(Refused):
    """There is nothing here for this person."""

    status = 404


class Precondition(Stale):
    """If-Match names another revision than the present one."""

    status = 412


class NotJson(Refused):
    """The body's type is not one that is read here."""

    status = 415


class WhichRevision(Refused):
    """A change has to say which revision it began from."""

    status = 428


def nothing_here() -> Gone:
    """Return the one answer for what is not there and what may not be seen."""
    return Gone(_("There is nothing here, or nothing you may see."))


def problem(status: int, detail: str, field: str = "", **more: Any) -> HttpResponse:
    """Return a problem as a response. more: further members, such as `errors`."""
    word, title = TITLES.get(status, ("refused", gettext_lazy("Refused")))
    body: dict[str, Any] = {"type": f"/api/#{word}", "title": str(title), "status": status, "detail": detail}
    if field:
        body["field"] = field
    return HttpResponse(dumped(body | more), status=status, content_type=CONTENT_TYPE)


def of_refused(error: Refused) -> HttpResponse:
    response = problem(error.status, error.sentence, error.field)
    if error.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="watercooler"'
    return response


def of_validation(error: ValidationError) -> HttpResponse:
    """Return what is wrong with the request, field by field, in sentences."""
    errors = [{"field": field, "detail": sentence} for field, sentence in map(said, error.errors)]
    first = errors[0] if errors else {"field": "", "detail": ""}
    return problem(422, first["detail"], first["field"], errors=errors)


def of_any(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the problem that an exception is to whoever asked. What nobody foresaw is logged, and told to no one."""
    if isinstance(error, HttpError) and isinstance(error.__cause__, Refused):
        error = error.__cause__  # raised while the body was read
    if isinstance(error, Refused):
        return of_refused(error)
    if isinstance(error, ValidationError):
        return of_validation(error)
    if isinstance(error, Http404):
        return of_refused(nothing_here())
    if isinstance(error, PermissionDenied):
        return of_refused(NotAllowed(_("Your account cannot do this.")))
    if isinstance(error, RequestDataTooBig):
        return of_refused(TooLarge(_("This is more than is taken in at once.")))
    if isinstance(error, ValueError) and "NUL" in str(error):
        return of_refused(Invalid(_("There is a character in this that no text can hold.")))
    if isinstance(error, HttpError | SuspiciousOperation | MultiPartParserError | UnreadablePostError):
        return of_refused(Unreadable(_("The body could not be read.")))
    if away.is_away(error):
        log.warning("Service Unavailable: %s (%s)", request.path, str(error).strip())
        crossed = away.has_crossed(error)
        said = _("The database cannot be reached for a moment. Try again under the same key.")
        response = problem(503, away.Crossed().sentence if crossed else said)
        response["Retry-After"] = "1" if crossed else str(away.RETRY_SECONDS)
        return response
    got_request_exception.send(sender=None, request=request)
    log.exception("Internal Server Error: %s", request.path)
    return problem(500, _("This is our mistake, and it has been written down. Try again later."))


def too_many(seconds: int) -> HttpResponse:
    """Return the answer to somebody who asks too often, with the time to come back."""
    sentence = _("That was a lot in one minute. Wait %(seconds)s seconds and ask again.") % {"seconds": seconds}
    response = of_refused(TooMany(sentence))
    response["Retry-After"] = str(seconds)
    return response
