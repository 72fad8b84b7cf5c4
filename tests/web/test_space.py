"""Spaces: finding one, opening one, getting in and out, and looking after it."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from tests.db.test_feed import follow
from watercooler.kinds.questions.acts import accept
from watercooler.projections.feed.reads import PAGE
from watercooler.spine.content.acts import highlight
from watercooler.spine.spaces import acts

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


def text(response):
    return unescape(response.content.decode())


def test_strangers_are_shown_the_door_everywhere(company, client):
    for path in ("", "/heat-pump-engineers/", "/new", "/nothing-like-this/", "/heat-pump-engineers/settings"):
        assert client.get(f"/spaces{path}")["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("tab", ["", "questions", "articles", "members", "about", "joined", "invitations", "settings"])
def test_a_secret_space_does_not_exist_for_outsiders(company, sign_in, tab):
    for name in ("priya", "ines", "sam"):
        assert sign_in(company.people[name]).get(f"/spaces/works-council/{tab}").status_code == 404
    assert sign_in(company.priya).post("/spaces/works-council/joined").status_code == 404
    assert sign_in(company.ruth).get(f"/spaces/works-council/{tab}").status_code == 200


def test_an_invited_person_finds_the_secret_space_with_who_invited_them(
    company, sign_in, django_capture_on_commit_callbacks
):
    acts.invite(company.viewer("ruth"), company.council, [company.priya])
    company.post("Draft agenda", by="ruth", space=company.council)
    page = text(sign_in(company.priya).get("/spaces/works-council/"))
    assert "Ruth Adeyemi invited you here" in page
    assert "Draft agenda" not in page
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(company.priya).post("/spaces/works-council/joined")
    assert "Draft agenda" in text(sign_in(company.priya).get("/spaces/works-council/"))


def test_a_closed_space_shows_its_purpose_and_hosts_and_nothing_else(company, sign_in):
    article = company.article("Double signatures", by="fatima", space=company.medicines)
    highlight(company.viewer("fatima"), article, note="Read it first.")
    page = text(sign_in(company.priya).get("/spaces/medicines/"))
    assert "No missed doses." in page
    assert "Ask to join" in page
    assert page.count('class="btn primary"') == page.count('class="btn primary" href="/compose') + 1, "one thing to do"
    assert "Fatima" in page
    assert "Double signatures" not in page
    assert "Read it first." not in page
    assert sign_in(company.priya).get("/spaces/medicines/members").status_code == 404
    assert "Double signatures" not in text(sign_in(company.priya).get("/spaces/medicines/articles"))


def test_a_guest_sees_only_what_they_joined(company, sign_in):
    browser = sign_in(company.sam)
    assert browser.get("/spaces/heat-pump-engineers/").status_code == 200
    assert browser.get("/spaces/medicines/").status_code == 404
    directory = text(browser.get("/spaces"))
    assert "Heat Pump Engineers" in directory
    assert "Medicines" not in directory
    assert browser.get("/spaces/new").status_code == 403
    assert browser.get("/spaces/heat-pump-engineers/invitations").status_code == 403
    assert browser.post("/spaces/heat-pump-engineers/invitations", {"person": "ruth"}).status_code == 403


def test_a_space_takes_two_queries_for_two_cards_and_for_fifty(company, sign_in, count_queries):
    browser = sign_in(company.noah)
    for number in range(50):
        company.question(f"Question {number}?", at=timezone.now() - timedelta(hours=number), by="priya")
        if number == 1:
            browser.get("/spaces/heat-pump-engineers/")
            with count_queries() as few:
                page = browser.get("/spaces/heat-pump-engineers/")
            assert page.content.count(b'class="post"') == 2
    follow()
    browser.get("/spaces/heat-pump-engineers/")
    for tab in ("", "questions", "questions?state=unanswered", "articles"):
        with count_queries() as many:
            browser.get(f"/spaces/heat-pump-engineers/{tab}")
        assert len(many) == len(few) == 2
    assert "100% of questions" not in text(browser.get("/spaces/heat-pump-engineers/"))


def test_a_visit_takes_the_dot_off_once(company, sign_in, count_queries):
    company.post()
    browser = sign_in(company.noah)
    with count_queries() as first:
        page = browser.get("/spaces/heat-pump-engineers/")
    assert len([q for q in first if q.startswith("UPDATE")]) == 1
    with count_queries() as second:
        browser.get("/spaces/heat-pump-engineers/")
    assert not [q for q in second if q.startswith("UPDATE")]
    assert 'class="sp-link unread"' not in text(page)


def test_more_cards_come_in_place(company, sign_in):
    for number in range(PAGE + 2):
        company.post(f"Report {number}", at=timezone.now() - timedelta(hours=number))
    browser = sign_in(company.noah)
    page = text(browser.get("/spaces/heat-pump-engineers/"))
    more = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    part = browser.get(more, headers=HX)
    assert part.content.count(b'class="post"') == 2
    assert b"<html" not in part.content


def test_questions_are_found_by_what_became_of_them(company, sign_in):
    solved, answered, waiting = (company.question(f"{word}?") for word in ("Solved", "Answered", "Waiting"))
    accept(company.viewer("noah"), solved, company.answer(solved))
    company.answer(answered)
    follow()
    browser = sign_in(company.noah)

    def found(state):
        page = text(browser.get(f"/spaces/heat-pump-engineers/questions?state={state}"))
        return {word for word in ("Solved", "Answered", "Waiting") if f"{word}?</a></h3>" in page}

    assert found("all") == {"Solved", "Answered", "Waiting"}
    assert found("solved") == {"Solved"}
    assert found("open") == {"Answered", "Waiting"}
    assert found("unanswered") == {"Waiting"}
    assert waiting.pk


def test_the_head_says_how_many_questions_were_answered(company, sign_in):
    for number in range(8):
        question = company.question(f"Question {number}?")
        if number < 6:
            company.answer(question)
    follow()
    assert "75% of questions answered" in text(sign_in(company.noah).get("/spaces/heat-pump-engineers/"))


def test_a_space_can_be_followed_from_its_page_without_joining(company, sign_in):
    browser = sign_in(company.fatima)
    page = text(browser.get("/spaces/heat-pump-engineers/"))
    assert 'formaction="/spaces/heat-pump-engineers/followed"' in page
    browser.post("/spaces/heat-pump-engineers/followed")
    assert 'formaction="/spaces/heat-pump-engineers/followed/undo" aria-pressed="true"' in text(
        browser.get("/spaces/heat-pump-engineers/")
    )
    inside = text(sign_in(company.priya).get("/spaces/heat-pump-engineers/"))
    assert "Follow: more of it on Home" in inside
    outside = text(sign_in(company.priya).get("/spaces/medicines/"))
    assert "/spaces/medicines/followed" not in outside
