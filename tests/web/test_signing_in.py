"""Signing in and out: what works, what tells nothing, what is slowed down, and where one may be sent."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache

from tests.company import PASSWORD
from watercooler.spine.people.reads import forget_organisation
from watercooler.spine.spaces.viewer import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    """Nobody has tried anything yet, and nobody is remembered."""
    cache.clear()
    kept.clear()
    forget_organisation()
    yield
    forget_organisation()


def give_password(person, password=PASSWORD):
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


def enter(client, login="priya", password=PASSWORD, **more):
    return client.post("/sign-in", {"login": login, "password": password, **more})


def is_in(client):
    return client.get("/me/security").status_code == 200


def code_now(secret):
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def test_the_door_shows_its_form(client, company):
    page = client.get("/sign-in").content.decode()
    assert "Somebody here already knows." in page
    assert "Fernway" in page
    assert 'name="login"' in page
    assert 'name="password"' in page


@pytest.mark.parametrize("login", ["priya", "PRIYA", " priya ", "priya@fernway.example", "Priya@Fernway.example"])
def test_handle_or_address_and_password_let_one_in(client, company, login):
    give_password(company.priya)
    answer = enter(client, login)
    assert answer.status_code == 302
    assert answer["Location"] == "/home"
    assert is_in(client)


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in",
        "/sign-in/code",
        "/sign-in/forgotten",
        "/sign-in/forgotten/sent",
        "/sign-in/forgotten/done",
        "/sign-in/forgotten/1-nonsense",
        "/sign-in/closed",
    ],
)
def test_pages_of_the_door_open_to_strangers(client, company, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/me/security", "/me/security/password", "/me/security/sessions", "/me/security/recovery-codes", "/start"]
)
def test_strangers_are_shown_the_door(client, company, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")
