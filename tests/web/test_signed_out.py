"""A session that ends while somebody writes: nothing typed is lost, and they come back to where they wrote."""

from __future__ import annotations

from html import unescape

import pytest
from django.conf import settings

from watercooler.spine.content.models import Item

pytestmark = pytest.mark.django_db
WORDS = {"source": "A whole afternoon of words.", "key": "not shown", "password": "nor this"}
REFERER = "http://testserver/spaces/leeds-depot/?at=5"


def test_what_was_typed_is_given_back(client, company):
    client.cookies[settings.SESSION_COOKIE_NAME] = "ended"
    answer = client.post("/items/5/comments", WORDS, headers={"Referer": REFERER})
    page = unescape(answer.content.decode())
    assert answer.status_code == 401
    assert "A whole afternoon of words." in page
    assert "not shown" not in page
    assert "nor this" not in page
    assert 'href="/sign-in?next=/spaces/leeds-depot/%3Fat%3D5"' in page


def test_a_script_is_told_in_words_and_keeps_the_form(client, company):
    for method in (client.get, client.post):
        answer = method("/items/5/comments", WORDS, headers={"HX-Request": "true"})
        assert answer.status_code == 401
        assert 'data-refused data-field="session"' in answer.content.decode()
        assert "signed out" in answer.content.decode()


def test_a_mere_click_leads_back_to_the_page_it_was_made_on(client, company):
    answer = client.post("/items/5/helped", {"key": "x"}, headers={"Referer": REFERER})
    assert answer["Location"] == "/sign-in?next=/spaces/leeds-depot/%3Fat%3D5"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/x", "nonsense", ""])
def test_no_page_of_others_is_gone_back_to(client, company, elsewhere):
    answer = client.post("/items/5/helped", headers={"Referer": elsewhere})
    assert answer["Location"] == "/sign-in?next=/items/5/helped"


@pytest.mark.parametrize(("who", "status"), [("priya", 204), ("noah", 401), ("", 401)])
def test_what_somebody_wrote_never_goes_out_under_the_next_name(company, sign_in, who, status):
    """A tab that Noah left open, with a post that waited for signal, and Priya signed in beside it."""
    client = sign_in(company.priya)
    number = str(company.people[who].pk) if who else "nonsense"
    sent = {"kind": "post", "space": company.heat.slug, "source": "Half a thought of mine.", "key": "0" * 32}
    headers = {"HX-Request": "true", "Watercooler-Person": number}
    answer = client.post("/compose", sent, headers=headers, follow=True)
    assert answer.status_code == status
    assert Item.objects.filter(source="Half a thought of mine.").exists() == (status == 204)
    if status == 401:
        assert 'data-field="session"' in answer.text
        assert "Somebody else is signed in" in answer.text
        answer = client.post("/attachments", {}, headers={"Accept": "application/json", "Watercooler-Person": number})
        assert answer.json()["field"] == "session"
