"""Webhooks: what is sent, to whom, signed how, how often, and what is never sent."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from standardwebhooks.webhooks import Webhook as Reference
from standardwebhooks.webhooks import WebhookVerificationError

from tests.listening import Said, listening
from watercooler.doors.webhooks import acts, jobs, sending
from watercooler.doors.webhooks.follower import Webhooks
from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.doors.webhooks.payload import offered
from watercooler.doors.webhooks.signing import headers, new_secret, shown, sign
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.kinds.questions.acts import accept, unaccept
from watercooler.spine.activity.models import Activity, Cursor
from watercooler.spine.activity.projections import advance
from watercooler.spine.activity.worker import follow, sequence
from watercooler.spine.content.acts import hold, move, remove
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.acts import change_standing, join, leave, make_space
from watercooler.spine.spaces.models import Standing
from watercooler.spine.spaces.viewer import kept

pytestmark = pytest.mark.django_db


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


# What is sent.


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


# Only what its owner may see.


def test_verbs_that_are_the_actors_own_are_not_offered():
    names = {verb.name for verb in offered()}
    assert {"asked", "answered", "accepted", "helped", "joined"} <= names
    assert not names & {"saved", "viewed", "followed", "flagged", "decided", "recommended", "held", "added_webhook"}


def test_an_administrator_hears_nothing_of_a_secret_space(company, server, hook):
    webhook = hook(by="ines", spaces=[])
    company.post("Nobody knows.", by="ruth", space=company.council)
    company.post("Everybody knows.")
    sent(webhook)
    assert [event["data"]["item"]["text"] for event in told(server)] == ["Everybody knows."]
    assert Delivery.objects.filter(webhook=webhook).count() == 1, "That something happened would tell too much."


def test_what_became_unreadable_before_it_was_sent_is_not_sent(company, server, hook):
    webhook = hook(by="hassan", spaces=[company.heat])
    held, moved = company.post("Bridge the fuse."), company.post("For the council", by="hassan")
    while follow():
        pass
    hold(company.viewer("tomasz"), held, "unsafe")
    elsewhere = make_space(company.viewer("ruth"), name="Board", objective="Quiet.", access="secret")
    Item.objects.filter(pk=moved.pk).update(space=elsewhere, audience=elsewhere.pk)
    sent(webhook)
    assert server.asked == []
    assert not Delivery.objects.exists()


def test_that_something_is_gone_is_told_without_its_words(company, server, hook):
    webhook = hook(verbs=["removed"])
    post = company.post("My telephone number is 0113 496 0000.")
    remove(company.viewer("priya"), post)
    sent(webhook)
    event = told(server)[0]
    assert event["type"] == "item.removed"
    assert event["data"]["item"] == {"id": post.pk, "kind": "post", "is_removed": True}
    assert b"0113" not in server.asked[0].body


def test_reasons_and_ratings_do_not_leave_the_house(company, server, hook):
    webhook = hook()
    article = company.article()
    social.rate(company.viewer("noah"), article, useful=True, correct=False, applied=None, reason="Page two is wrong.")
    remove(company.viewer("tomasz"), company.post("Bad words", by="noah"), "Not how we talk.")
    sent(webhook)
    everything = b"".join(asked.body for asked in server.asked)
    assert {"item.rated", "item.removed"} <= set(types(server))
    assert b"Page two" not in everything
    assert b"Not how we" not in everything
    assert b"correct" not in everything


def test_a_host_who_is_one_no_longer_hears_nothing(company, server, hook):
    webhook = hook()
    company.post("While Tomasz looks after it")
    while follow():
        pass
    change_standing(company.viewer("hassan"), company.heat, company.tomasz, Standing.MEMBER)
    sent(webhook)
    assert server.asked == []
    change_standing(company.viewer("hassan"), company.heat, company.tomasz, Standing.HOST)
    company.post("And again")
    sent(webhook)
    assert len(server.asked) >= 1


def test_when_its_owner_leaves_the_webhook_is_off(company, server, hook):
    webhook = hook()
    company.post("Morning")
    Person.objects.filter(pk=company.tomasz.pk).update(is_active=False)
    kept.clear()
    sent(webhook)
    webhook.refresh_from_db()
    assert server.asked == []
    assert webhook.off == Webhook.Off.OWNER
    assert mail.outbox == []


def test_what_happens_to_spaces_and_people_is_told_too(company, server, hook):
    webhook = hook()
    join(company.viewer("ruth"), company.heat)
    leave(company.viewer("ruth"), company.heat)
    sent(webhook)
    assert types(server) == ["space.joined"]
    assert told(server)[0]["data"]["item"] is None
    assert told(server)[0]["data"]["actor"]["handle"] == "ruth"


# What does not arrive is sent again.


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


# Who may set one up, and where it may go.


@pytest.mark.parametrize("name", ["noah", "elena", "sam"])
def test_members_and_guests_set_up_none(company, server, name):
    with pytest.raises(NotAllowed):
        acts.add(company.viewer(name), "Mine", server.address(), space_ids=[company.heat.pk])


def test_a_host_chooses_spaces_of_their_own(company, server):
    tomasz = company.viewer("tomasz")
    for wrong in ([], [company.medicines.pk], [company.heat.pk, company.council.pk], [999_999]):
        with pytest.raises(Invalid):
            acts.add(tomasz, "Mine", server.address(), space_ids=wrong)
    assert acts.add(tomasz, "Mine", server.address(), space_ids=[company.heat.pk]).pk


def test_an_administrator_cannot_choose_a_space_they_may_not_read(company, server):
    with pytest.raises(Invalid):
        acts.add(company.viewer("ines"), "All", server.address(), space_ids=[company.council.pk])


@pytest.mark.parametrize(
    "address", ["http://example.com/", "https://127.0.0.1/", "https://10.0.0.1/hook", "https://a:b@example.com/", "x"]
)
def test_an_address_inside_is_refused_when_it_is_typed(company, address):
    with pytest.raises(Invalid) as refused:
        acts.add(company.viewer("ines"), "All", address)
    assert refused.value.field == "address"


def test_setting_one_up_is_recorded_without_address_or_secret(company, hook):
    webhook = hook()
    tomasz = company.viewer("tomasz")
    acts.change(tomasz, webhook, "Planning", "https://example.com/hook", [], [company.heat.pk])
    webhook.refresh_from_db()
    acts.renew_secret(tomasz, webhook)
    acts.remove(tomasz, webhook)
    kept_by_record = list(
        Activity.objects.filter(verb__contains="webhook").order_by("id").values_list("verb", "detail")
    )
    assert [verb for verb, _detail in kept_by_record] == [
        "added_webhook",
        "changed_webhook",
        "changed_webhook",
        "removed_webhook",
    ]
    assert kept_by_record[1][1]["fields"] == ["address"]
    assert "example" not in str(kept_by_record)


def test_an_administrator_switches_off_what_is_not_theirs_and_no_more(company, hook):
    webhook, ines = hook(), company.viewer("ines")
    acts.switch(ines, webhook, is_on=False)
    assert Webhook.objects.get().off == Webhook.Off.BY_HAND
    with pytest.raises(NotAllowed):
        acts.switch(ines, webhook, is_on=True)
    with pytest.raises(NotAllowed):
        acts.renew_secret(ines, webhook)
    with pytest.raises(NotAllowed):
        acts.change(ines, webhook, "Mine", "https://example.com/", [], [])
    acts.remove(ines, webhook)
    assert not Webhook.objects.exists()


def test_moving_on_in_the_record_costs_the_same_however_much_there_is(company, hook, count_queries):
    hook()

    def cost(posts: int) -> int:
        for n in range(posts):
            company.post(f"Number {n}")
        sequence()
        with count_queries() as queries:
            while advance(Webhooks()):
                pass
        return len(queries)

    cost(1)
    assert cost(2) == cost(20)


def test_move_is_a_public_verb_and_tells_no_space_of_origin(company, server, hook):
    webhook = hook(by="hassan", verbs=["moved"])
    secret = make_space(company.viewer("hassan"), name="Plans", objective="Quiet.", access="secret")
    article = company.article(by="hassan", space=secret)
    move(company.viewer("hassan"), article, company.heat)
    sent(webhook)
    assert types(server) == ["item.moved"]
    assert str(secret.pk) not in json.dumps(told(server)[0]["data"]["detail"])
