"""Sending a mail: a few sentences, perhaps a code or one button, in plain words and in simple HTML."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Thread

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from watercooler.foundation.base.templates import render

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says. sentences: paragraphs. code: shown large. button: (words, address). foot: small, below.

    from_whom: the organisation's name, at the top.
    """

    subject: str
    sentences: Sequence[str]
    code: str = ""
    button: tuple[str, str] | None = None
    foot: str = ""
    from_whom: str = "Watercooler"
    headers: dict[str, str] = field(default_factory=dict)


def send(to: str, mail: Mail) -> None:
    """Send a mail on its way. Over the network it leaves from a thread of its own.

    So a page that sends one takes no longer than the same page that sends none, and nobody learns from the time it
    took whether an address is known. A mail that cannot be sent is logged; the person asks for another.
    """
    message = EmailMultiAlternatives(
        " ".join(mail.subject.split()), render("base/mail.txt", mail=mail), None, [to], headers=mail.headers
    )
    message.attach_alternative(render("base/mail.html", mail=mail), "text/html")
    if settings.MAILERS["default"]["BACKEND"].endswith(".smtp.EmailBackend"):
        Thread(target=_deliver, args=(message,), daemon=True, name="mail").start()
    else:
        message.send()


def _deliver(message: EmailMultiAlternatives) -> None:
    try:
        message.send()
    except OSError:  # smtplib's errors are OSErrors too
        log.exception("A mail could not be sent.")
