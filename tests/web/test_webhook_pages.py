"""The pages of webhooks: setting one up, its secret, what it sent, and who sees what."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from tests.listening import Said, listening
from watercooler.doors.webhooks import acts, sending
from watercooler.doors.webhooks.models import Delivery, Webhook
from watercooler.doors.webhooks.signing import shown
from watercooler.spine.activity.worker import follow
from watercooler.spine.spaces.viewer import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    kept.clear()
    yield
    kept.clear()


@pytest.fixture
def server(settings):
    with listening() as about:
        settings.INTERNAL_HOSTS = frozenset({about.place})
        yield about


def html_of(response) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


def sent(webhook) -> None:
    while follow():
        pass
    while sending.send_waiting(webhook.pk):
        pass


def test_a_host_sets_one_up_sends_a_test_and_sees_what_was_answered(company, sign_in, server):
    client = sign_in(company.tomasz)
    form = html_of(client.get("/studio/webhooks/new?space=heat-pump-engineers"))
    assert re.search(rf'value="{company.heat.pk}"[^>]*checked', form)
    assert "Medicines" not in form
    typed = {"name": "Planning", "address": server.address(), "spaces": [company.heat.pk], "verbs": ["asked"]}
    assert client.post("/studio/webhooks/new", typed).status_code == 302
    webhook = Webhook.objects.get()
    assert shown(webhook.secret) in html_of(client.get(webhook.url))
    server.answers = lambda asked: Said(202, b"Thank you <script>")
    assert client.post(f"{webhook.url}/test").status_code == 302
    company.question()
    sent(webhook)
    page = html_of(client.get(webhook.url))
    assert "webhook.test" in page
    assert "item.asked" in page
    delivery = Delivery.objects.get(type="item.asked")
    page = html_of(client.get(delivery.url))
    assert "Why does it lock out on cold mornings?" in page
    assert "Thank you <script>" in page
    assert "202" in page
    assert client.post(f"{delivery.url}/again").status_code == 302
    sent(webhook)
    assert len(server.asked) == 3


def test_what_is_wrong_stands_beside_its_field(company, sign_in):
    client = sign_in(company.tomasz)
    typed = {"name": "Planning", "address": "https://10.0.0.1/", "spaces": [company.heat.pk]}
    answer = client.post("/studio/webhooks/new", typed)
    assert answer.status_code == 422
    assert 'id="id_address_error"' in answer.content.decode()
    answer = client.post("/studio/webhooks/new", {**typed, "address": "https://a.example/", "spaces": []})
    assert answer.status_code == 422
    assert not Webhook.objects.exists()


def test_only_its_owner_sees_what_a_webhook_sent_and_its_secret(company, sign_in, server):
    webhook = acts.add(company.viewer("fatima"), "Rota", server.address(), space_ids=[company.medicines.pk])
    company.post("Two tablets.", by="fatima", space=company.medicines)
    sent(webhook)
    delivery = Delivery.objects.get(type="item.posted")
    for name in ("ines", "tomasz", "noah"):
        client = sign_in(company.people[name], Client())
        for address in (webhook.url, f"{webhook.url}/edit", delivery.url):
            assert client.get(address).status_code == 404, f"{name} {address}"
    administrator = sign_in(company.ines, Client())
    listed = html_of(administrator.get("/studio/webhooks"))
    assert "Rota" in listed
    assert "Fatima" in listed
    assert "Two tablets" not in listed
    assert shown(webhook.secret) not in listed
    assert "Rota" not in html_of(sign_in(company.tomasz, Client()).get("/studio/webhooks"))
    assert administrator.post(f"{webhook.url}/off").status_code == 302
    assert Webhook.objects.get().off == Webhook.Off.BY_HAND


def test_a_new_secret_and_off_and_on_and_away(company, sign_in, server):
    webhook = acts.add(company.viewer("tomasz"), "Planning", server.address(), space_ids=[company.heat.pk])
    client = sign_in(company.tomasz)
    client.post(f"{webhook.url}/secret")
    page = html_of(client.get(webhook.url))
    assert shown(webhook.secret) not in page
    assert "still good until" in page
    client.post(f"{webhook.url}/off")
    assert "Switch it on" in html_of(client.get(webhook.url))
    client.post(f"{webhook.url}/off/undo")
    assert Webhook.objects.get().off == ""
    for state in Webhook.Off:
        Webhook.objects.update(off=state)
        assert client.get(webhook.url).status_code == 200
    client.post(f"{webhook.url}/remove")
    assert client.get(webhook.url).status_code == 404


def test_a_webhook_whose_secret_cannot_be_read_still_has_a_page(company, sign_in, server):
    webhook = acts.add(company.viewer("tomasz"), "Planning", server.address(), space_ids=[company.heat.pk])
    Webhook.objects.update(secret="gAAAA")
    assert "Make a new one" in html_of(sign_in(company.tomasz).get(webhook.url))


def test_long_lists_go_on(company, sign_in, server):
    tomasz = company.viewer("tomasz")
    webhook = acts.add(tomasz, "Planning", server.address(), space_ids=[company.heat.pk])
    for _ in range(31):
        acts.send_test(tomasz, webhook)
    client = sign_in(company.tomasz)
    first = html_of(client.get(webhook.url))
    assert first.count("webhook.test") == 30
    following = re.search(r'href="([^"]*before=\d+)"', first)
    assert following
    assert html_of(client.get(following[1])).count("webhook.test") == 1
