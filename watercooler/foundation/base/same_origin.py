"""Refuses writes that another site's page makes with a signed-in person's cookie."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FOR_PROGRAMS = "/api/"
"""Below this address, and nowhere else, a token stands in for a session."""


def is_same_origin(request: HttpRequest) -> bool:
    """Say whether an unsafe request comes from our own pages, or from no browser at all.

    Browsers since 2023 send Sec-Fetch-Site, which scripts cannot forge; older ones send Origin on every POST. A
    request with neither comes from a program, which has no cookies to steal. Source: Fetch Metadata (W3C), and
    "Cross-Site Request Forgery" by F. Valsorda, 2025.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def carries_token(request: HttpRequest) -> bool:
    """Say whether a program asks with a token of its own. Cookies then count for nothing, so none can be misused.

    No browser adds this header by itself, and another site's script may not add it: we never say that it may.
    """
    is_bearer = request.headers.get("Authorization", "")[:7].lower() == "bearer "
    return is_bearer and request.path_info.startswith(FOR_PROGRAMS)


class SameOriginOnly:
    """One header check in place of a token in every form, so that the same card can be kept for all viewers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE and not is_same_origin(request) and not carries_token(request):
            return HttpResponseForbidden("This request came from another site.")
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # for library views that check tokens
        return self.get_response(request)
