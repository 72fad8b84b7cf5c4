"""What is answered while the database is away: stopped, restarting, out of connections or without room.

A page of ours that asks nothing, with status 503, so that browsers, programs and whoever watches try again later; and
`/health`, which says to a machine whether there is more to be had.
"""

from __future__ import annotations

import structlog
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Refused, typed_in
from watercooler.foundation.base.pages import open_to_strangers
from watercooler.foundation.base.templates import render
from watercooler.foundation.database import hot

RETRY_SECONDS = 10
log = structlog.get_logger()


class Away(Refused):
    """The database cannot be reached for now. What was sent may have been kept; sent again under its key it is once."""

    status = 503

    def __init__(self) -> None:
        super().__init__(_("Watercooler is not reachable for a moment. What you typed is kept."))


def is_away(error: BaseException | None) -> bool:
    """Say whether an error means that the database could not be asked, or could not go on."""
    return isinstance(error, OperationalError | InterfaceError)


def answer(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """Return 503 in the form that was asked for: JSON, a part of a page, or a page. Asks the database nothing."""
    log.warning("page without database", path=request.path, error=str(error).strip())
    if not hasattr(request, "viewer"):  # it was away before anybody knew who asks
        translation.activate(translation.get_language_from_request(request))
    away = Away()
    if "application/json" in request.headers.get("Accept", ""):
        body = {"error": "Away", "message": away.sentence, "field": ""}
        response: HttpResponse = JsonResponse(body, status=away.status)
    elif request.headers.get("HX-Request"):
        response = HttpResponse(render("base/refused_part.html", error=away), status=away.status)
    else:
        known = {"theme": request.COOKIES.get("theme"), "path": request.path, "typed": typed_in(request)}
        response = HttpResponse(render("base/away.html", **known), status=away.status)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


@open_to_strangers
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 while pages can be answered and the database can be asked, else 503. Says nothing else to anybody."""
    try:
        hot.one("select 1 as one")
        said, status = "well", 200
    except (OperationalError, InterfaceError):
        said, status = "away", 503
    response = HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
