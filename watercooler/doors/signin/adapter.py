"""How the sign-in library behaves in this house: our sentences, our mail, nobody signs up, rights end at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from watercooler.doors.signin import mails
from watercooler.doors.signin.secrets import lock, unlock
from watercooler.foundation.base import mail
from watercooler.spine.people.models import Invitation, Person
from watercooler.spine.people.reads import organisation
from watercooler.spine.spaces.viewer import forget

WRONG = gettext_lazy("That handle or e-mail and password do not belong together. Try again, or ask for a code by mail.")
SLOWLY = gettext_lazy("That was a few tries too many. Wait a few minutes, then try again.")
NO_CODE = gettext_lazy("That code is not right, or it is too old.")

SENTENCES = {
    "account/messages/password_changed.txt": gettext_lazy("Your password is changed."),
    "account/messages/password_set.txt": gettext_lazy("Your password is set."),
    "mfa/messages/totp_activated.txt": gettext_lazy("From now on we ask for a code from your app."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("We no longer ask for a code."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey is ready to sign in with."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey is removed."),
}
"""What is said after which of the library's messages; about the others we say nothing."""


def display(person: Person) -> str:
    """Return the name that a phone shows beside a passkey."""
    return person.name


def is_ended(person: Person) -> bool:
    """Say whether somebody left, or is a guest whose last day is over."""
    return not person.is_active or (person.ends_on is not None and person.ends_on < timezone.localdate())


def is_uninvited(person: Person) -> bool:
    """Say whether somebody came with an import and nobody has asked them in yet. Cost: a query, for those alone."""
    is_new = person.is_imported and person.last_login is None
    return is_new and not Invitation.objects.filter(person=person).exists()


def is_kept_out(person: Person) -> bool:
    """Say whether somebody may not come in, whatever they type."""
    return is_ended(person) or is_uninvited(person)


def _keep_language(person: Person) -> None:
    """Let a newcomer go on in the language in which they read the door; nobody has asked them for one before."""
    spoken = get_language()
    is_new = person.last_login is None and person.language == settings.LANGUAGE_CODE
    if is_new and spoken != person.language and spoken in dict(settings.LANGUAGES):
        person.language = spoken
        person.save(update_fields=["language"])


def house_name() -> str:
    house = organisation()
    return str(house["name"]) if house else "Watercooler"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in and out, passwords and codes."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is closed."),
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "incorrect_code": NO_CODE,
        "incorrect_password": gettext_lazy("That is not your password."),
        "enter_current_password": gettext_lazy("That is not your present password."),
        "too_many_login_attempts": SLOWLY,
        "rate_limited": SLOWLY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Say whether one may be sent on to `url`: only to pages of this very host."""
        host = self.request.get_host()
        return url_has_allowed_host_and_scheme(url, allowed_hosts={host}, require_https=self.request.is_secure())

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return where a request comes from; the server has already judged what proxies say."""
        return request.META.get("REMOTE_ADDR") or "127.0.0.1"

    def pre_login(self, request: HttpRequest, user: Person, **login: Any) -> HttpResponse | None:
        if is_kept_out(user):
            clear_login(request)
            closed: HttpResponse = self.respond_user_inactive(request, user)
            return closed
        _keep_language(user)
        return None

    def post_login(self, request: HttpRequest, user: Person, **login: Any) -> HttpResponse:
        """Lead new people to their first steps, once; everybody else where they were going."""
        response: HttpResponse = super().post_login(request, user, **login)
        if user.welcomed_at is None:
            request.session["after_start"] = response["Location"]
            return HttpResponseRedirect("/start")
        return response

    def logout(self, request: HttpRequest) -> None:
        person_id = request.user.pk
        super().logout(request)
        if person_id is not None:
            forget(person_id)

    def set_password(self, user: Person, password: str) -> None:
        """Set the password. It ends every other session, in all processes."""
        super().set_password(user, password)
        forget(user.pk)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/me/security"

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        sentence = message or SENTENCES.get(message_template or "")
        if sentence:
            messages.add_message(request, level, str(sentence), extra_tags=extra_tags)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link of a mail: to the site's own address, whatever host the request named."""
        return f"{settings.SITE_URL}/sign-in/forgotten/{key}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        written = mails.write(template_prefix, context, house_name())
        if written is not None:
            mail.send(email, written)

    def send_password_reset_mail(self, user: Person, email: str, context: dict[str, Any]) -> None:
        """Send the link to the address of the directory, whatever was typed. Without one an administrator helps."""
        if user.email and not is_kept_out(user):
            self.send_mail("account/email/password_reset_key", user.email, context)

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell somebody that their way in was changed, so that they notice if it was not them."""
        if user.email:
            self.send_mail(template_prefix, user.email, {"user": user})


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Codes from an app, and passkeys."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": NO_CODE,
    }

    def encrypt(self, text: str) -> str:
        return lock(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unlock(encrypted_text)

    def get_totp_issuer(self) -> str:
        return house_name()

    def get_totp_label(self, user: Person) -> str:
        return user.handle

    def _get_site_name(self) -> str:
        return house_name()

    def _get_user_identifier(self, user: Person) -> str:
        return user.handle

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey") if number == 1 else _("Passkey %(number)s") % {"number": number}

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Say whether there is a second factor.

        Where the library asks "must a second step follow the password?" (apps and passkeys named together), only an
        app says yes: somebody who adds a passkey on their phone can still use the password on the tablet in the van.
        """
        if types is not None and set(types) == {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}:
            types = [Authenticator.Type.TOTP]
        return bool(super().is_mfa_enabled(user, types))


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """Ending sessions elsewhere."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End sessions and take away at once what was kept of them in any process."""
        sessions = list(sessions)
        super().end_sessions(sessions)
        forget(*{session.user_id for session in sessions})
