"""What the tests of webhooks share: a server that listens, a webhook of somebody, and letting it be sent."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.listening import listening
from watercooler.doors.webhooks import acts, sending
from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.spine.activity.worker import follow


@pytest.fixture
def server(settings):
    with listening() as about:
        settings.INTERNAL_HOSTS = frozenset({about.place})
        yield about


@pytest.fixture
def hook(company, server):
    """Return a function that sets up a webhook of somebody, Tomasz' for the engineers' space if nothing is said."""

    def make(by="tomasz", spaces=None, **more):
        viewer = company.viewer(by)
        chosen = [company.heat.pk] if spaces is None else [space.pk for space in spaces]
        while follow():
            pass
        return acts.add(viewer, more.pop("name", "Planning"), server.address(), space_ids=chosen, **more)

    return make


def sent(webhook) -> None:
    """Let the record be followed, and what waits be sent."""
    while follow():
        pass
    while sending.send_waiting(webhook.pk):
        pass


def told(server) -> list[dict]:
    return [json.loads(asked.body) for asked in server.asked]


def types(server) -> list[str]:
    return [event["type"] for event in told(server)]


def ready(webhook) -> Webhook:
    """Let the time of rest be over."""
    past = timezone.now() - timedelta(seconds=1)
    Webhook.objects.filter(pk=webhook.pk).update(rests_until=None)
    Delivery.objects.filter(webhook=webhook).update(next_at=past)
    return Webhook.objects.get(pk=webhook.pk)
