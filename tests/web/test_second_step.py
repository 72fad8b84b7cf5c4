"""The second step after the password, and passkeys in its place."""

from __future__ import annotations

import html
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.company import PASSWORD
from tests.doors import code_in, code_now, commits, enter, fresh, give_password, is_in, reset_link
from tests.passkey import Passkey

__all__ = ["commits", "fresh"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits")]


@pytest.fixture
def key(client):
    """A passkey in software. It knows one place: localhost."""
    client.defaults["HTTP_HOST"] = "localhost"
    return Passkey("http://localhost")


@pytest.fixture
def with_app(company, client):
    """Priya has codes from an app; returns the secret."""
    give_password(company.priya)
    enter(client)
    assert client.get("/me/security/app")["Location"] == "/me/security/confirm?next=%2Fme%2Fsecurity%2Fapp"
    client.post("/me/security/confirm?next=/me/security/app", {"password": PASSWORD})
    page = client.get("/me/security/app").content.decode()
    assert "data:image/svg+xml;base64," in html.unescape(page)
    secret = re.search(r'class="spelt">([A-Z2-7]+)<', page)[1]
    answer = client.post("/me/security/app", {"code": code_now(secret)})
    assert answer["Location"] == "/me/security/recovery-codes"
    return secret


def test_after_the_password_comes_the_code(company, with_app):
    browser = Client()
    assert enter(browser)["Location"] == "/sign-in/second-step"
    assert not is_in(browser)
    assert browser.get("/sign-in/second-step").status_code == 200
    assert "not right" in browser.post("/sign-in/second-step", {"code": "000000"}).content.decode()
    assert browser.post("/sign-in/second-step", {"code": code_now(with_app)})["Location"] == "/home"
    assert is_in(browser)


def test_one_code_of_the_app_works_once(company, with_app):
    code = code_now(with_app)
    first, second = Client(), Client()
    enter(first)
    first.post("/sign-in/second-step", {"code": code})
    enter(second)
    second.post("/sign-in/second-step", {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_guessing_codes_is_slowed_down(company, with_app):
    browser = Client()
    enter(browser)
    for _ in range(6):
        answer = browser.post("/sign-in/second-step", {"code": "000000"})
    assert "a few tries too many" in answer.content.decode()
    assert "a few tries too many" in browser.post("/sign-in/second-step", {"code": code_now(with_app)}).content.decode()


def test_a_recovery_code_opens_the_door_once(company, client, with_app):
    page = client.get("/me/security/recovery-codes").content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", page)
    assert len(codes) == 10
    assert codes[0] in client.get("/me/security/recovery-codes/download").content.decode()
    for expected in (True, False):
        browser = Client()
        enter(browser)
        browser.post("/sign-in/second-step", {"code": codes[0]})
        assert is_in(browser) is expected


def test_codes_are_switched_off_only_after_one_more_question(company, with_app):
    browser = Client()
    enter(browser)
    browser.post("/sign-in/second-step", {"code": code_now(with_app)})
    assert browser.post("/me/security/app/off")["Location"].startswith("/me/security/confirm")
    assert Authenticator.objects.filter(user=company.priya, type="totp").exists()
    browser.post("/me/security/confirm?next=/me/security/app/off", {"password": PASSWORD})
    browser.post("/me/security/app/off")
    assert not Authenticator.objects.filter(user=company.priya, type="totp").exists()


def test_a_mail_code_does_not_jump_the_second_step(company, with_app, mailoutbox):
    browser = Client()
    browser.post("/sign-in/code", {"login": "priya"})
    code = code_in(mailoutbox[-1])
    assert browser.post("/sign-in/code/confirm", {"code": code})["Location"] == "/sign-in/second-step"


def test_a_reset_password_does_not_jump_the_second_step(company, with_app, mailoutbox):
    browser = Client()
    browser.post("/sign-in/forgotten", {"login": "priya"})
    form = browser.get(reset_link(mailoutbox[-1]))["Location"]
    browser.post(form, {"password1": "a-new-warm-house"})
    assert enter(browser, "priya", "a-new-warm-house")["Location"] == "/sign-in/second-step"


# Passkeys.


def test_a_passkey_is_made_and_opens_the_door(company, client, key):
    give_password(company.priya)
    enter(client)
    client.post("/me/security/confirm?next=/me/security/passkeys/new", {"password": PASSWORD})
    made = key.make(client.get("/me/security/passkeys/new").content.decode())
    answer = client.post("/me/security/passkeys/new", {"name": "Van phone", "passwordless": "on", "credential": made})
    assert answer["Location"] == "/me/security"
    assert "Van phone" in client.get("/me/security").content.decode()
    browser = Client(HTTP_HOST="localhost")
    options = browser.get("/sign-in/passkey", headers={"accept": "application/json"}).json()["request_options"]
    answer = browser.post("/sign-in/passkey", {"credential": key.prove(options), "next": "/people"})
    assert answer["Location"] == "/people"
    assert is_in(browser)
    assert enter(Client())["Location"] == "/home"  # and the password still does, on the tablet in the van


def test_a_proof_works_once(company, client, key):
    give_password(company.priya)
    enter(client)
    client.post("/me/security/confirm?next=/me/security/passkeys/new", {"password": PASSWORD})
    made = key.make(client.get("/me/security/passkeys/new").content.decode())
    client.post("/me/security/passkeys/new", {"name": "", "passwordless": "on", "credential": made})
    browser = Client(HTTP_HOST="localhost")
    options = browser.get("/sign-in/passkey", headers={"accept": "application/json"}).json()["request_options"]
    proof = key.prove(options)
    browser.post("/sign-in/passkey", {"credential": proof})
    other = Client(HTTP_HOST="localhost")
    other.get("/sign-in/passkey", headers={"accept": "application/json"})
    other.post("/sign-in/passkey", {"credential": proof})
    assert is_in(browser)
    assert not is_in(other)


@pytest.mark.parametrize("made", ["", "{}", "[]", "null", '{"response": {"userHandle": 5}}', '{"response": 7}', "\x00"])
def test_nonsense_is_no_passkey(company, client, made):
    client.get("/sign-in/passkey", headers={"accept": "application/json"})
    assert client.post("/sign-in/passkey", {"credential": made})["Location"] == "/sign-in"
    assert not is_in(client)


def test_nobody_removes_the_passkey_of_somebody_else(company, client, key):
    give_password(company.priya)
    enter(client)
    client.post("/me/security/confirm?next=/me/security/passkeys/new", {"password": PASSWORD})
    made = key.make(client.get("/me/security/passkeys/new").content.decode())
    client.post("/me/security/passkeys/new", {"name": "", "passwordless": "on", "credential": made})
    own = Authenticator.objects.get(type="webauthn")
    assert client.get(f"/me/security/passkeys/{own.pk}/edit").status_code == 200
    assert client.get(f"/me/security/passkeys/{own.pk}/remove").status_code == 200
    give_password(company.noah)
    noah = Client(HTTP_HOST="localhost")
    enter(noah, "noah")
    noah.post("/me/security/confirm?next=/me/security", {"password": PASSWORD})
    assert noah.post(f"/me/security/passkeys/{own.pk}/remove").status_code == 404
    assert Authenticator.objects.filter(pk=own.pk).exists()
    client.post(f"/me/security/passkeys/{own.pk}/remove")
    assert not Authenticator.objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize("page", ["", "/code", "/passkey"])
def test_who_has_nothing_to_confirm_with_is_told_so_on_our_page(company, sign_in, page):
    answer = sign_in(company.priya).get(f"/me/security/confirm{page}")
    assert answer.status_code == 403
    assert "This can’t be done here, or not by you." in html.unescape(answer.text)
    assert 'class="app"' in answer.text
