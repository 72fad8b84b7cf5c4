"""The mails of the sign-in pages, in our words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from watercooler.foundation.base.mail import Mail


def write(name: str, context: dict[str, Any], house: str) -> Mail | None:
    """Return the mail that the library calls `name`, or None for one that we do not send."""
    writer = WRITERS.get(name.removeprefix("account/email/").removeprefix("mfa/email/"))
    return writer(context, house) if writer else None


def login_code(context: dict[str, Any], house: str) -> Mail:
    """The code stands in the subject too: on a phone it is read without opening the mail."""
    return Mail(
        subject=_("%(code)s is your code for %(house)s") % {"code": context["code"], "house": house},
        sentences=[_("Type this code on the page where you asked for it. It works for ten minutes, once.")],
        code=context["code"],
        foot=_("You did not ask for it? Then you need do nothing: without the code nobody gets in."),
        from_whom=house,
        good_for=timedelta(minutes=10),
    )


def new_password(context: dict[str, Any], house: str) -> Mail:
    person = context["user"]
    return Mail(
        subject=_("Choose a new password for %(house)s") % {"house": house},
        sentences=[
            _("Hello %(name)s,") % {"name": person.name},
            _("this link lets you choose a new password. Your handle is %(handle)s.") % {"handle": person.handle},
        ],
        button=(_("Choose a new password"), context["password_reset_url"]),
        foot=_("You did not ask for it? Then you need do nothing: your password stays as it is."),
        from_whom=house,
    )


def _told(sentence: Callable[[], str]) -> Callable[[dict[str, Any], str], Mail]:
    """Return the writer of a mail that says what was changed, and what to do if it was somebody else."""

    def writer(context: dict[str, Any], house: str) -> Mail:
        return Mail(
            subject=sentence(),
            sentences=[
                _("Hello %(name)s,") % {"name": context["user"].name},
                sentence() + ".",
                _("Was that you? Then all is well. If not, tell an administrator at once, and choose a new password."),
            ],
            from_whom=house,
        )

    return writer


WRITERS: dict[str, Callable[[dict[str, Any], str], Mail]] = {
    "login_code": login_code,
    "password_reset_key": new_password,
    "password_changed": _told(lambda: _("Your password was changed")),
    "password_reset": _told(lambda: _("Your password was changed")),
    "password_set": _told(lambda: _("A password was set for your account")),
    "totp_activated": _told(lambda: _("Codes from an app were switched on for your account")),
    "totp_deactivated": _told(lambda: _("Codes from an app were switched off for your account")),
    "webauthn_added": _told(lambda: _("A passkey was added to your account")),
    "webauthn_removed": _told(lambda: _("A passkey was removed from your account")),
    "recovery_codes_generated": _told(lambda: _("New recovery codes were made for your account")),
}
