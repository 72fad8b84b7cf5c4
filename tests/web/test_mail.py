"""A mail server that will not have a mail: no page waits for it, nothing is lost, and administrators read why."""

from __future__ import annotations

import html
from datetime import timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused
from types import SimpleNamespace

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone

from watercooler.config.mail import mailer
from watercooler.doors.signin.mails import login_code
from watercooler.foundation.base import mail, posting
from watercooler.foundation.base.models import Unsent
from watercooler.spine.people.acts import use_invitation
from watercooler.spine.people.models import Invitation

pytestmark = pytest.mark.django_db

NOBODY = SMTPRecipientsRefused({"noah@fernway.example": (550, b"5.1.1 No such\r\nuser here")})
NO_SERVER = ConnectionRefusedError(111, "Connection refused")
TO = "noah@fernway.example"


class Server:
    """Says what the test wants said to each mail, and keeps those it took."""

    def __init__(self) -> None:
        self.mood: Exception | None = None
        self.asked = 0
        self.took: list = []

    def hear(self, messages):
        self.asked += 1
        if self.mood:
            raise self.mood
        self.took += messages
        return len(messages)


@pytest.fixture
def server(settings, monkeypatch, tmp_path):
    """A mail server, with threads that are done at once and inside the test's own transaction."""
    made = Server()
    settings.MAILERS = {"default": mailer("smtp://mail.example", tmp_path)}
    monkeypatch.setattr(EmailBackend, "send_messages", lambda _self, messages: made.hear(messages))
    monkeypatch.setattr(mail, "Thread", lambda target, **_: SimpleNamespace(start=target))
    monkeypatch.setattr(mail, "connection", SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(mail, "transaction", SimpleNamespace(on_commit=lambda start: start()))
    return made


def invite(company, sign_in):
    """Mail Noah a link, and return the page that the administrator gets, in words."""
    client = sign_in(company.ines)
    answer = client.post("/studio/people/noah/invitation", {"mail": "1"}, follow=True)
    return client, html.unescape(answer.content.decode())


def due():
    """Let the time come at which each mail is tried again."""
    Unsent.objects.exclude(again_at=None).update(again_at=timezone.now())


def test_a_mail_that_was_taken_leaves_nothing(company, sign_in, server):
    _client, page = invite(company, sign_in)
    assert "The link was mailed to noah@fernway.example." in page
    assert [message.to for message in server.took] == [[TO]]
    assert not Unsent.objects.exists()


def test_an_administrator_reads_that_an_address_was_refused(company, sign_in, server):
    server.mood = NOBODY
    client, page = invite(company, sign_in)
    assert "on its way" not in page
    assert "“550 5.1.1 No such user here”. It is not tried again. Pass the link on by hand" in page
    for address in ("/studio/people/noah", "/studio/people"):
        assert "550 5.1.1 No such user here" in html.unescape(client.get(address).content.decode())
    due()
    assert (posting.try_again(), server.asked) == (0, 1)
    assert Unsent.objects.get().sealed == ""


@pytest.mark.parametrize("mood", [NO_SERVER, TimeoutError("timed out"), SMTPAuthenticationError(535, b"Wrong")])
def test_a_mail_is_sent_when_the_server_is_there_again(company, sign_in, server, mood):
    server.mood = mood
    _client, page = invite(company, sign_in)
    assert "Next try:" in page
    link = Invitation.objects.get().token
    due()
    assert posting.try_again() == 0
    server.mood = None
    due()
    assert posting.try_again() == 1
    (sent,) = server.took
    assert (sent.to, link in sent.body, link in sent.alternatives[0].content) == ([TO], True, True)
    assert not Unsent.objects.exists()


def test_a_server_that_is_away_is_asked_once_a_round(company, server):
    server.mood = NO_SERVER
    for number in range(3):
        mail.send(f"a{number}@fernway.example", mail.Mail("Hello", ["Hello"]))
    due()
    server.asked = 0
    posting.try_again()
    assert server.asked == 1


def test_a_mail_late_in_a_long_round_is_nobody_else_s_to_send(company, server, monkeypatch):
    server.mood = NO_SERVER
    for number in range(2):
        mail.send(f"a{number}@fernway.example", mail.Mail("Hello", ["Hello"]))
    due()
    server.mood = None
    clock, late = [timezone.now()], []
    monkeypatch.setattr(posting, "timezone", SimpleNamespace(now=lambda: clock[0]))

    def hear(messages):
        late.append(Unsent.objects.filter(address=messages[0].to[0], again_at__gt=clock[0]).exists())
        clock[0] += 2 * posting.UNDER_WAY
        return len(messages)

    monkeypatch.setattr(server, "hear", hear)
    assert posting.try_again() == 2
    assert late == [True, True]


def test_a_mail_whose_process_ended_goes_out(company, server, monkeypatch):
    monkeypatch.setattr(mail, "Thread", lambda target, **_: SimpleNamespace(start=lambda: None))
    sending = mail.send(TO, mail.Mail("Hello", ["Hello"]))
    assert sending.fate(0) == posting.Fate.WAITING
    assert posting.try_again() == 0  # it may be on its way just now
    due()
    assert posting.try_again() == 1
    assert sending.fate(0) == posting.Fate.SENT


def test_a_code_is_shown_to_nobody_and_not_sent_too_late(company, sign_in, server):
    server.mood = NO_SERVER
    mail.send(TO, login_code({"code": "QX4-7RT"}, "Fernway"))
    kept = Unsent.objects.get()
    assert "QX4-7RT" not in f"{kept.subject} {kept.sealed}"
    page = html.unescape(sign_in(company.ines).get("/studio/people").content.decode())
    assert "“… is your code for Fernway” to noah@fernway.example" in page
    server.mood = None
    Unsent.objects.update(again_at=timezone.now(), ends_at=timezone.now())
    assert (posting.try_again(), server.took) == (0, [])
    assert Unsent.objects.get().sealed == ""


@pytest.mark.parametrize("how", ["another link", "came in"])
def test_a_link_that_lets_nobody_in_is_not_mailed_later(company, sign_in, server, how):
    server.mood = NO_SERVER
    client, _page = invite(company, sign_in)
    if how == "came in":
        assert use_invitation(Invitation.objects.get().token) == company.noah
    else:
        client.post("/studio/people/noah/invitation")
    assert not Unsent.objects.exists()


def test_what_is_not_tried_any_more_is_told_for_two_weeks(company, server):
    server.mood = NOBODY
    mail.send(TO, mail.Mail("Hello", ["Hello"]))
    posting.try_again()
    assert posting.failed(TO.upper())
    Unsent.objects.update(made_at=timezone.now() - timedelta(days=15))
    posting.try_again()
    assert not posting.failed()
