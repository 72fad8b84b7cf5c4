"""The front door and the sign-in page."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.logout import logout
from allauth.account.views import LoginView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from watercooler.foundation.base.pages import Request
from watercooler.spine.people.reads import organisation


def front_door(request: Request) -> HttpResponse:
    """Send everybody to where they belong: a new house, home, or the door."""
    if organisation() is None:
        return HttpResponseRedirect("/welcome")
    return HttpResponseRedirect("/home" if request.viewer.is_known else "/sign-in")


class SignInView(LoginView):  # type: ignore[misc]
    """Handle or e-mail and password, with a code by mail and a passkey beside them."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if organisation() is None:
            return HttpResponseRedirect("/welcome")
        # Somebody whose account has ended still holds a session; without this they would go round in circles.
        if request.user.is_authenticated and not request.viewer.is_known:  # type: ignore[attr-defined]
            logout(request, show_message=False)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class ByPasskeyView(LoginWebAuthnView):  # type: ignore[misc]
    """The passkey button on the sign-in page."""


sign_in = SignInView.as_view()
by_passkey = ByPasskeyView.as_view()
