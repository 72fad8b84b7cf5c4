"""What stands around every operation of the API: tokens, scopes, keys, tags, pages, limits, and bad input."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.counting import count
from tests.programs import Program, of, refused
from watercooler.doors.api import acts, house
from watercooler.doors.api.keeping import forget_old
from watercooler.doors.api.models import Answered, Token
from watercooler.doors.api.secret import digest, is_secret, mint
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.social.acts import comment
from watercooler.spine.spaces.newcomers import add_person, change_entry

pytestmark = pytest.mark.django_db
POST = {"kind": "post", "space": "heat-pump-engineers", "source": "Frost."}


@pytest.fixture
def priya(company):
    return Program(company, "priya")


def ask_with(secret, path="/me", method="GET", **headers):
    return Client().generic(method, f"/api/v1{path}", headers={"Authorization": f"Bearer {secret}", **headers})


# Tokens


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
            address = re.sub(r"\{(\w+)\}", r"\1", re.sub(r"\{(\w+_id|number)\}", "1", path))
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
    assert list(Activity.objects.filter(verb__endswith="_token").values_list("verb", flat=True)) == [
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


# Keys, tags, pages, limits


def test_a_write_sent_twice_with_its_key_is_done_once(company, priya):
    first = priya.post("/items", POST, **{"Idempotency-Key": "one"})
    again = priya.post("/items", POST, **{"Idempotency-Key": "one"})
    assert of(first, 201) == of(again, 201)
    assert again["Idempotent-Replayed"] == "true"
    assert Item.objects.count() == 1
    other = {**POST, "source": "Ice."}
    assert refused(priya.post("/items", other, **{"Idempotency-Key": "one"}), 422, "Idempotency-Key")
    of(Program(company, "noah").post("/items", POST, **{"Idempotency-Key": "one"}), 201)
    assert Item.objects.count() == 2, "a key is its sender's own"


def test_the_key_holds_even_where_the_answer_was_lost(priya):
    made = of(priya.post("/items", POST, **{"Idempotency-Key": "lost"}), 201)
    Answered.objects.all().delete()
    assert of(priya.post("/items", POST, **{"Idempotency-Key": "lost"}), 201)["id"] == made["id"]


def test_a_refused_write_may_be_mended_under_its_key(priya):
    refused(priya.post("/items", {**POST, "source": ""}, **{"Idempotency-Key": "k"}), 422, "source")
    of(priya.post("/items", POST, **{"Idempotency-Key": "k"}), 201)


def test_a_write_under_way_is_not_done_beside_itself(company, priya):
    Answered.objects.create(person=company.priya, key="k", fingerprint="other", at=timezone.now())
    refused(priya.post("/items", POST, **{"Idempotency-Key": "k"}), 422, "Idempotency-Key")
    Answered.objects.update(at=timezone.now() - timedelta(minutes=2))
    of(priya.post("/items", POST, **{"Idempotency-Key": "k"}), 201)


def test_answers_are_forgotten_after_a_day(priya):
    of(priya.post("/items", POST, **{"Idempotency-Key": "k"}), 201)
    assert forget_old() == 0
    assert forget_old(timezone.now() + timedelta(days=1, minutes=1)) == 1


def test_a_file_sent_twice_with_its_key_is_kept_once(priya):
    said = {"Authorization": f"Bearer {priya.secret}", "Idempotency-Key": "file"}

    def send(text):
        return priya.client.post("/api/v1/attachments", {"file": SimpleUploadedFile("a.txt", text)}, headers=said)

    assert of(send(b"Hello"), 201) == of(send(b"Hello"), 201)
    assert refused(send(b"Other"), 422, "Idempotency-Key")


def test_what_has_not_changed_is_not_sent_again(company, priya):
    item = company.post(by="noah")
    first = priya.get(f"/items/{item.pk}")
    same = priya.get(f"/items/{item.pk}", **{"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    of(priya.put(f"/items/{item.pk}/helped"), 204)
    of(priya.get(f"/items/{item.pk}", **{"If-None-Match": first["ETag"]}))
    head = priya.ask("HEAD", f"/items/{item.pk}")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"]


def test_pages_follow_one_another_without_gap_or_double(company, priya):
    made = [company.post(f"Number {n}.", by="noah").pk for n in range(7)]
    seen, address = [], "/items?limit=3&kind=post"
    while address:
        answer = priya.get(address)
        page = of(answer)
        seen += [item["id"] for item in page["items"]]
        address = page["next"]
        assert answer.headers.get("Link") == (f'<{address}>; rel="next"' if address else None)
    assert seen == made[::-1]
    assert refused(priya.get("/items?after=nonsense"), 422, "after")
    assert refused(priya.get("/items?after=MDAwMDAwMDAx"), 422, "after")


def test_limits_are_said_and_kept(company, priya, settings):
    settings.API_LIMIT_PER_MINUTE = 2
    first = priya.get("/me")
    assert first["RateLimit-Policy"] == '"token";q=2;w=60'
    assert first["RateLimit"].startswith('"token";r=1;t=')
    of(priya.get("/me"))
    late = priya.get("/me")
    refused(late, 429)
    assert 0 < int(late["Retry-After"]) <= 60
    assert late["RateLimit"].startswith('"token";r=0;')
    ends = timezone.now() + timedelta(days=1)
    other = acts.make_token(company.viewer("priya"), name="Another", scopes=["read"], ends_at=ends)[1]
    of(ask_with(other))
    assert ask_with(other).status_code == 429, "one person's tokens share twice the limit of one"


# Bad input


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ("", 422, ""),
        ("{", 400, ""),
        ("[" * 100_000, 400, ""),
        ('{"kind": "post", "x": ' + "[" * 20 + "]" * 20 + "}", 400, ""),
        ('{"kind": NaN}', 400, ""),
        ("[]", 422, ""),
        ('"post"', 422, ""),
        ("null", 422, ""),
        ("1" * 5000, 400, ""),
        ('{"kind": "song"}', 422, "kind"),
        ('{"source": "x"}', 422, "kind"),
        ('{"kind": "post", "space": "heat-pump-engineers", "source": "a\\u0000b"}', 422, "source"),
        ('{"kind": "post", "space": "heat-pump-engineers", "source": "\\ud800"}', 422, "source"),
        ('{"kind": "post", "space": "heat-pump-engineers", "source": 5}', 422, "source"),
        ('{"kind": "post", "space": "heat-pump-engineers", "source": "x", "extra": 1}', 422, "extra"),
        ('{"kind": "comment", "parent": 9223372036854775808, "source": "x"}', 422, "parent"),
        ('{"kind": "comment", "parent": "1", "source": "x"}', 422, "parent"),
        ('{"kind": "question", "space": "heat-pump-engineers", "title": "%s"}' % ("t" * 201), 422, "title"),
    ],
    ids=range(18),
)
def test_bad_bodies_are_refused_in_a_sentence(priya, body, status, field):
    answer = priya.client.generic(
        "POST", "/api/v1/items", body, "application/json", headers={"Authorization": f"Bearer {priya.secret}"}
    )
    assert refused(answer, status, field)
    assert not Item.objects.exists()


def test_bad_addresses_are_not_there(priya):
    for path in (
        "/items/9223372036854775808",
        "/items/99999999999999999999999",
        "/items/-1",
        "/items/one",
        "/items/1%00",
        "/people/%00",
        "/spaces/%ff%fe",
        "/topics/" + "x" * 300,
        "/nothing",
        "/items/1/revisions/99999999999/restored",
    ):
        status = priya.get(path).status_code
        assert status == 404 or (status == 422 and len(path) > 200), path
    assert refused(priya.get("/items?limit=0"), 422, "limit")
    assert refused(priya.get("/items?limit=99999999999999999999"), 422, "limit")
    assert refused(priya.get("/items?kind=song"), 422, "kind.0")
    assert refused(priya.get("/search?q=%00"), 422, "q")


def test_other_methods_and_types_are_refused_as_problems(priya):
    answer = priya.ask("PUT", "/me", {})
    assert refused(answer, 405)
    assert set(answer["Allow"].replace(" ", "").split(",")) == {"GET", "PATCH"}
    said = {"Authorization": f"Bearer {priya.secret}"}
    form = priya.client.post("/api/v1/items", {"kind": "post"}, headers=said)
    assert refused(form, 415)
    large = priya.client.generic("POST", "/api/v1/items", "x" * 6_000_000, "application/json", headers=said)
    assert refused(large, 413)


def test_what_breaks_is_said_without_telling_what(priya, monkeypatch):
    from watercooler.doors.api.routes import people

    def broken(*_: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(people, "followed", broken)
    priya.client.raise_request_exception = False
    assert "secret" not in refused(priya.get("/me/following"), 500)


# What lists cost


def lists():
    """Return every list, with the names in its address as `many` makes them."""
    return [
        *("/items", "/items?kind=question", "/items?space=heat-pump-engineers", "/items?author=noah"),
        *("/items?topic=defrost", "/items/{question}/replies", "/items/{question}/helped", "/me/items"),
        *("/items/{question}/revisions", "/feed", "/feed?show=following", "/feed?show=help-out", "/feed?show=saved"),
        *("/library", "/people", "/people?q=person", "/spaces", "/spaces/heat-pump-engineers/members", "/topics"),
        *("/me/following", "/inbox", "/inbox/requests", "/search?q=lockout", "/administration/people", "/care"),
        *("/care/log", "/items/{question}/recommendations", "/spaces/heat-pump-engineers/requests"),
    ]


def many(company, n):
    """Make n of everything that is listed."""
    question = company.question("Lockout?", topics=["Defrost"])
    noah = company.viewer("noah")
    for number in range(n):
        company.question(f"Lockout {number}?", topics=["Defrost"], at=timezone.now())
        answer = company.answer(question, by="priya", at=timezone.now())
        comment(noah, answer, "Thank you.", at=timezone.now())
        add_person(handle=f"person{n}.{number}", name=f"Person {number} of {n}")
    while follow():
        pass
    return question.pk


def test_lists_cost_the_same_for_two_and_for_fifty(company, settings):
    settings.WRITE_LIMIT_PER_MINUTE = 10_000
    ines = Program(company, "ines")
    costs = []
    for n in (2, 50):
        question = many(company, n)
        costs.append({})
        for path in lists():
            address = path.format(question=question)
            ines.get(address)
            with count() as queries:
                answer = ines.get(address)
            assert answer.status_code in {200, 403}, (path, answer.content)
            costs[-1][path] = len(queries)
    assert costs[0] == costs[1]
    assert max(costs[1].values()) <= 8, costs[1]
