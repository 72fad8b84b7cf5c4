"""What the tests of the door share: a fresh start, passwords, mails read."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache

from tests.company import PASSWORD
from watercooler.places.person.directory import forget_facets
from watercooler.spine.people.reads import forget_organisation
from watercooler.spine.spaces.viewer import kept


def forget_everything():
    cache.clear()
    kept.clear()
    forget_organisation()
    forget_facets()


@pytest.fixture(autouse=True)
def fresh():
    """Nobody has tried anything yet, and nobody is remembered."""
    forget_everything()
    yield
    forget_everything()


@pytest.fixture
def commits(monkeypatch):
    """Run at once what waits for the commit: the test's own transaction never commits."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda then, *rest, **more: then())


def give_password(person, password=PASSWORD):
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


def enter(client, login="priya", password=PASSWORD, **more):
    return client.post("/sign-in", {"login": login, "password": password, **more})


def is_in(client):
    return client.get("/me/security").status_code == 200


def code_in(mail):
    return re.search(r"[A-Z]{4}-[A-Z]{4}", mail.body)[0]


def reset_link(mail):
    return re.search(r"http://[^/\s]+(/sign-in/forgotten/\S+)", mail.body)[1]


def code_now(secret):
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))
