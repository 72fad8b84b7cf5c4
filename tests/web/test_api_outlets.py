"""Webhooks, private feed addresses, feeds from outside and exports, as programs handle them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.company import PASSWORD
from tests.doors import give_password
from tests.feeds import HEAT
from tests.listening import listening
from tests.programs import Program, of, refused
from watercooler.doors.api.models import Answered
from watercooler.doors.exporting.kept import write_out
from watercooler.doors.exporting.models import Export, Scope
from watercooler.doors.feeds import acts as feeds
from watercooler.doors.feeds.models import FeedKey, OutsideFeed
from watercooler.doors.webhooks import acts as webhooks
from watercooler.doors.webhooks import sending
from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.doors.webhooks.signing import shown
from watercooler.spine.activity.worker import follow
from watercooler.spine.people.models import Person

pytestmark = pytest.mark.django_db
HOOK = {"name": "Planning", "address": "https://plan.example/", "spaces": ["heat-pump-engineers"], "verbs": ["asked"]}


@pytest.fixture(autouse=True)
def fresh(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    cache.clear()


def sent(webhook) -> None:
    while follow():
        pass
    while sending.send_waiting(webhook.pk):
        pass


def test_a_host_sets_a_webhook_up_and_sees_what_it_sent(company, settings):
    tomasz = Program(company, "tomasz", "outlets")
    choices = of(tomasz.get("/webhooks/choices"))
    assert {"name": "asked", "sentence": "Somebody asked something"} in choices["verbs"]
    assert [space["slug"] for space in choices["spaces"]] == ["heat-pump-engineers"]
    with listening() as server:
        settings.INTERNAL_HOSTS = frozenset({server.place})
        made = of(tomasz.post("/webhooks", {**HOOK, "address": server.address()}), 201)
        company.question()
        sent(Webhook.objects.get())
        of(tomasz.post(f"/webhooks/{made['id']}/test", None), 201)
        sent(Webhook.objects.get())
        assert len(server.asked) == 2
    test, asked = of(tomasz.get(f"/webhooks/{made['id']}/deliveries"))["deliveries"]
    assert (test["type"], asked["type"], asked["state"], asked["status"]) == (
        "webhook.test",
        "item.asked",
        "delivered",
        200,
    )
    whole = of(tomasz.get(f"/webhooks/{made['id']}/deliveries/{asked['id']}"))
    assert "Why does it lock out on cold mornings?" in whole["body"]
    again = of(tomasz.post(f"/webhooks/{made['id']}/deliveries/{asked['id']}/again", None))
    assert (again["state"], again["message"]) == ("waiting", asked["message"])


def test_the_secret_is_read_at_its_address_and_kept_in_no_answer(company):
    tomasz = Program(company, "tomasz", "outlets")
    made = of(tomasz.post("/webhooks", HOOK, **{"Idempotency-Key": "k"}), 201)
    assert "secret" not in made
    webhook = Webhook.objects.get()
    answer = tomasz.get(f"/webhooks/{made['id']}")
    first = of(answer)["secret"]
    assert first == shown(webhook.secret)
    assert "no-store" in answer["Cache-Control"]
    assert not any(first.encode() in bytes(kept.body) for kept in Answered.objects.all())
    of(tomasz.post(f"/webhooks/{made['id']}/secret", None), 204)
    renewed = of(tomasz.get(f"/webhooks/{made['id']}"))
    assert renewed["secret"] != first
    assert renewed["old_secret_ends_at"]


def test_a_webhook_is_its_owners_and_an_administrator_switches_it_off(company):
    of(Program(company, "tomasz").post("/webhooks", HOOK), 201)
    webhook = Webhook.objects.get()
    ines, hassan = Program(company, "ines"), Program(company, "hassan")
    brief = of(ines.get("/webhooks"))["others"][0]
    assert (brief["name"], brief["owner"]["handle"]) == ("Planning", "tomasz")
    assert not {"secret", "verbs", "spaces"} & brief.keys()
    assert of(hassan.get("/webhooks")) == {"own": [], "others": []}
    for program in (ines, hassan):
        for path in ("", "/deliveries"):
            refused(program.get(f"/webhooks/{webhook.pk}{path}"), 404)
        refused(program.patch(f"/webhooks/{webhook.pk}", {"address": "https://evil.example/"}), 404)
        refused(program.post(f"/webhooks/{webhook.pk}/test", None), 404)
    refused(hassan.put(f"/webhooks/{webhook.pk}/off"), 404)
    of(ines.put(f"/webhooks/{webhook.pk}/off"), 204)
    assert Webhook.objects.get().off == Webhook.Off.BY_HAND
    refused(ines.delete(f"/webhooks/{webhook.pk}/off"), 404)
    of(ines.delete(f"/webhooks/{webhook.pk}"), 204)
    assert not Webhook.objects.exists()


def test_a_message_of_another_webhook_is_not_found_below_ones_own(company):
    other = webhooks.add(company.viewer("hassan"), "Other", "https://o.example/", space_ids=[company.heat.pk])
    theirs = webhooks.send_test(company.viewer("hassan"), other)
    tomasz = Program(company, "tomasz")
    own = of(tomasz.post("/webhooks", HOOK), 201)["id"]
    refused(tomasz.get(f"/webhooks/{own}/deliveries/{theirs.pk}"), 404)
    refused(tomasz.post(f"/webhooks/{own}/deliveries/{theirs.pk}/again", None), 404)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"address": "http://plan.example/"}, "address"),
        ({"address": "https://127.0.0.1/"}, "address"),
        ({"address": "https://[::1]/"}, "address"),
        ({"address": "https://169.254.169.254/latest/meta-data"}, "address"),
        ({"address": "https://user:secret@plan.example/"}, "address"),
        ({"spaces": ["medicines"]}, "spaces"),
        ({"spaces": ["works-council"]}, "spaces"),
        ({"spaces": ["no-such"]}, "spaces"),
        ({"spaces": []}, "spaces"),
        ({"verbs": ["read"]}, "verbs"),
        ({"verbs": ["sung"]}, "verbs"),
        ({"name": " "}, "name"),
    ],
)
def test_what_a_webhook_may_not_be_is_said_of_its_field(company, change, field):
    tomasz = Program(company, "tomasz")
    assert refused(tomasz.post("/webhooks", {**HOOK, **change}), 422, field)
    assert not Webhook.objects.exists()
    made = of(tomasz.post("/webhooks", HOOK), 201)
    assert refused(tomasz.patch(f"/webhooks/{made['id']}", change), 422, field)
    assert Webhook.objects.get().address == HOOK["address"]


def test_what_is_left_out_of_a_change_stays(company):
    tomasz = Program(company, "tomasz")
    made = of(tomasz.post("/webhooks", HOOK), 201)
    of(tomasz.patch(f"/webhooks/{made['id']}", {"name": "Rota"}))
    whole = of(tomasz.get(f"/webhooks/{made['id']}"))
    assert (whole["name"], whole["address"], whole["verbs"]) == ("Rota", HOOK["address"], ["asked"])
    assert [space["slug"] for space in whole["spaces"]] == ["heat-pump-engineers"]


def test_ways_out_need_their_own_scope(company):
    for path in ("/webhooks", "/me/feeds", "/exports"):
        assert "outlets" in refused(Program(company, "tomasz", "read", "write", "care").get(path), 403)


# Feeds


def test_a_private_address_is_made_read_and_ended(company):
    company.post("First frost.")
    noah = Program(company, "noah", "outlets")
    made = of(noah.post("/me/feeds", {"feed": f"http://testserver{HEAT}"}), 201)
    assert of(noah.post("/me/feeds", {"feed": HEAT}), 201) == made, "one address a feed"
    answer = noah.get(f"/me/feeds/{made['id']}")
    address = of(answer)["address"]
    assert "no-store" in answer["Cache-Control"]
    assert [one["address"] for one in of(noah.get("/me/feeds"))["addresses"]] == [address]
    assert b"First frost." in Client().get(address.partition("8000")[2] or address).content
    refused(Program(company, "priya").get(f"/me/feeds/{made['id']}"), 404)
    refused(Program(company, "priya").delete(f"/me/feeds/{made['id']}"), 404)
    of(noah.delete(f"/me/feeds/{made['id']}"), 204)
    refused(noah.delete(f"/me/feeds/{made['id']}"), 404)
    assert not FeedKey.objects.exists()


@pytest.mark.parametrize("feed", ["/spaces/medicines/feed.atom", "/spaces/works-council/feed.atom", "/home", "x", "//"])
def test_a_feed_one_may_not_read_is_not_there(company, feed):
    refused(Program(company, "noah").post("/me/feeds", {"feed": feed}), 404)


def test_hosts_let_feeds_in_and_take_them_off(company):
    soon = (timezone.localdate() + timedelta(days=9)).isoformat()
    wanted = {"address": "https://news.example/feed", "most_a_day": 2, "ends_on": soon}
    tomasz, path = Program(company, "tomasz"), "/spaces/heat-pump-engineers/feeds"
    for wrong in ("http://10.0.0.1/", "https://127.0.0.1/feed", "file:///etc/passwd"):
        refused(tomasz.post(path, {**wanted, "address": wrong}), 422, "address")
    refused(tomasz.post(path, {**wanted, "ends_on": "2099-01-01"}), 422, "ends_on")
    made = of(tomasz.post(path, wanted), 201)
    assert (made["person"]["handle"], made["off"]) == ("tomasz", "")
    OutsideFeed.objects.update(off="failing")
    assert of(tomasz.post(f"{path}/{made['id']}/look", None))["off"] == ""
    assert [one["id"] for one in of(tomasz.get(path))["feeds"]] == [made["id"]]
    refused(Program(company, "noah").delete(f"{path}/{made['id']}"), 403)
    refused(Program(company, "fatima").delete(f"/spaces/medicines/feeds/{made['id']}"), 404)
    of(tomasz.delete(f"{path}/{made['id']}"), 204)


# Exports


def ready(person: Person, scope: Scope) -> Export:
    facts = {"asked_at": timezone.now(), "ends_at": timezone.now() + timedelta(days=7)}
    export = Export.objects.create(person=person, scope=scope, **facts)
    write_out(export.pk)
    return export


def test_an_export_is_asked_for_waited_for_fetched_and_thrown_away(company):
    company.post("Only mine.", by="noah")
    noah = Program(company, "noah", "outlets")
    asked = of(noah.post("/exports", {}), 201)
    assert (asked["scope"], asked["state"], asked["size_bytes"]) == ("own", "waiting", 0)
    assert of(noah.post("/exports", {}), 201)["id"] == asked["id"], "one at a time"
    refused(noah.get(f"/exports/{asked['id']}/content"), 404)
    write_out(asked["id"])
    assert of(noah.get(f"/exports/{asked['id']}"))["state"] == "ready"
    answer = noah.get(f"/exports/{asked['id']}/content")
    assert answer["Content-Type"] == "application/octet-stream" or answer["Content-Type"] == "application/zip"
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    of(noah.delete(f"/exports/{asked['id']}"), 204)
    refused(noah.get(f"/exports/{asked['id']}"), 404)
    assert of(noah.get("/exports"))["exports"] == []


def test_a_space_is_exported_by_its_hosts_alone(company):
    asked = of(Program(company, "tomasz").post("/exports", {"space": "heat-pump-engineers"}), 201)
    assert asked["space"]["slug"] == "heat-pump-engineers"
    for name in ("noah", "ines", "elena"):
        refused(Program(company, name).post("/exports", {"space": "heat-pump-engineers"}), 404)
    refused(Program(company, "tomasz").post("/exports", {"space": "works-council"}), 404)


def test_everything_needs_the_scope_of_administrators_to_be_asked_for_and_to_be_fetched(company):
    everything = ready(company.ines, Scope.EVERYTHING)
    outlets, administer = Program(company, "ines", "outlets"), Program(company, "ines", "administer")
    refused(outlets.get(f"/exports/{everything.pk}/content"), 404)
    refused(outlets.delete(f"/exports/{everything.pk}"), 404)
    assert of(outlets.get("/exports"))["exports"] == []
    refused(outlets.post("/administration/exports", None), 403)
    assert administer.get(f"/administration/exports/{everything.pk}/content").status_code == 200
    assert of(administer.post("/administration/exports", None), 201)["scope"] == "everything"
    refused(Program(company, "elena").post("/administration/exports", None), 404)
    Person.objects.filter(pk=company.ines.pk).update(role=20)
    refused(administer.get(f"/administration/exports/{everything.pk}/content"), 404)


def test_a_session_confirms_who_it_is_before_it_takes_everything_along(company, client):
    """A browser left open at the API is no better lock than one left open at a page."""
    give_password(company.ines)
    export = ready(company.ines, Scope.EVERYTHING)
    client.post("/sign-in", {"login": "ines", "password": PASSWORD})
    for path in ("/api/v1/exports", "/api/v1/administration/exports"):
        sentence = refused(client.post(path, "{}", "application/json"), 403)
        assert "/me/security/confirm" in sentence
    content = f"/api/v1/administration/exports/{export.pk}/content"
    refused(client.get(content), 403)
    client.post("/me/security/confirm?next=/home", {"password": PASSWORD})
    assert of(client.post("/api/v1/administration/exports", "{}", "application/json"), 201)
    assert client.get(content).status_code == 200


def test_what_was_sent_stays_with_its_webhook(company):
    """A delivery shows words; who may not see the webhook sees none of them, whatever its number."""
    hook = webhooks.add(company.viewer("fatima"), "Rota", "https://r.example/", space_ids=[company.medicines.pk])
    told = webhooks.send_test(company.viewer("fatima"), hook)
    Delivery.objects.update(body='{"words": "Insulin"}')
    for name in ("ines", "tomasz", "noah"):
        answer = Program(company, name).get(f"/webhooks/{hook.pk}/deliveries/{told.pk}")
        assert "Insulin" not in refused(answer, 404)


def test_a_key_of_a_feed_is_made_for_whoever_asks(company):
    row = feeds.make_key(company.viewer("noah"), HEAT)
    assert row is not None
    made = of(Program(company, "priya").post("/me/feeds", {"feed": HEAT}), 201)
    assert made["id"] != row.pk
