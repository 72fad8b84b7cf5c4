"""Access tokens: who makes them, what each may do, and how they end."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.programs import Program, of, refused
from watercooler.doors.api import acts, house
from watercooler.doors.api.models import Token
from watercooler.doors.api.secret import digest, is_secret, mint
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.spine.activity.models import Activity
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.newcomers import change_entry

pytestmark = pytest.mark.django_db

pytestmark = pytest.mark.django_db
POST = {"kind": "post", "space": "heat-pump-engineers", "source": "Frost."}


@pytest.fixture
def priya(company):
    return Program(company, "priya")


def ask_with(secret, path="/me", method="GET", **headers):
    return Client().generic(method, f"/api/v1{path}", headers={"Authorization": f"Bearer {secret}", **headers})


def test_a_secret_is_recognised_by_scanners_and_kept_as_a_hash_only(priya):
    assert priya.secret.startswith("wc_")
    assert is_secret(priya.secret)
    assert not is_secret(priya.secret[:-1] + ("a" if priya.secret[-1] != "a" else "b"))
    row = Token.objects.get()
    assert row.digest == digest(priya.secret)
    assert priya.secret not in repr(vars(row))
    assert len({mint() for _ in range(50)}) == 50


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer wc_nonsense", "Basic d2M6d2M=", "bearer\twc_"])
def test_nobody_gets_in_with_something_else(company, header):
    answer = Client().get("/api/v1/me", headers={"Authorization": header})
    refused(answer, 401)
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_is_judged_by_itself_whatever_cookies_come_with_it(company, sign_in, priya):
    client = sign_in(company.noah)
    said = {"Authorization": f"Bearer {priya.secret}"}
    assert of(client.get("/api/v1/me", headers=said))["handle"] == "priya"
    assert of(client.get("/api/v1/me"))["handle"] == "noah"
    assert refused(client.get("/api/v1/me", headers={"Authorization": "Bearer wc_no"}), 401)


def test_a_token_opens_no_page(priya):
    for path in ("/home", "/me/tokens", "/studio/people", "/drafts/compose-source"):
        answer = Client().get(path, headers={"Authorization": f"Bearer {priya.secret}"})
        assert answer["Location"].startswith("/sign-in"), path


def test_another_site_writes_with_a_token_but_not_with_a_cookie(company, sign_in, priya):
    foreign = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert priya.put(f"/items/{company.post(by='noah').pk}/helped", **foreign).status_code == 204
    assert sign_in(company.noah).put("/api/v1/me/photo", headers=foreign).status_code == 403
    said = {"Authorization": f"Bearer {priya.secret}", **foreign}
    assert sign_in(company.noah).post("/compose", headers=said).status_code == 403


@pytest.mark.parametrize("scope", ["read", "write", "outlets", "care", "administer"])
def test_every_operation_asks_for_its_scope(company, scope):
    program = Program(company, "ines", scope)
    for path, operations in house.specification()["paths"].items():
        for method, operation in operations.items():
            address = re.sub(r"\{(\w+)\}", r"\1", re.sub(r"\{(\w+_id|conversation|number|report|version)\}", "1", path))
            if operation["x-scope"] != scope:
                assert "scope" in refused(program.ask(method.upper(), address, {}), 403), (method, address)


def test_tokens_end_by_hand_by_time_and_with_their_person(company, priya):
    token = Token.objects.get()
    Token.objects.filter(pk=token.pk).update(ends_at=timezone.now() - timedelta(hours=1))
    refused(priya.get("/me"), 401)
    Token.objects.filter(pk=token.pk).update(ends_at=timezone.now() + timedelta(days=1))
    of(priya.get("/me"))
    with pytest.raises(NotAllowed):
        acts.end_token(company.viewer("ines"), token)
    assert acts.end_token(company.viewer("priya"), token)
    assert not acts.end_token(company.viewer("priya"), token)
    refused(priya.get("/me"), 401)
    assert list(Activity.objects.filter(verb__endswith="_token").order_by("pk").values_list("verb", flat=True)) == [
        "made_token",
        "ended_token",
    ]


def test_who_leaves_takes_their_tokens_with_them_for_good(company, priya):
    ines = company.viewer("ines")
    change_entry(ines, company.priya, is_active=False)
    refused(priya.get("/me"), 401)
    change_entry(ines, Person.objects.get(pk=company.priya.pk), is_active=True)
    refused(priya.get("/me"), 401)


def test_a_guest_past_their_last_day_asks_nothing(company, sign_in):
    client = sign_in(company.sam)
    Person.objects.filter(pk=company.sam.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    refused(client.get("/api/v1/me"), 401)


def test_the_last_use_is_written_down_once_a_minute(priya):
    of(priya.get("/me"))
    used = Token.objects.get().used_at
    assert used is not None
    of(priya.get("/me"))
    assert Token.objects.get().used_at == used


def test_a_service_token_waits_for_who_answers_for_it(company, sign_in):
    ines, ends = company.viewer("ines"), timezone.now() + timedelta(days=1)
    with pytest.raises(NotAllowed):
        acts.make_token(company.viewer("elena"), name="HR", scopes=["read"], ends_at=ends, answers=company.hassan)
    with pytest.raises(Invalid):
        acts.make_token(ines, name="HR", scopes=["read"], ends_at=ends, answers=company.sam)
    token, secret = acts.make_token(ines, name="HR", scopes=["write"], ends_at=ends, answers=company.hassan)
    refused(ask_with(secret), 401)
    with pytest.raises(NotAllowed):
        acts.agree(ines, token)
    client = sign_in(company.hassan)
    assert "I answer for it" in client.get("/me/tokens").content.decode()
    assert client.post(f"/me/tokens/{token.pk}/agreed").status_code == 302
    answer = Client().post(
        "/api/v1/items", json.dumps(POST), "application/json", headers={"Authorization": f"Bearer {secret}"}
    )
    made = Item.objects.get(pk=of(answer, 201)["id"])
    assert made.author == company.hassan, "nothing is anonymous, whatever made it (R91)"
    assert acts.end_token(ines, token)


def test_one_makes_a_token_on_a_page_and_sees_it_once(company, sign_in):
    client = sign_in(company.priya)
    page = client.post("/me/tokens", {"name": "Rota export", "scopes": ["read"], "ends": "30"})
    secret = page.content.decode().split(">wc_")[1].split("<")[0]
    assert of(ask_with(f"wc_{secret}"))["handle"] == "priya"
    shown = client.get("/me/tokens").content.decode()
    assert "Rota export" in shown
    assert secret not in shown
    assert client.post("/me/tokens", {"name": "x", "scopes": ["administer"], "ends": "30"}).status_code == 422
    assert client.post("/me/tokens", {"name": "", "ends": "9999"}).status_code == 422
    assert client.post(f"/me/tokens/{Token.objects.get().pk}/ended").status_code == 302
    refused(ask_with(f"wc_{secret}"), 401)
    assert "Ended" in client.get("/me/tokens").content.decode()


def test_an_administrator_makes_a_service_token_on_a_page(company, sign_in):
    client = sign_in(company.ines)
    typed = {"name": "HR sync", "scopes": ["read"], "ends": "365", "answers": "@hassan"}
    assert "agreed" in client.post("/studio/tokens", typed).content.decode()
    assert Token.objects.get().person == company.hassan
    assert client.post("/studio/tokens", {**typed, "answers": "sam"}).status_code == 422
    assert client.post(f"/studio/tokens/{Token.objects.get().pk}/ended").status_code == 302
    assert Token.objects.get().ended_at is not None


def test_the_page_explains_every_operation(company, sign_in):
    page = sign_in(company.priya).get("/api/").content.decode()
    for operations in house.specification()["paths"].values():
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in page
    for name in house.specification()["components"]["schemas"]:
        assert f'id="shape-{name}"' in page
