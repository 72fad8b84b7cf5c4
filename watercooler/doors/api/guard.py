"""What stands around every operation: who asks, how often, whether it was asked before, and how it is answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from watercooler.doors.api import limits, problems
from watercooler.doors.api.answering import names, tag_of
from watercooler.doors.api.bodies import check_text
from watercooler.doors.api.callers import caller_of
from watercooler.doors.api.keeping import once
from watercooler.foundation.base.errors import Refused
from watercooler.foundation.base.files.keep import receive
from watercooler.foundation.base.pages import open_to_strangers
from watercooler.foundation.base.same_origin import SAFE

type View = Callable[..., HttpResponseBase]


def guarded(view: View) -> View:
    """Wrap one address of the API: from here on everything is answered in JSON, refusals too."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        try:
            response = _answered(view, request, args, kwargs)
        except Exception as error:
            response = problems.of_any(request, error)
        response = _finished(request, response)
        if asked == "HEAD" and isinstance(response, HttpResponse):
            response.content = b""
        return response

    return open_to_strangers(answer)


def _answered(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    caller = caller_of(request)
    request.caller, request.viewer = caller, caller.viewer  # type: ignore[attr-defined]
    if not caller.viewer.is_known:
        return problems.of_refused(problems.Unknown(_("Send an access token, or sign in first.")))
    allowance = limits.take(caller)
    if allowance.is_used_up:
        response: HttpResponseBase = problems.too_many(allowance.seconds)
    else:
        response = _done(view, request, args, kwargs)
    for name, value in allowance.headers.items():
        response[name] = value
    return response


def _done(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    """Do it, or say why not, so that the headers of the allowance stand on refusals too."""
    try:
        for value in kwargs.values():
            if isinstance(value, str) and not _is_text(value):
                raise problems.nothing_here()
        if request.content_type == "multipart/form-data" and request.method == "POST":
            receive(request, most_files=1)
        if request.method in SAFE:
            response: HttpResponseBase = _called(view, request, args, kwargs)
            return response
        viewer = request.viewer  # type: ignore[attr-defined]
        return once(viewer, request, lambda: _called(view, request, args, kwargs))
    except Exception as error:
        return problems.of_any(request, error)
    finally:
        _drop(request)


def _drop(request: HttpRequest) -> None:
    """Throw away what arrived and was not taken into keeping, whether or not a server closes our answers."""
    files = cast("MultiValueDict[str, Any]", getattr(request, "_files", MultiValueDict()))
    for _name, those in files.lists():
        for file in those:
            file.close()


def _is_text(value: str) -> bool:
    try:
        check_text(value)
    except Refused:
        return False
    return True


def _called(view: View, request: HttpRequest, args: Any, kwargs: Any) -> Any:
    """Call it, and say in our words what it takes where the method is none of its own."""
    response = view(request, *args, **kwargs)
    if response.status_code == 405:
        refused = problems.problem(405, _("This address takes %(these)s.") % {"these": response["Allow"]})
        refused["Allow"] = response["Allow"]
        return refused
    return response


def _finished(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Write the tag, answer 304 where the asker has it, and say how long it may be kept: not without asking again."""
    response.setdefault("Cache-Control", "private, no-cache")
    response["Vary"] = "Authorization, Cookie"
    next_page = getattr(request, "next_page", None)
    if next_page and response.status_code == 200:
        response["Link"] = f'<{next_page}>; rel="next"'
    if request.method != "GET" or response.status_code != 200 or not isinstance(response, HttpResponse):
        return response
    if "ETag" not in response:
        response["ETag"] = tag_of(response.content)
    wanted = request.headers.get("If-None-Match")
    return _not_changed(response) if wanted and names(wanted, response["ETag"]) else response


def _not_changed(response: HttpResponse) -> HttpResponse:
    same = HttpResponse(status=304)
    del same["Content-Type"]
    for name in ("ETag", "Cache-Control", "Vary", "Link", "RateLimit", "RateLimit-Policy"):
        if name in response:
            same[name] = response[name]
    return same


@open_to_strangers
def nothing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Answer an address below the API that there is not."""
    raise problems.nothing_here()
