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


class Crossed(Refused):
    """Two transactions waited for each other, and the database took one back: nothing of it was kept.

    It is not tried again here: a view may have done one act before the one that failed. What a script sends is sent
    again by it, as while the database is away, under the same key.
    """

    status = 503

    def __init__(self) -> None:
        super().__init__(_("Somebody changed the same thing at the same moment. Nothing of yours is lost; try again."))


CROSSED = frozenset({"40001", "40P01"})
"""What the database calls a serialization failure and a deadlock."""


def has_crossed(error: BaseException | None) -> bool:
    """Say whether the database is well, and only took a transaction back that crossed another."""
    return getattr(error and error.__cause__, "sqlstate", None) in CROSSED


def is_away(error: BaseException | None) -> bool:
    """Say whether an error means that the database could not be asked, or could not go on."""
    return isinstance(error, OperationalError | InterfaceError)


def answer(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """Return 503 in the form that was asked for: JSON, a part of a page, or a page. Asks the database nothing."""
    crossed = has_crossed(error)
    log.warning(
        "transactions crossed" if crossed else "page without database", path=request.path, error=str(error).strip()
    )
    if not hasattr(request, "viewer"):  # it was away before anybody knew who asks
        translation.activate(translation.get_language_from_request(request))
    away: Refused = Crossed() if crossed else Away()
    if "application/json" in request.headers.get("Accept", ""):
        body = {"error": type(away).__name__, "message": away.sentence, "field": ""}
        response: HttpResponse = JsonResponse(body, status=away.status)
    elif request.headers.get("HX-Request"):
        response = HttpResponse(render("base/refused_part.html", error=away), status=away.status)
    else:
        known = {"theme": request.COOKIES.get("theme"), "path": request.path, "typed": typed_in(request)}
        known |= {"sentence": away.sentence, "heading": _("Try that again") if crossed else _("Back in a moment")}
        response = HttpResponse(render("base/away.html", **known), status=away.status)
    response["Retry-After"] = "1" if crossed else str(RETRY_SECONDS)
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
