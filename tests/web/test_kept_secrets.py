"""Second factors lie locked in the database, and what is over is swept away."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import override_settings
from django.utils import timezone

from tests.doors import code_now
from watercooler.doors.signin.jobs import lock_the_open, sweep
from watercooler.doors.signin.secrets import unlock

pytestmark = pytest.mark.django_db


def test_the_database_holds_neither_secret_nor_seed(company):
    secret = generate_totp_secret()
    TOTP.activate(company.priya, secret)
    codes = RecoveryCodes.activate(company.priya)
    held = "".join(str(data) for data in Authenticator.objects.values_list("data", flat=True))
    assert secret not in held
    assert held.count("fernet:") == 2
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_now(secret))
    assert codes.validate_code(codes.get_unused_codes()[0])


def test_another_secret_key_opens_nothing_and_breaks_nothing(company):
    secret = generate_totp_secret()
    TOTP.activate(company.priya, secret)
    with override_settings(SECRET_KEY="another"):
        assert not TOTP(Authenticator.objects.get(type="totp")).validate_code(code_now(secret))
    with override_settings(SECRET_KEY="newer", SECRET_KEY_FALLBACKS=[_own_key()]):
        assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code_now(secret))


def _own_key() -> str:
    from django.conf import settings

    return str(settings.SECRET_KEY)


def test_what_lay_open_is_locked_and_still_works(company):
    secret = generate_totp_secret()
    Authenticator.objects.create(user=company.priya, type=Authenticator.Type.TOTP, data={"secret": secret})
    assert TOTP(Authenticator.objects.get()).validate_code(code_now(secret))
    assert (lock_the_open(), lock_the_open()) == (1, 0)
    kept = Authenticator.objects.get().data["secret"]
    assert kept != secret
    assert unlock(kept) == secret


def test_the_sweep_leaves_who_is_signed_in_and_takes_who_was(company, sign_in):
    sign_in(company.priya).get("/home")
    here = Session.objects.get()
    UserSession.objects.get_or_create(session_key=here.pk, user=company.priya, defaults={"ip": "127.0.0.1"})
    Session.objects.create(session_key="over", session_data="", expire_date=timezone.now() - timedelta(days=1))
    UserSession.objects.create(session_key="over", user=company.noah, ip="127.0.0.1")
    sweep()
    assert [session.pk for session in Session.objects.all()] == [here.pk]
    assert [session.session_key for session in UserSession.objects.all()] == [here.pk]
