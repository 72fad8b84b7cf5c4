"""Webhooks: what is sent, signed how, each once, and of nothing from before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from standardwebhooks.webhooks import Webhook as Reference
from standardwebhooks.webhooks import WebhookVerificationError

from tests.hooks import hook, sent, server, told, types
from watercooler.doors.webhooks import acts, jobs
from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.doors.webhooks.signing import headers, new_secret, shown, sign
from watercooler.kinds.questions.acts import accept, unaccept
from watercooler.spine.activity.models import Cursor
from watercooler.spine.activity.worker import follow
from watercooler.spine.spaces.acts import make_space

__all__ = ["hook", "server"]
pytestmark = pytest.mark.django_db


def test_a_question_is_told_with_its_words_and_signed_as_the_reference_library_wants(company, server, hook):
    webhook = hook()
    question = company.question(topics=["Defrost"])
    sent(webhook)
    asked = server.asked[0]
    event = Reference(shown(webhook.secret)).verify(asked.body, asked.headers)
    assert asked.method == "POST"
    assert asked.headers["content-type"] == "application/json"
    assert event["type"] == "item.asked"
    assert event["data"]["actor"]["handle"] == "noah"
    assert event["data"]["item"]["title"] == question.item.title
    assert event["data"]["item"]["text"] == question.item.source
    assert event["data"]["item"]["topics"] == ["defrost"]
    assert event["data"]["item"]["url"].endswith(question.item.url)
    assert event["data"]["space"]["slug"] == company.heat.slug
    assert event["data"]["verb"]["iri"].startswith("http")
    assert event["timestamp"] == question.item.made_at.isoformat()


def test_a_changed_body_id_time_or_secret_does_not_verify(company, server, hook):
    webhook = hook()
    company.question()
    sent(webhook)
    asked, reference = server.asked[0], Reference(shown(webhook.secret))
    wrong = [
        (asked.body + b" ", asked.headers),
        (asked.body, {**asked.headers, "webhook-id": "msg_other"}),
        (asked.body, {**asked.headers, "webhook-timestamp": str(int(asked.headers["webhook-timestamp"]) - 1)}),
    ]
    for body, names in wrong:
        with pytest.raises(WebhookVerificationError):
            reference.verify(body, names)
    with pytest.raises(WebhookVerificationError):
        Reference(shown(new_secret())).verify(asked.body, asked.headers)


def test_a_signature_is_the_one_the_reference_library_makes():
    secret, now = shown(new_secret()), timezone.now()
    body = '{"type":"item.asked","words":"Wärmepumpe 🔥"}'
    ours = sign(secret, "msg_1", int(now.timestamp()), body.encode())
    assert ours == Reference(secret).sign("msg_1", now, body)


def test_for_a_day_both_secrets_sign(company, server, hook):
    webhook = hook()
    old = shown(webhook.secret)
    acts.renew_secret(company.viewer("tomasz"), webhook)
    webhook.refresh_from_db()
    new = shown(webhook.secret)
    assert new != old
    company.question()
    sent(webhook)
    asked = server.asked[0]
    assert len(asked.headers["webhook-signature"].split(" ")) == 2
    for secret in (old, new):
        assert Reference(secret).verify(asked.body, asked.headers)["type"] == "item.asked"

    Webhook.objects.update(old_secret_ends_at=timezone.now() - timedelta(seconds=1))
    company.question("And now?")
    sent(webhook)
    assert Reference(new).verify(server.asked[1].body, server.asked[1].headers)
    with pytest.raises(WebhookVerificationError):
        Reference(old).verify(server.asked[1].body, server.asked[1].headers)
    jobs.sweep()
    webhook.refresh_from_db()
    assert webhook.old_secret == ""


def test_secrets_do_not_lie_open_in_the_database(hook):
    webhook = hook()
    assert "whsec_" not in webhook.secret
    assert shown(webhook.secret).startswith("whsec_")
    assert len(headers([webhook.secret], "msg_1", 1, b"")["webhook-signature"]) == len("v1,") + 44


def test_undoing_is_told_with_what_it_undoes(company, server, hook):
    webhook = hook()
    question = company.question()
    answer = company.answer(question)
    accept(company.viewer("noah"), question, answer)
    question.refresh_from_db()
    unaccept(company.viewer("noah"), question)
    sent(webhook)
    events = told(server)
    assert types(server) == ["item.asked", "item.answered", "item.accepted", "item.accepted.undone"]
    assert events[3]["data"]["undoes"] == events[2]["data"]["activity"]
    assert events[2]["data"]["detail"] == {"question_id": question.pk}


# Each once, in order, never in the request, and nothing from before.


def test_nothing_is_sent_before_the_worker_comes_and_each_activity_once(company, server, hook):
    webhook = hook()
    for n in range(5):
        company.post(f"Number {n}")
    assert server.asked == []
    assert not Delivery.objects.exists()
    sent(webhook)
    assert [event["data"]["item"]["text"] for event in told(server)] == [f"Number {n}" for n in range(5)]
    Cursor.objects.filter(projection="webhooks").update(position=0)  # as if it read everything again
    company.post("The last")
    sent(webhook)
    assert len(server.asked) == 6
    assert len({asked.headers["webhook-id"] for asked in server.asked}) == 6


def test_what_happened_before_it_was_there_is_not_told(company, server, hook):
    company.post("Old news")
    webhook = hook()
    Cursor.objects.filter(projection="webhooks").delete()  # the follower has yet to read it
    company.post("News")
    sent(webhook)
    assert [event["data"]["item"]["text"] for event in told(server)] == ["News"]


def test_what_was_imported_is_not_told(company, server, hook):
    webhook = hook()
    company.post("From 2019", at=timezone.now() - timedelta(days=2000), is_imported=True)
    company.post("From today")
    sent(webhook)
    assert [event["data"]["item"]["text"] for event in told(server)] == ["From today"]


def test_a_batch_asks_for_one_job_a_webhook(company, hook):
    webhook = hook()
    for n in range(3):
        company.post(f"Number {n}")
    follow()
    company.post("Another")
    follow()
    waiting = ProcrastinateJob.objects.filter(task_name="webhooks.send", status="todo")
    assert [job.args for job in waiting] == [{"webhook_id": webhook.pk}]


def test_it_hears_the_verbs_and_spaces_it_was_set_up_for(company, server, hook):
    tools = company.viewer("tomasz")
    other = make_space(tools, name="Tools", objective="Sharp ones.")
    webhook = hook(verbs=["asked"])
    company.question()
    company.post("Not a question")
    company.question("In the other space?", by="tomasz", space=other)
    sent(webhook)
    assert [event["data"]["item"]["title"] for event in told(server)] == ["Why does it lock out on cold mornings?"]
