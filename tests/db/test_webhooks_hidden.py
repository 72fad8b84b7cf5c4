"""Webhooks: only what its owner may see leaves the house."""

from __future__ import annotations

import pytest
from django.core import mail

from tests.hooks import hook, sent, server, told, types
from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.doors.webhooks.payload import offered
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import hold, remove
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.acts import change_standing, join, leave, make_space
from watercooler.spine.spaces.models import Standing
from watercooler.spine.spaces.viewer import kept

__all__ = ["hook", "server"]
pytestmark = pytest.mark.django_db


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
