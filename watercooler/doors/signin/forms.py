"""The forms of the sign-in pages: the library's, with our words, and a handle wherever it wants an e-mail address."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.mfa.base import forms as second
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from watercooler.doors.signin.adapter import is_kept_out
from watercooler.foundation.base.text import clean_line
from watercooler.spine.people.models import LONGEST_EMAIL, Person

LONGEST = 254
PASSWORD_HINT = _("At least ten characters. Three or four words are easy to remember and hard to guess.")


def find(typed: str) -> Person | None:
    """Return whose handle or e-mail address this is. Cost: two queries, for the unknown as for the known."""
    typed = typed.strip().lower()
    by_handle = Person.objects.filter(handle=typed).first()
    by_email = Person.objects.alias(low=Lower("email")).filter(low=typed).exclude(email="").first()
    return by_handle or by_email


def reachable(typed: str) -> Person | None:
    """Return who can be sent a mail under this handle or address."""
    person = find(typed)
    return person if person is not None and person.email and not is_kept_out(person) else None


def who_field() -> forms.CharField:
    return forms.CharField(
        label=_("Handle or e-mail"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Type your handle or your e-mail address.")},
    )


def _password(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    field = forms.CharField(
        label=label,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **more,
    )
    field.error_messages["required"] = _("Type a password.")
    return field


def _code() -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
    return forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": _("Type the code.")},
    )


class SignInForm(account.LoginForm):  # type: ignore[misc]
    """Handle or e-mail, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = who_field()
        self.fields["password"] = _password(_("Password"), "current-password")
        self.order_fields(["login", "password"])

    def user_credentials(self) -> dict[str, Any]:
        """Return one name and one password, so that one hash is computed, whoever it is and whoever it is not."""
        typed = self.cleaned_data["login"]
        person = find(typed)
        return {"username": person.handle if person else typed.lower(), "password": self.cleaned_data["password"]}


class SendCodeForm(account.RequestLoginCodeForm):  # type: ignore[misc]
    """Who wants a code by mail. The answer is the same for everybody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        self.fields["login"] = who_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = cleaned.get("login")
        if typed:
            if not ratelimit.consume(context.request, action="request_login_code", key=typed.lower()):
                raise get_adapter().validation_error("too_many_login_attempts")
            self._user = reachable(typed)
            cleaned["email"] = self._user.email if self._user else typed
        return cleaned


class CodeForm(account.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code()


class ForgottenForm(account.ResetPasswordForm):  # type: ignore[misc]
    """Who wants to choose a new password. The answer is the same for everybody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        self.fields["login"] = who_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = cleaned.get("login")
        if typed:
            person = reachable(typed)
            self.users = [person] if person else []
            cleaned["email"] = typed
        return cleaned


class OnePassword(forms.Form):
    """A new password, typed once: a page that can show it needs no second field."""

    password1 = _password(_("New password"), "new-password", help_text=PASSWORD_HINT)

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, getattr(self, "user", None))
        return password


class NewPasswordForm(OnePassword, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password after the old one was forgotten."""

    password1 = _password(_("New password"), "new-password", help_text=PASSWORD_HINT)
    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        account.ResetPasswordKeyForm.__init__(self, *args, **kwargs)


class SetPasswordForm(OnePassword, account.SetPasswordForm):  # type: ignore[misc]
    """The first password of somebody who came in by code or passkey."""

    password1 = _password(_("New password"), "new-password", help_text=PASSWORD_HINT)
    password2 = None


class ChangePasswordForm(OnePassword, account.ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one."""

    oldpassword = _password(_("Present password"), "current-password")
    password1 = _password(_("New password"), "new-password", help_text=PASSWORD_HINT)
    password2 = None
    field_order = ["oldpassword", "password1"]


class ConfirmPasswordForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that a passer-by must not do."""

    password = _password(_("Password"), "current-password")


class SecondFactorForm(second.AuthenticateForm):  # type: ignore[misc]
    """A code from the app, or a recovery code."""

    code = _code()


class ConfirmCodeForm(second.ReauthenticateForm):  # type: ignore[misc]
    """A code from the app once more."""

    code = _code()


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code from the app, to show that it works."""

    code = _code()


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey and what to call it."""

    name = forms.CharField(label=_("What to call it"), required=False, max_length=60)

    def clean_name(self) -> str:
        self.cleaned_data["name"] = clean_line(self.cleaned_data["name"])
        return str(super().clean_name())


class InvitationForm(OnePassword):
    """The first password of somebody with an invitation."""

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = person
        self.fields["password1"].label = _("Choose a password")


class WelcomeForm(forms.Form):
    """What an empty house needs: its name, its first administrator, its first space."""

    organisation = forms.CharField(
        label=_("Your organisation"),
        max_length=80,
        error_messages={"required": _("Type your organisation’s name.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name.")},
    )
    job = forms.CharField(label=_("Your job"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    handle = forms.RegexField(
        r"^[a-zA-Z0-9][a-zA-Z0-9._-]*\Z",
        label=_("Your handle"),
        max_length=40,
        help_text=_("A short name to sign in with and be mentioned by, as in @priya."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Choose a handle."), "invalid": _("Use a to z, 0 to 9, dot, dash.")},
    )
    password1 = _password(_("Password"), "new-password", help_text=PASSWORD_HINT)
    space = forms.CharField(
        label=_("Its name"), max_length=80, error_messages={"required": _("Give the space a name.")}
    )
    objective = forms.CharField(
        label=_("What should get better because of it?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what should get better because of it.")},
    )
    template = forms.ChoiceField(label=_("Start it as"), widget=forms.RadioSelect, choices=[])

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password)
        return password

    def clean_handle(self) -> str:
        return str(self.cleaned_data["handle"]).lower()

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("organisation", "name", "job", "space"):
            if name in cleaned:
                cleaned[name] = clean_line(cleaned[name])
                if not cleaned[name] and self.fields[name].required:
                    self.add_error(name, _("This needs a word."))
        return cleaned
