"""A person's own safety: password, second step, passkeys, and where they are signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from watercooler.doors.signin.browsers import browser_of
from watercooler.foundation.base.pages import Request, page, say, see


class Index(IndexView):  # type: ignore[misc]
    """Everything about getting in, on one page."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        found = list(Authenticator.objects.filter(user_id=self.request.user.pk).order_by("created_at"))
        kinds = {key.type for key in found}
        return context | {
            "has_password": self.request.user.has_usable_password(),
            "has_app": Authenticator.Type.TOTP in kinds,
            "has_recovery": Authenticator.Type.RECOVERY_CODES in kinds,
            "passkeys": [
                {"id": key.pk, "name": key.wrap().name, "added_at": key.created_at, "used_at": key.last_used_at}
                for key in found
                if key.type == Authenticator.Type.WEBAUTHN
            ],
            "sessions": _sessions(self.request),
        }


class ActivateApp(ActivateTOTPView):  # type: ignore[misc]
    """Switch codes from an app on; then show the recovery codes, which are worth nothing unseen."""

    def get_success_url(self) -> str:
        return "/me/security/recovery-codes"


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey that signs in by itself, without a password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"form": self.get_form(), "options": auth.begin_registration(self.request.user, True)}

    def get_success_url(self) -> str:
        return "/start" if self.request.user.welcomed_at is None else "/me/security"


class ConfirmByPasskey(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """The passkey once more, before something that a passer-by must not do."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"form": self.get_form(), "options": context["js_data"]["request_options"]}

    def form_invalid(self, form: Any) -> HttpResponse:
        sentence = get_adapter().error_messages["incorrect_code"]
        messages.error(self.request, str(sentence))
        return HttpResponseRedirect(self.request.get_full_path())


def _sessions(request: Request) -> list[dict[str, Any]]:
    """Return where the person is signed in, this place first."""
    own = request.session.session_key
    found = UserSession.objects.purge_and_list(request.user)
    rows = [
        {
            "id": session.pk,
            "browser": browser_of(session.user_agent),
            "ip": session.ip,
            "since": session.created_at,
            "is_here": session.session_key == own,
        }
        for session in found
    ]
    return sorted(rows, key=lambda row: (not row["is_here"], -row["since"].timestamp()))


@never_cache
@login_required
def sessions(request: Request) -> HttpResponse:
    """List the places where one is signed in; end one of them, or all others."""
    if request.method != "POST":
        return page(request, "signin/sessions.html", sessions=_sessions(request))
    if number := request.POST.get("session", ""):
        wanted = get_object_or_404(UserSession, user_id=request.user.pk, pk=int(number) if number.isdecimal() else 0)
        end_sessions(request, [wanted])
        say(request, _("Signed out there."))
    else:
        end_other_sessions(request, request.user)
        say(request, _("Signed out everywhere else."))
    return see(request, "/me/security/sessions" if request.user.is_authenticated else "/sign-in")


index = never_cache(Index.as_view())
activate_app = never_cache(ActivateApp.as_view())
add_passkey = never_cache(AddPasskey.as_view())
confirm_by_passkey = never_cache(ConfirmByPasskey.as_view())
