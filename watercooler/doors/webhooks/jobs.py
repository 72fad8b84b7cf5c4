"""What webhooks do behind the record, and by the clock."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from watercooler.doors.webhooks import sending
from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.foundation.base.jobs import enqueue, job

KEPT = timedelta(days=30)


@job(name="webhooks.send", attempts=1)
def send_waiting(webhook_id: int) -> None:
    """Send what waits for one webhook, a while at a time, so that other jobs get their turn."""
    if sending.send_waiting(webhook_id):
        wake(webhook_id)


def wake(webhook_id: int) -> None:
    """Ask for what waits to be sent. However often it is asked for, one job waits and one runs for a webhook."""
    enqueue(send_waiting, alone=f"webhook {webhook_id}", webhook_id=webhook_id)


@job(name="webhooks.wake_due", every="* * * * *", attempts=1)
def wake_due() -> None:
    """Wake the webhooks for which something is due: what failed before, and what a lost job left behind."""
    due = Delivery.objects.filter(state=Delivery.State.WAITING, next_at__lte=timezone.now(), webhook__off="")
    ready = due.exclude(webhook__rests_until__gt=timezone.now())
    for webhook_id in ready.order_by("webhook_id").values_list("webhook_id", flat=True).distinct():
        wake(webhook_id)


@job(name="webhooks.sweep", every="23 3 * * *", attempts=1)
def sweep() -> None:
    """Forget what was sent a month ago, and secrets that were replaced."""
    Delivery.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    Webhook.objects.filter(old_secret_ends_at__lt=timezone.now()).update(old_secret="", old_secret_ends_at=None)
