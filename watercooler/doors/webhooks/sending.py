"""Sending what waits: one webhook at a time, oldest first, resting longer after each failure."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.doors.webhooks.payload import payload
from watercooler.doors.webhooks.signing import headers
from watercooler.foundation.base import mail
from watercooler.foundation.base.outside import Answer, Forbidden, NotReached, reach
from watercooler.foundation.base.sealed import CannotUnseal
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.people.reads import organisation
from watercooler.spine.spaces.viewer import build

# Waits between the tries of one message; ten tries in three days. Source: the schedule of Standard Webhooks.
WAITS = (5, 5 * 60, 30 * 60, *(hours * 3600 for hours in (2, 5, 10, 14, 20, 24)))
LONGEST_REST_SECONDS = 3600
FAILING_FOR = timedelta(days=5)
GONE = 410
ANSWER_BYTES = 2000
A_ROUND_SECONDS = 20.0


def send_waiting(webhook_id: int) -> bool:
    """Send what is due to one webhook until one fails or 20 seconds are over. Returns whether something is left."""
    ends = time.monotonic() + A_ROUND_SECONDS
    while time.monotonic() < ends:
        webhook = Webhook.objects.select_related("owner").filter(pk=webhook_id, off="").first()
        now = timezone.now()
        if webhook is None or (webhook.rests_until and webhook.rests_until > now):
            return False
        due = Delivery.objects.filter(webhook=webhook, state=Delivery.State.WAITING, next_at__lte=now)
        delivery = (
            due.select_related("activity__actor", "activity__person", "activity__undoes")
            .order_by("next_at", "id")
            .first()
        )
        if delivery is None:
            return False
        viewer = build(webhook.owner_id)
        if not viewer.is_known:
            switch_off(webhook, Webhook.Off.OWNER)
            return False
        if not send(webhook, delivery, viewer):
            return False
    return True


def send(webhook: Webhook, delivery: Delivery, viewer: Viewer) -> bool:
    """Send one message. Returns False where it did not arrive. What the owner may not know of is dropped."""
    said = payload(delivery, viewer)
    if said is None:
        delivery.delete()
        return True
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    now = timezone.now()
    try:
        answer = _post(webhook, delivery, body, now)
    except (Forbidden, NotReached) as error:
        _note(delivery, body, now, problem=error.sentence)
        return _failed(webhook, delivery, now)
    except CannotUnseal:
        _note(delivery, body, now, problem=_("Its secret cannot be read any more. Make a new one."))
        return _failed(webhook, delivery, now)
    _note(delivery, body, now, answer=answer)
    if answer.is_good:
        return _arrived(webhook, delivery, now)
    if answer.status == GONE:
        _failed(webhook, delivery, now)
        switch_off(webhook, Webhook.Off.GONE)
        return False
    return _failed(webhook, delivery, now, _asked_to_wait(answer, now))


def _post(webhook: Webhook, delivery: Delivery, body: bytes, now: datetime) -> Answer:
    is_changing = webhook.old_secret and webhook.old_secret_ends_at and webhook.old_secret_ends_at > now
    secrets: Sequence[str] = (webhook.secret, webhook.old_secret) if is_changing else (webhook.secret,)
    signed = headers(secrets, delivery.message, int(now.timestamp()), body)
    return reach(
        "POST",
        webhook.address,
        headers={"Content-Type": "application/json", **signed},
        content=body,
        most_bytes=ANSWER_BYTES,
    )


def _note(delivery: Delivery, body: bytes, now: datetime, problem: str = "", answer: Answer | None = None) -> None:
    delivery.body, delivery.problem, delivery.tried_at = body.decode(), problem[:200], now
    delivery.attempts += 1
    delivery.status = answer.status if answer else None
    delivery.answer = answer.body.decode("utf-8", "replace").replace("\x00", "") if answer else ""
    delivery.milliseconds = answer.milliseconds if answer else None


def _arrived(webhook: Webhook, delivery: Delivery, now: datetime) -> bool:
    delivery.state = Delivery.State.DELIVERED
    delivery.save()
    fine = {"failures": 0, "failing_since": None, "rests_until": None}
    Webhook.objects.filter(pk=webhook.pk).update(delivered_at=now, **fine)
    return True


def _failed(webhook: Webhook, delivery: Delivery, now: datetime, not_before: datetime | None = None) -> bool:
    """Write down when to try again: this message by its own schedule, and the whole webhook after a rest."""
    if delivery.attempts > len(WAITS):
        delivery.state = Delivery.State.GIVEN_UP
    else:
        delivery.next_at = now + timedelta(seconds=WAITS[delivery.attempts - 1] * random.uniform(1, 1.2))  # noqa: S311
    delivery.save()
    rest = now + timedelta(seconds=min(WAITS[0] * 2 ** min(webhook.failures, 20), LONGEST_REST_SECONDS))
    since = webhook.failing_since or now
    Webhook.objects.filter(pk=webhook.pk).update(
        failures=F("failures") + 1, failing_since=since, rests_until=max(rest, not_before or rest)
    )
    if now - since > FAILING_FOR:
        switch_off(webhook, Webhook.Off.FAILING)
    return False


def _asked_to_wait(answer: Answer, now: datetime) -> datetime | None:
    asked = answer.headers.get("retry-after", "")
    if answer.status not in {429, 503} or not asked.isdecimal() or len(asked) > 6:
        return None
    return now + timedelta(seconds=min(int(asked), 24 * 3600))


def switch_off(webhook: Webhook, why: Webhook.Off) -> None:
    """Send nothing more to a webhook, and let its owner know. Does nothing where that was done already."""
    if not Webhook.objects.filter(pk=webhook.pk, off="").update(off=why):
        return
    owner = webhook.owner
    if owner.email and owner.is_active:
        with override(owner.language):
            mail.send(owner.email, _notice(webhook, why))


def _notice(webhook: Webhook, why: Webhook.Off) -> mail.Mail:
    house = organisation()
    reasons = {
        Webhook.Off.FAILING: _("It has not answered as it should for five days."),
        Webhook.Off.GONE: _("The server there said that it wants nothing more."),
        Webhook.Off.OWNER: _("You no longer look after it."),
    }
    return mail.Mail(
        subject=_("Your webhook “%(name)s” is switched off") % {"name": webhook.name},
        sentences=[
            str(reasons[why]),
            _("Nothing is sent there any more. What waited is kept for thirty days; switch it on again to send it."),
        ],
        button=(_("See what happened"), settings.SITE_URL + webhook.url),
        from_whom=str(house["name"]) if house else "Watercooler",
    )
