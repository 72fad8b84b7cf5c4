"""A session that ends while somebody writes: nothing typed is lost, and they come back to where they wrote."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.conf import settings

from watercooler.spine.content.models import Item
from watercooler.spine.conversations.acts import begin_group

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


@pytest.fixture
def plain_forms(company):
    """Where plain forms stand that say whose page they are on, with their mark there and where they go."""
    asked = company.question(by="priya").item
    post = company.post(by="priya")
    talk = begin_group(company.viewer("priya"), [company.noah, company.tomasz], "Leeds on-call")
    return {
        "compose": ("/compose?kind=post", 'action="/compose"', "/compose"),
        "change": (f"/items/{post.pk}/edit", "data-stale-page", f"/items/{post.pk}/edit"),
        "comment": (post.url, 'id="reply"', f"/items/{post.pk}/comments"),
        "answer": (asked.url, 'id="answer"', f"/q/{asked.pk}/answers"),
        "press": (asked.url, 'id="acts"', f"/items/{asked.pk}/saved"),
        "message": (talk.url, 'id="composer"', talk.url),
    }


@pytest.mark.parametrize("which", ["compose", "change", "comment", "answer", "press", "message"])
@pytest.mark.parametrize(("who", "status"), [("priya", 302), ("noah", 401)])
def test_nor_does_a_form_without_script(company, sign_in, plain_forms, which, who, status):
    """A page that Priya or Noah opened without script, sent when Priya is signed in."""
    page, mark, to = plain_forms[which]
    opened = sign_in(company.people[who]).get(page if which != "change" or who == "priya" else "/compose").text
    mark = mark if mark in opened else 'action="/compose"'
    whose = re.search(rf'<form[^>]*{mark}[^>]*><input type="hidden" name="whose" value="(\d+)">', opened)
    sent = {"kind": "post", "space": company.heat.slug, "title": "", "source": "Half a thought.", "key": "0" * 32}
    sent |= {"whose": whose[1], "based_on": "1"}
    client = sign_in(company.priya)
    if which in ("comment", "answer", "press"):
        answer = client.post(to, urlencode(sent), content_type="application/x-www-form-urlencoded")
    else:
        answer = client.post(to, sent)
    assert answer.status_code == status, answer.text[:2000]
    if status == 401 and which != "press":
        assert "Half a thought." in answer.text
        assert not Item.objects.filter(source="Half a thought.").exists()


@pytest.mark.parametrize("which", ["compose", "change", "message"])
def test_a_form_for_files_may_come_without_any(company, sign_in, plain_forms, which):
    """As programs and old browsers send it: the field is read before the view says how files are received."""
    sent = {"kind": "post", "space": company.heat.slug, "source": "Half a thought.", "key": "0" * 32, "based_on": "1"}
    sent |= {"whose": company.priya.pk}
    form = "application/x-www-form-urlencoded"
    answer = sign_in(company.priya).post(plain_forms[which][2], urlencode(sent), content_type=form)
    assert answer.status_code == 302


def test_whose_page_it_was_is_not_taken_for_something_typed(client, company):
    client.cookies[settings.SESSION_COOKIE_NAME] = "ended"
    answer = client.post("/items/5/helped", {"whose": "7"}, headers={"Referer": REFERER})
    assert answer.status_code == 302
