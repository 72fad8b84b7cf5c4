"""What is swept by the clock: sessions that ended, and what the sign-in library leaves behind."""

from __future__ import annotations

from importlib import import_module

from allauth.account.models import EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session

from watercooler.doors.signin.secrets import is_locked, lock
from watercooler.foundation.base.jobs import job


@job(name="signin.sweep", every="23 3 * * *", attempts=1)
def sweep() -> None:
    """Remove sessions that are over, with where and when they began, and addresses never confirmed."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    EmailConfirmation.objects.delete_expired_confirmations()
    lock_the_open()


def lock_the_open() -> int:
    """Lock the second factors from before they were locked. Returns how many there were."""
    found = 0
    for factor in Authenticator.objects.filter(type__in=[Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]):
        open_fields = [name for name in ("secret", "seed") if name in factor.data and not is_locked(factor.data[name])]
        if open_fields:
            factor.data = {**factor.data, **{name: lock(factor.data[name]) for name in open_fields}}
            factor.save(update_fields=["data"])
            found += 1
    return found
