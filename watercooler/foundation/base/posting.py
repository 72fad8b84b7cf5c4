"""Handing mails to the mail server: at once, again later, and what is told of those that it did not take."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from enum import Enum
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.utils import timezone

from watercooler.foundation.base.jobs import job
from watercooler.foundation.base.models import Unsent
from watercooler.foundation.base.sealed import seal, unseal

log = logging.getLogger(__name__)

# Waits before the next try, in minutes: a server that restarts, a wrong setting, a night.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 3, 15, 60, 3 * 60, 6 * 60)]
# Longer than one try lasts against a server that answers each word at its last moment; so nothing is sent twice.
UNDER_WAY = timedelta(minutes=3)
TOLD_FOR = timedelta(days=14)
AT_ONCE = 200
PURPOSE = "mail"


class Fate(Enum):
    """What became of a mail."""

    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"


def keep(message: EmailMultiAlternatives, subject: str, good_for: timedelta, *, lets_in: bool = False) -> int:
    """Remember a mail before its first try, in the present transaction, and return its number. Cost: one statement."""
    said = [message.subject, message.body, str(message.alternatives[0][0]), message.extra_headers]
    now = timezone.now()
    kept = Unsent.objects.create(
        address=message.to[0],
        subject=subject[:300],
        sealed=seal(json.dumps(said), PURPOSE),
        lets_in=lets_in,
        made_at=now,
        ends_at=now + good_for,
        again_at=now + UNDER_WAY,  # where the process ends meanwhile, the job finds it
    )
    return int(kept.pk)


def fate(number: int) -> Fate:
    """Return what became of a mail that was kept. Cost: one query."""
    if not (found := Unsent.objects.filter(pk=number).only("why", "again_at").first()):
        return Fate.SENT
    return Fate.FAILED if found.why or found.again_at is None else Fate.WAITING


def failed(address: str = "") -> list[Unsent]:
    """Return mails that went wrong and are not sent yet, newest first, at most 50. Cost: one query."""
    found = Unsent.objects.filter(~Q(why="") | Q(again_at=None)).order_by("-pk")
    return list((found.filter(address__iexact=address) if address else found)[:50])


def drop_invitations(address: str) -> None:
    """Let go of unsent links that let nobody in any more. Cost: one statement."""
    Unsent.objects.filter(address__iexact=address, lets_in=True).delete()


def hand_over_one(number: int) -> None:
    """Try a mail for the first time."""
    if found := Unsent.objects.filter(pk=number).first():
        _hand_over(found)


@job(name="mail.again", every="* * * * *", attempts=1)
def try_again() -> int:
    """Try what is due again, until the server is found not to take any. Returns how many it took."""
    now, sent = timezone.now(), 0
    Unsent.objects.filter(again_at=None, made_at__lt=now - TOLD_FOR).delete()
    Unsent.objects.filter(again_at__isnull=False, ends_at__lte=now).update(again_at=None, sealed="")
    for unsent in Unsent.objects.filter(again_at__lte=now).order_by("again_at")[:AT_ONCE]:
        claimed = timezone.now() + UNDER_WAY  # a round may last longer than that
        if not Unsent.objects.filter(pk=unsent.pk, again_at=unsent.again_at).update(again_at=claimed):
            continue  # let go of meanwhile
        error = _hand_over(unsent)
        if error is None:
            sent += 1
        elif not _is_about_the_address(error):
            break  # each further one would wait as long for the same
    return sent


def _hand_over(unsent: Unsent) -> Exception | None:
    """Try once. A mail that was taken is forgotten; of one that was not, why is kept, and when it is tried again."""
    try:
        subject, text, html, headers = json.loads(unseal(unsent.sealed, PURPOSE))
        message = EmailMultiAlternatives(subject, text, None, [unsent.address], headers=headers)
        message.attach_alternative(html, "text/html")
        message.send()
    except Exception as error:  # whatever it was: the mail is not lost, and somebody can read of it
        log.warning("A mail could not be sent: %s", why := _told(error))
        waits = WAITS[min(unsent.tries, len(WAITS) - 1)]
        again_at = timezone.now() + waits
        goes_on = again_at < unsent.ends_at and isinstance(error, OSError) and not _is_about_the_address(error)
        fields = {"tries": unsent.tries + 1, "why": why, "again_at": again_at if goes_on else None}
        Unsent.objects.filter(pk=unsent.pk).update(**fields, **({} if goes_on else {"sealed": ""}))
        return error
    Unsent.objects.filter(pk=unsent.pk).delete()
    return None


def _is_about_the_address(error: Exception) -> bool:
    """Say whether the server knows this address for good to be none: the next try would hear the same."""
    return isinstance(error, SMTPRecipientsRefused) and all(code >= 500 for code, _said in error.recipients.values())


def _told(error: Exception) -> str:
    """Return what went wrong in the server's own words, at most 300 characters."""
    if isinstance(error, SMTPRecipientsRefused):
        error = SMTPResponseException(*next(iter(error.recipients.values())))
    if isinstance(error, SMTPResponseException):
        said = error.smtp_error
        words = f"{error.smtp_code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    else:
        words = getattr(error, "strerror", None) or str(error)
    return " ".join(words.split())[:300] or type(error).__name__
