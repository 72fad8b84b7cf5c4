"""Webhooks: who may set one up, where it may go, and what following the record costs."""

from __future__ import annotations

import json

import pytest

from tests.hooks import hook, sent, server, told, types
from watercooler.doors.webhooks import acts
from watercooler.doors.webhooks.follower import Webhooks
from watercooler.doors.webhooks.models import Webhook
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.projections import advance
from watercooler.spine.activity.worker import sequence
from watercooler.spine.content.acts import move
from watercooler.spine.spaces.acts import make_space

__all__ = ["hook", "server"]
pytestmark = pytest.mark.django_db


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
