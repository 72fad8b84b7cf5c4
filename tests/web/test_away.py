"""While the database is away pages say so calmly, with 503 and what was typed; programs hear it in their own words."""

from __future__ import annotations

import json
from html import unescape

import pytest
from django.db import connection

from tests.programs import Program
from watercooler.foundation.base.away import RETRY_SECONDS
from watercooler.spine.content.models import Item
from watercooler.spine.spaces.viewer import kept

pytestmark = pytest.mark.django_db(transaction=True)
SENTENCE = "Watercooler is not reachable for a moment. What you typed is kept."


@pytest.fixture
def away(monkeypatch):
    """Return what sends the database away: nobody listens where its address leads."""

    def go() -> None:
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere/at/all")

    return go


@pytest.fixture
def tomasz(sign_in, company, client):
    client = sign_in(company.tomasz)
    client.raise_request_exception = False
    assert client.get("/home").status_code == 200
    return client


@pytest.mark.parametrize("is_kept", [True, False], ids=["viewer kept", "viewer read anew"])
@pytest.mark.parametrize("address", ["/home", "/inbox", "/people/noah", "/search?q=ice", "/me/settings", "/sign-in"])
def test_a_page_is_not_reachable_for_a_moment(tomasz, away, address, is_kept):
    if not is_kept:
        kept.clear()
    away()
    answer = tomasz.get(address)
    if address == "/sign-in" and answer.status_code == 200:
        return  # it asks nothing
    assert answer.status_code == 503
    assert answer["Retry-After"] == str(RETRY_SECONDS)
    assert answer["Cache-Control"] == "no-store"
    page = unescape(answer.content.decode())
    assert SENTENCE in page
    assert page.count("<h1>") == 1
    assert "Traceback" not in page


def test_what_was_typed_is_given_back_and_sent_again_it_is_there_once(tomasz, company, away, monkeypatch):
    sent = {
        "kind": "post",
        "space": company.heat.slug,
        "source": "Ice on the coil",
        "key": "3f0c2d8c9a1b4e5f8a7b6c5d4e3f2a1b",
    }
    with monkeypatch.context() as gone:
        connection.close()
        gone.setitem(connection.settings_dict, "HOST", "/nowhere/at/all")
        answer = tomasz.post("/compose", sent)
        assert answer.status_code == 503
        assert "Ice on the coil</textarea>" in answer.content.decode()
        assert sent["key"] not in answer.content.decode()
    for _time in range(2):
        assert tomasz.post("/compose", sent).status_code == 302
    assert Item.objects.filter(source="Ice on the coil").count() == 1


def test_a_script_gets_a_part_or_json(tomasz, away):
    away()
    part = tomasz.get("/inbox", headers={"HX-Request": "true"})
    assert (part.status_code, SENTENCE in part.content.decode(), b"<html" in part.content) == (503, True, False)
    told = tomasz.get("/inbox", headers={"Accept": "application/json"})
    assert (told.status_code, told.json()) == (503, {"error": "Away", "message": SENTENCE, "field": ""})


def test_a_program_gets_a_problem(company, away):
    program = Program(company, "priya")
    away()
    answer = program.get("/me")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"] == str(RETRY_SECONDS)
    assert json.loads(answer.content)["title"] == "Back in a moment"


def test_health_says_whether_there_is_more_to_be_had(client, away):
    well = client.get("/health", headers={"Host": "testserver"})
    assert (well.status_code, well.content, well["Cache-Control"]) == (200, b"well", "no-store")
    away()
    gone = client.get("/health")
    assert (gone.status_code, gone.content) == (503, b"away")


def test_an_error_of_ours_is_no_absence(tomasz, monkeypatch):
    monkeypatch.setattr("watercooler.foundation.base.away.hot.one", lambda *_: 1 / 0)
    assert tomasz.get("/health").status_code == 500


@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_two_who_crossed_are_told_so_and_not_that_the_database_is_away(tomasz, company, code):
    """The database is well: a second later the same act is done, and nothing was half done before."""
    saved, sent = f"/items/{company.post(by='noah').pk}/saved", {"headers": {"HX-Request": "true"}}

    def crossing(execute, sql, params, many, context):
        if "social_saved" in sql:
            context["cursor"].execute(f"do $$ begin raise exception 'crossed' using errcode = '{code}'; end $$")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(crossing):
        whole, part = tomasz.post(saved), tomasz.post(saved, **sent)
        told = tomasz.post(saved, headers={"Accept": "application/json"})
    for answer in (whole, part):
        page = unescape(answer.content.decode())
        assert "Somebody changed the same thing at the same moment." in page
        assert "not reachable" not in page
        assert (answer.status_code, answer["Retry-After"]) == (503, "1")
    assert told.json()["error"] == "Crossed"
    assert tomasz.post(saved, **sent).status_code == 200
