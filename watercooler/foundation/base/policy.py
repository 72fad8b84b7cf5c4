"""The headers that every answer carries: the content security policy, and what a browser may make of the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP, build_policy

from watercooler.foundation.base.static import digest

A_YEAR = 31_536_000
"""Seconds for which a browser that came over HTTPS once never comes without it. Source: RFC 6797, section 6.1."""


@cache
def _said(sheet: str) -> tuple[tuple[str, str], ...]:
    https = (("Strict-Transport-Security", f"max-age={A_YEAR}"),) if settings.SESSION_COOKIE_SECURE else ()
    return (
        *https,
        (str(CSP.HEADER_ENFORCE), build_policy(_allowed(sheet))),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
    )


def _allowed(sheet: str) -> dict[str, list[str]]:
    """Return the content policy with the one style sheet that stands in pages allowed by its hash."""
    allowed = cast(Mapping[str, list[str]], settings.SECURE_CSP)
    return {**allowed, "style-src": [*allowed["style-src"], sheet]}


class SamePolicy:
    """Says the same of every answer that says nothing itself: no policy holds a nonce, for pages have no inline script,
    and the one style sheet that stands in some is allowed by its hash.

    The framework's two middlewares, which write it anew for each answer, cost 40 µs. Redirecting to HTTPS is for the
    proxy to do; where cookies are for HTTPS alone, so is the house.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        for name, value in _said(digest("app.css")):
            response.headers.setdefault(name, value)
        return response
