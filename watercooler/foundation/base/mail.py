"""Sending a mail: a few sentences, perhaps a code or one button, in plain words and in simple HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from threading import Event, Thread

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction

from watercooler.foundation.base import posting
from watercooler.foundation.base.templates import render


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says. sentences: paragraphs. code: shown large. button: (words, address). foot: small, below.

    from_whom: the organisation's name, at the top. lets_in: it holds an invitation's link. good_for: how long it is of
    use, and so tried again.
    """

    subject: str
    sentences: Sequence[str]
    code: str = ""
    button: tuple[str, str] | None = None
    foot: str = ""
    from_whom: str = "Watercooler"
    headers: dict[str, str] = field(default_factory=dict)
    lets_in: bool = False
    good_for: timedelta = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Sending:
    """A mail on its way. number: of its row while it is; None where it was handed over at once."""

    number: int | None = None
    tried: Event = field(default_factory=Event)

    def fate(self, seconds: float) -> posting.Fate:
        """Return what became of it, having waited so long at most. Cost: one query."""
        if self.number is None:
            return posting.Fate.SENT
        self.tried.wait(seconds)
        return posting.fate(self.number)


def send(to: str, mail: Mail) -> Sending:
    """Send a mail on its way, in the present transaction. Over the network it leaves from a thread of its own.

    So a page that sends one waits for no mail server, and nobody learns from the time it took whether an address is
    known. What the server does not take is tried again by a job, and told to administrators. Cost: one statement.
    """
    subject = " ".join(mail.subject.split())
    message = EmailMultiAlternatives(subject, render("base/mail.txt", mail=mail), None, [to], headers=mail.headers)
    message.attach_alternative(render("base/mail.html", mail=mail), "text/html")
    if not settings.MAILERS["default"]["BACKEND"].endswith(".smtp.EmailBackend"):
        message.send()
        return Sending()
    readable = subject.replace(mail.code, "…") if mail.code else subject
    number = posting.keep(message, readable, mail.good_for, lets_in=mail.lets_in)
    sending = Sending(number)
    transaction.on_commit(Thread(target=partial(_deliver, number, sending.tried), daemon=True, name="mail").start)
    return sending


def _deliver(number: int, tried: Event) -> None:
    try:
        posting.hand_over_one(number)
    finally:
        tried.set()
        connection.close()
