"""Webhooks: what does not arrive is sent again, later and later, and at last no more."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from standardwebhooks.webhooks import Webhook as Reference

from tests.hooks import hook, ready, sent, server, told, types
from tests.listening import Said
from watercooler.doors.webhooks import acts, jobs, sending
from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.doors.webhooks.signing import shown
from watercooler.foundation.base.errors import NotAllowed

__all__ = ["hook", "server"]
pytestmark = pytest.mark.django_db


def test_what_failed_is_sent_again_later_under_the_same_id(company, server, hook):
    webhook = hook()
    server.answers = lambda asked: Said(503, b"Not now")
    company.post("First")
    company.post("Second")
    sent(webhook)
    assert len(server.asked) == 1, "After a failure it rests; the others wait."
    first = Delivery.objects.order_by("pk").first()
    assert (first.state, first.status, first.answer, first.attempts) == (1, 503, "Not now", 1)
    assert first.next_at > timezone.now()
    sent(webhook)
    assert len(server.asked) == 1
    server.answers = lambda asked: Said(200)
    sent(ready(webhook))
    assert [event["data"]["item"]["text"] for event in told(server)] == ["First", "First", "Second"]
    assert server.asked[0].headers["webhook-id"] == server.asked[1].headers["webhook-id"]
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.failing_since, webhook.off) == (0, None, "")


def test_it_rests_longer_after_each_failure_but_never_over_an_hour(company, server, hook):
    webhook = hook()
    server.answers = lambda asked: Said(500)
    company.post("Hello")
    rests = []
    for _ in range(12):
        before = timezone.now()
        sent(ready(webhook))
        rests.append((Webhook.objects.get().rests_until - before).total_seconds())
        Delivery.objects.update(state=1, attempts=1)
    assert rests[0] < 6
    assert all(later > earlier - 1 for earlier, later in pairwise(rests)), "by the clock, so not to the microsecond"
    assert 3599 < rests[-1] < 3605


def test_one_message_that_never_arrives_does_not_hold_up_the_rest(company, server, hook):
    webhook = hook()
    server.answers = lambda asked: Said(400 if b"Poison" in asked.body else 200)
    company.post("Poison")
    company.post("Bread")
    sent(webhook)
    Webhook.objects.update(rests_until=None)
    sent(webhook)
    assert Delivery.objects.get(state=Delivery.State.DELIVERED).attempts == 1
    for _ in range(20):
        sent(ready(webhook))
    poison = Delivery.objects.get(state=Delivery.State.GIVEN_UP)
    assert poison.attempts == 10
    assert Webhook.objects.get().off == ""


def test_a_server_may_ask_for_time(company, server, hook):
    webhook = hook()
    server.answers = lambda asked: Said(429, b"", {"Retry-After": "7200"})
    company.post("Hello")
    sent(webhook)
    assert Webhook.objects.get().rests_until > timezone.now() + timedelta(seconds=7100)


def test_after_five_days_it_is_switched_off_and_its_owner_told(company, server, hook):
    webhook = hook()
    server.answers = lambda asked: Said(500)
    company.post("Hello")
    sent(webhook)
    assert mail.outbox == []
    Webhook.objects.update(failing_since=timezone.now() - timedelta(days=5, minutes=1))
    sent(ready(webhook))
    webhook.refresh_from_db()
    assert webhook.off == Webhook.Off.FAILING
    assert [(one.to, "Planning" in one.subject) for one in mail.outbox] == [(["tomasz@fernway.example"], True)]
    company.post("Nobody there")
    sent(ready(webhook))
    assert len(server.asked) == 2
    server.answers = lambda asked: Said(200)
    acts.switch(company.viewer("tomasz"), webhook, is_on=True)
    sent(ready(webhook))
    assert len(server.asked) == 3, "What waited is sent; what happened while it was off is not."


def test_gone_is_taken_at_its_word(company, server, hook):
    webhook = hook()
    server.answers = lambda asked: Said(410)
    company.post("Hello")
    sent(webhook)
    assert Webhook.objects.get().off == Webhook.Off.GONE
    assert len(mail.outbox) == 1


def test_a_redirect_is_a_failure(company, server, hook):
    webhook = hook()
    server.answers = lambda asked: Said(307, b"", {"Location": server.address("/elsewhere")})
    company.post("Hello")
    sent(webhook)
    assert [asked.path for asked in server.asked] == ["/hook"]
    assert Delivery.objects.get().status == 307


def test_an_address_that_was_fine_is_checked_again_when_it_is_used(company, server, hook, settings):
    webhook = hook()
    settings.INTERNAL_HOSTS = frozenset()
    company.post("Hello")
    sent(webhook)
    assert server.asked == []
    assert "inside" in Delivery.objects.get().problem or "https" in Delivery.objects.get().problem


def test_the_answer_is_cut_and_holds_no_zero_byte(company, server, hook):
    webhook = hook()
    server.answers = lambda asked: Said(200, b"\x00\xff" + b"x" * 100_000)
    company.post("Hello")
    sent(webhook)
    assert 0 < len(Delivery.objects.get().answer) <= sending.ANSWER_BYTES


def test_a_secret_that_cannot_be_read_any_more_is_a_sentence(company, server, hook, settings):
    webhook = hook()
    settings.SECRET_KEY = "another"
    company.post("Hello")
    sent(webhook)
    assert server.asked == []
    assert "secret" in Delivery.objects.get().problem


def test_a_test_and_again(company, server, hook):
    webhook = hook()
    tomasz = company.viewer("tomasz")
    server.answers = lambda asked: Said(500)
    acts.send_test(tomasz, webhook)
    sent(webhook)
    delivery = Delivery.objects.get()
    server.answers = lambda asked: Said(200)
    acts.send_again(tomasz, delivery)
    sent(webhook)
    assert types(server) == ["webhook.test", "webhook.test"]
    assert server.asked[0].headers["webhook-id"] == server.asked[1].headers["webhook-id"]
    assert Reference(shown(webhook.secret)).verify(server.asked[1].body, server.asked[1].headers)
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.DELIVERED
    for somebody in ("hassan", "ines"):
        with pytest.raises(NotAllowed):
            acts.send_again(company.viewer(somebody), delivery)


def test_what_is_due_is_woken_by_the_clock(company, server, hook):
    webhook = hook()
    server.answers = lambda asked: Said(500)
    company.post("Hello")
    sent(webhook)
    ProcrastinateJob.objects.all().delete()
    jobs.wake_due()
    assert not ProcrastinateJob.objects.filter(task_name="webhooks.send").exists()
    ready(webhook)
    jobs.wake_due()
    jobs.wake_due()
    assert ProcrastinateJob.objects.filter(task_name="webhooks.send").count() == 1


def test_what_was_sent_a_month_ago_is_forgotten(company, server, hook):
    webhook = hook()
    company.post("Hello")
    sent(webhook)
    Delivery.objects.update(made_at=timezone.now() - timedelta(days=31))
    company.post("Fresh")
    sent(webhook)
    jobs.sweep()
    assert Delivery.objects.count() == 1
