"""Signing in and out: what works, what tells nothing, what is slowed down, and where one may be sent."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client

from tests.company import PASSWORD
from tests.doors import code_in, commits, enter, fresh, give_password, is_in, reset_link
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.viewer import kept

__all__ = ["commits", "fresh"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits")]


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


# Nothing is told about who has an account.


def same(first, second):
    """Compare two answers, what was typed left out."""
    bodies = [answer.content.decode() for answer in (first, second)]
    words = re.compile(r"value=\"[^\"]*\"")
    return first.status_code == second.status_code and len({words.sub("", body) for body in bodies}) == 1


def test_a_wrong_password_and_an_unknown_name_get_one_answer(company):
    give_password(company.priya)
    for known in ("priya", "priya@fernway.example"):
        cache.clear()
        assert same(enter(Client(), known, "wrong-wrong-wrong"), enter(Client(), "nobody", "wrong-wrong-wrong"))


@pytest.mark.parametrize("login", ["priya", "priya@fernway.example", "nobody", "nobody@fernway.example", "ruth"])
def test_every_name_costs_one_hash(company, login, monkeypatch):
    """`ruth` has no password, `nobody` no account: none may be told by the time the answer takes."""
    give_password(company.priya)
    hashes = []
    real = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *a: (hashes.append("encode"), real[0](*a))[1])
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *a: (hashes.append("verify"), real[1](*a))[1])
    enter(Client(), login, "wrong-wrong-wrong")
    assert len(hashes) == 1


@pytest.mark.parametrize("path", ["/sign-in/code", "/sign-in/forgotten"])
def test_asking_for_a_mail_gets_one_answer(company, path):
    company.ruth.email = ""
    company.ruth.save()
    answers = []
    for login in ("priya", "priya@fernway.example", "nobody", "nobody@fernway.example", "ruth"):
        cache.clear()
        browser = Client()
        first = browser.post(path, {"login": login})
        answers.append((first.status_code, first["Location"], browser.get(first["Location"]).content))
    assert len(set(answers)) == 1


def test_mail_goes_only_to_those_there_are(company, client, mailoutbox):
    for login in ("nobody", "nobody@fernway.example"):
        client.post("/sign-in/forgotten", {"login": login})
        Client().post("/sign-in/code", {"login": login})
    assert mailoutbox == []


def test_somebody_who_left_is_sent_nothing(company, client, mailoutbox):
    Person.objects.filter(pk=company.priya.pk).update(is_active=False)
    Person.objects.filter(pk=company.sam.pk).update(ends_on=date(2020, 1, 1))
    for login in ("priya", "sam"):
        client.post("/sign-in/forgotten", {"login": login})
        Client().post("/sign-in/code", {"login": login})
    assert mailoutbox == []


# Slowed down.


def test_guessing_one_password_is_slowed_down(company, client):
    give_password(company.priya)
    for _ in range(5):
        assert enter(client, "priya", "wrong-wrong-wrong").status_code == 200
    answer = enter(client)  # even the right one, and by the other name too
    assert answer.status_code == 200
    assert "a few tries too many" in answer.content.decode()
    assert enter(Client(REMOTE_ADDR="10.0.0.9"), "priya@fernway.example").status_code == 200


def test_guessing_many_names_from_one_address_is_slowed_down(company):
    give_password(company.priya)
    for number in range(10):
        enter(Client(), f"nobody{number}", "wrong-wrong-wrong")
    assert "a few tries too many" in enter(Client()).content.decode()
    assert enter(Client(REMOTE_ADDR="10.0.0.9"))["Location"] == "/home"


def test_a_depot_full_of_people_gets_in_from_one_address(company):
    give_password(company.priya)
    assert all(enter(Client()).status_code == 302 for _ in range(15))


@pytest.mark.parametrize("path", ["/sign-in/code", "/sign-in/forgotten"])
def test_asking_for_mail_again_and_again_is_slowed_down(company, mailoutbox, path):
    answers = [Client().post(path, {"login": "priya"}) for _ in range(6)]
    assert len(mailoutbox) == 3
    assert answers[-1].status_code in {200, 429}
    assert "a few tries too many" in answers[-1].content.decode()


# Where one may be sent.


@pytest.mark.parametrize("to", ["/q/1/defrost", "/people?q=heat", "http://testserver/people"])
def test_one_goes_on_to_where_one_was_going(company, client, to):
    give_password(company.priya)
    assert enter(client, next=to)["Location"] == to


EVIL = ["https://evil.example/", "//evil.example", "/\\evil.example", "http:evil.example", "javascript:alert(1)"]
EVIL += ["http://localhost/", "https://testserver@evil.example/", "\t//evil.example", "http://127.0.0.1:9/"]


@pytest.mark.parametrize("to", EVIL)
def test_nobody_is_sent_to_another_host(company, client, to):
    give_password(company.priya)
    assert enter(client, next=to)["Location"] == "/home"
    assert client.get("/sign-in", {"next": to})["Location"] == "/home"
    assert client.post("/sign-out", {"next": to})["Location"] == "/sign-in"


@pytest.mark.parametrize("to", EVIL)
def test_a_code_by_mail_leads_to_no_other_host(company, client, mailoutbox, to):
    client.post("/sign-in/code", {"login": "priya", "next": to})
    code = code_in(mailoutbox[0])
    assert client.post("/sign-in/code/confirm", {"code": code, "next": to})["Location"] == "/home"


# A code by mail.


def test_a_code_by_mail_lets_one_in(company, client, mailoutbox):
    answer = client.post("/sign-in/code", {"login": "priya", "next": "/people"})
    assert answer["Location"] == "/sign-in/code/confirm?next=%2Fpeople"
    assert "priya@fernway.example" not in client.get(answer["Location"]).content.decode()
    (sent,) = mailoutbox
    assert sent.to == ["priya@fernway.example"]
    code = code_in(sent)
    assert code in sent.subject
    assert code in sent.alternatives[0][0]
    answer = client.post("/sign-in/code/confirm", {"code": code.lower(), "next": "/people"})
    assert answer["Location"] == "/people"
    assert is_in(client)


def test_a_wrong_code_lets_nobody_in_and_three_end_it(company, client, mailoutbox):
    client.post("/sign-in/code", {"login": "priya"})
    for _ in range(2):
        assert "That code is not right" in client.post("/sign-in/code/confirm", {"code": "BBBB-BBBB"}).content.decode()
    assert client.post("/sign-in/code/confirm", {"code": "BBBB-BBBB"})["Location"] == "/sign-in/code"
    code = code_in(mailoutbox[0])
    client.post("/sign-in/code/confirm", {"code": code})
    assert not is_in(client)


def test_a_code_is_worth_nothing_in_another_browser(company, mailoutbox):
    Client().post("/sign-in/code", {"login": "priya"})
    code = code_in(mailoutbox[0])
    other = Client()
    other.post("/sign-in/code", {"login": "nobody"})
    other.post("/sign-in/code/confirm", {"code": code})
    assert not is_in(other)


def test_one_can_start_again_instead_of_waiting_for_the_code(company, client):
    client.post("/sign-in/code", {"login": "priya"})
    assert client.get("/sign-in")["Location"] == "/sign-in/code/confirm"
    client.post("/sign-out")
    assert client.get("/sign-in").status_code == 200


# Passwords.


def test_a_forgotten_password_is_chosen_anew(company, client, mailoutbox):
    give_password(company.priya)
    elsewhere = Client()
    enter(elsewhere)
    assert is_in(elsewhere)
    client.post("/sign-in/forgotten", {"login": "priya"})
    link = reset_link(mailoutbox[-1])
    form = client.get(link)["Location"]
    assert client.get(form).status_code == 200
    assert client.post(form, {"password1": "a-new-warm-house"})["Location"] == "/sign-in/forgotten/done"
    assert not is_in(elsewhere)
    assert enter(Client(), "priya", "a-new-warm-house").status_code == 302
    assert enter(Client()).status_code == 200
    assert "been used" in Client().get(link).content.decode()
    assert "Your password was changed" in mailoutbox[-1].subject


def test_the_link_of_a_mail_names_our_own_host(company, client, mailoutbox, settings):
    client.post("/sign-in/forgotten", {"login": "priya"}, headers={"host": "localhost"})
    assert settings.SITE_URL in mailoutbox[0].body


def test_an_old_address_gets_nothing_after_the_directory_changed_it(company, client, mailoutbox):
    client.post("/sign-in/forgotten", {"login": "priya@fernway.example"})
    old = reset_link(mailoutbox[-1])
    Person.objects.filter(pk=company.priya.pk).update(email="priya.raman@fernway.example")
    mailoutbox.clear()
    client.post("/sign-in/forgotten", {"login": "priya@fernway.example"})
    assert mailoutbox == []
    assert "been used" in client.get(old).content.decode()


@pytest.mark.parametrize("password", ["short", "password123", ""])
def test_a_weak_password_is_refused_beside_its_field(company, client, password):
    give_password(company.priya)
    enter(client)
    answer = client.post("/me/security/password", {"oldpassword": PASSWORD, "password1": password})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    company.priya.refresh_from_db()
    assert company.priya.check_password(PASSWORD)


def test_a_changed_password_ends_other_sessions_and_keeps_this_one(company, client, mailoutbox):
    give_password(company.priya)
    enter(client)
    elsewhere = Client()
    enter(elsewhere)
    assert elsewhere.get("/people").status_code == 200
    answer = client.post("/me/security/password", {"oldpassword": PASSWORD, "password1": "a-new-warm-house"})
    assert answer["Location"] == "/me/security"
    assert elsewhere.get("/people").status_code == 302
    assert client.get("/people").status_code == 200
    assert mailoutbox[-1].to == ["priya@fernway.example"]


def test_the_present_password_is_asked_for(company, client):
    give_password(company.priya)
    enter(client)
    answer = client.post("/me/security/password", {"oldpassword": "x", "password1": "a-new-warm-house"})
    assert "not your present password" in answer.content.decode()


def test_who_has_no_password_sets_one(company, sign_in):
    client = sign_in(company.priya)
    assert client.get("/me/security/password")["Location"] == "/me/security/password/first"
    client.post("/me/security/password/first", {"password1": "a-new-warm-house"})
    company.priya.refresh_from_db()
    assert company.priya.check_password("a-new-warm-house")


# Sessions.


def test_signing_out_ends_the_session_for_whoever_holds_its_cookie(company, client):
    give_password(company.priya)
    enter(client)
    assert client.get("/people").status_code == 200  # the viewer is kept now
    thief = Client()
    thief.cookies["watercooler"] = client.cookies["watercooler"].value
    assert thief.get("/people").status_code == 200
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert thief.get("/people").status_code == 302


def test_sessions_are_listed_and_ended_one_by_one(company, client):
    give_password(company.priya)
    enter(client)
    phone = Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) Version/18.1 Mobile Safari/604.1")
    enter(phone)
    assert phone.get("/people").status_code == 200
    page = client.get("/me/security/sessions").content.decode()
    assert "Safari on iPhone" in page
    session = UserSession.objects.get(session_key=phone.session.session_key)
    client.post("/me/security/sessions", {"session": session.pk})
    assert phone.get("/people").status_code == 302
    assert client.get("/people").status_code == 200


def test_all_other_sessions_are_ended_at_once(company, client):
    give_password(company.priya)
    enter(client)
    others = [Client(), Client()]
    for other in others:
        enter(other)
        assert other.get("/people").status_code == 200
    client.post("/me/security/sessions")
    assert [other.get("/people").status_code for other in others] == [302, 302]
    assert client.get("/people").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(company, client):
    give_password(company.priya)
    give_password(company.noah)
    enter(client)
    noah = Client()
    enter(noah, "noah")
    session = UserSession.objects.get(user=company.noah)
    assert client.post("/me/security/sessions", {"session": session.pk}).status_code == 404
    assert is_in(noah)


def test_a_guest_whose_time_is_over_does_not_go_round_in_circles(company, client, settings):
    give_password(company.sam)
    enter(client, "sam")
    assert client.get("/people").status_code == 200
    Person.objects.filter(pk=company.sam.pk).update(ends_on=date(2020, 1, 1))
    kept.clear()
    assert client.get("/people")["Location"].startswith("/sign-in")
    assert client.get("/sign-in").status_code == 200
    assert enter(client, "sam")["Location"] == "/sign-in/closed"


def test_the_cookie_is_locked_to_this_host_over_https():
    environment = {**os.environ, "WATERCOOLER_SECURE_COOKIES": "yes", "WATERCOOLER_SECRET_KEY": "x" * 50}
    script = "from watercooler.config import settings as s; print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE)"
    shown = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["__Host-watercooler", "True"]
