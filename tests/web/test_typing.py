"""While somebody types: previews, completed names, drafts on the server."""

import json

import pytest

from watercooler.spine.content.acts import named
from watercooler.spine.content.models import Draft, Topic

pytestmark = pytest.mark.django_db


def completed(client, kind, q):
    return [row["value"] for row in client.get("/complete", {"kind": kind, "q": q}).json()]


def test_a_preview_looks_as_the_page_will_and_is_as_clean(company, sign_in):
    page = sign_in(company.priya).post("/preview", {"text": "**Frost** <script>alert(1)</script>"}).content.decode()
    assert "<strong>Frost</strong>" in page
    assert "<script" not in page
    assert sign_in(company.priya).post("/preview", {"text": "x" * 100_001}).status_code == 422
    assert sign_in(company.priya).get("/preview").status_code == 405


def test_people_are_completed_by_name_and_handle(company, sign_in):
    client = sign_in(company.priya)
    assert completed(client, "person", "@tom") == ["tomasz"]
    assert completed(client, "person", "Zieli") == ["tomasz"]
    assert completed(client, "person", "el-am") == ["hassan"]
    row = client.get("/complete", {"kind": "person", "q": "noah"}).json()[0]
    assert row == {"value": "noah", "label": "Noah Whitfield", "sub": "Apprentice engineer · Leeds", "photo": ""}


def test_signs_of_the_search_language_are_only_signs(company, sign_in):
    client = sign_in(company.priya)
    for sign in ("%", "_", "\\", "%%%", "", " ", "\x00", "'", "\u202e"):
        assert completed(client, "person", sign) == []


def test_those_who_left_are_not_offered(company, sign_in):
    company.noah.is_active = False
    company.noah.save(update_fields=["is_active"])
    assert completed(sign_in(company.priya), "person", "noah") == []


def test_guests_meet_only_people_of_their_spaces(company, sign_in):
    client = sign_in(company.sam)
    assert completed(client, "person", "noah") == ["noah"]
    assert completed(client, "person", "fatima") == []
    assert completed(client, "person", "ruth") == []


def test_topics_are_completed_to_the_word_people_should_use(company, sign_in):
    named(["Heat pumps", "Heating oil"])
    main, synonym = Topic.objects.get(slug="heat-pumps"), named(["Luftwärmepumpe"])[0]
    Topic.objects.filter(pk=synonym.pk).update(synonym_of=main)
    company.post(topics=["Heat pumps", "Heating oil"])
    client = sign_in(company.priya)
    assert set(completed(client, "topic", "#heat")) == {"heat-pumps", "heating-oil"}
    assert completed(client, "topic", "luft") == ["heat-pumps"]
    assert completed(client, "topic", "pump") == ["heat-pumps"]
    assert client.get("/complete", {"kind": "space", "q": "a"}).status_code == 404


def test_completing_costs_one_query(company, sign_in, count_queries):
    client = sign_in(company.priya)
    completed(client, "person", "x")
    for kind in ("person", "topic"):
        with count_queries() as queries:
            completed(client, kind, "to")
        assert len(queries) == 1


@pytest.mark.parametrize("how", ["json", "form", "multipart"])
def test_a_draft_is_kept_given_back_and_forgotten(company, sign_in, how):
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    client, words = sign_in(company.priya), "Drain clears — but refreezes\n"
    body, kind = {
        "json": (json.dumps({"text": words}), "application/json"),
        "form": ("text=Drain%20clears%20%E2%80%94%20but%20refreezes%0A", "application/x-www-form-urlencoded"),
        "multipart": (encode_multipart(BOUNDARY, {"text": words}), MULTIPART_CONTENT),
    }[how]
    assert client.put("/drafts/compose-source", body, content_type=kind).status_code == 204
    found = client.get("/drafts/compose-source")
    assert found.json()["body"] == {"text": words}
    assert found["Cache-Control"] == "private, no-store"
    assert sign_in(company.noah).get("/drafts/compose-source").status_code == 404
    client = sign_in(company.priya)
    assert client.delete("/drafts/compose-source").status_code == 204
    assert client.get("/drafts/compose-source").status_code == 404


def test_an_empty_draft_is_no_draft(company, sign_in):
    client = sign_in(company.priya)
    client.put("/drafts/x", {"text": "words"}, content_type="application/json")
    client.put("/drafts/x", {"text": " \n"}, content_type="application/json")
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[1,2]", 422),
        (b"{", 422),
        (b"\xff\xfe", 422),
        (b"[" * 100_000, 422),
        (b'{"text": "' + b"x" * 700_000 + b'"}', 413),
        (b'{"text": "a\\u0000b\\ud800c"}', 204),
    ],
)
def test_odd_drafts_are_refused_or_mended(company, sign_in, body, status):
    client = sign_in(company.priya)
    answer = client.put("/drafts/x", body, content_type="application/json", headers={"Accept": "application/json"})
    assert answer.status_code == status
    if status == 204:
        assert client.get("/drafts/x").json()["body"] == {"text": "abc"}
    else:
        assert answer.json()["message"]


@pytest.mark.parametrize("name", ["a" * 81, "a b", "x\ny", "%00", "<b>"])
def test_odd_names_of_drafts_are_not_there(company, sign_in, name):
    from urllib.parse import quote

    assert sign_in(company.priya).put(f"/drafts/{quote(name)}", b"{}").status_code == 404


def test_nobody_fills_the_disc_with_drafts(company, sign_in, monkeypatch):
    from watercooler.spine.content.views import typing

    monkeypatch.setattr(typing, "MOST_DRAFTS", 3)
    client = sign_in(company.priya)
    for number in range(6):
        client.put(f"/drafts/d{number}", {"text": "x"}, content_type="application/json")
    assert sorted(Draft.objects.values_list("form", flat=True)) == ["d3", "d4", "d5"]
