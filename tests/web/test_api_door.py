"""What bad input meets at the door of the API, and what its lists cost."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.counting import count
from tests.programs import Program, refused
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.models import Item
from watercooler.spine.social.acts import comment
from watercooler.spine.spaces.newcomers import add_person

pytestmark = pytest.mark.django_db

pytestmark = pytest.mark.django_db
POST = {"kind": "post", "space": "heat-pump-engineers", "source": "Frost."}


@pytest.fixture
def priya(company):
    return Program(company, "priya")


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


def test_the_document_is_there_for_tools_that_are_not_signed_in(client):
    answer = client.get("/api/openapi.json")
    assert answer.json()["openapi"].startswith("3.1")
    again = client.get("/api/openapi.json", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post("/api/openapi.json").status_code == 405
