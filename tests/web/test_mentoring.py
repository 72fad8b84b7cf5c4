"""The pages of mentoring: who gets which, what they say, and that a whole mentoring goes through forms alone."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from watercooler.kinds.questions.acts import accept
from watercooler.places.mentoring import acts
from watercooler.places.mentoring.models import Goal, Meeting, Mentoring, MentorProfile, State
from watercooler.spine.activity.worker import follow
from watercooler.spine.people.models import Person

pytestmark = pytest.mark.django_db

TERMS = {"goals": "Diagnose a fault alone\nTalk to customers", "rhythm": "fortnightly", "minutes": "30", "months": "6"}


@pytest.fixture
def offered(company):
    at = timezone.now() - timedelta(days=2)
    question = company.question("Why does the coil ice up?", source="Ice on the fins.", topics=["Defrost"], at=at)
    accept(company.viewer("noah"), question, company.answer(question, "The trace heater had failed.", at=at))
    while follow():
        pass
    acts.offer(company.viewer("tomasz"), helps_with=["Fault finding"], rhythm="fortnightly", ways=["remote"])
    acts.offer(company.viewer("fatima"), helps_with=["Talking to families"], rhythm="monthly", places=2)
    return company


@pytest.fixture
def browse(offered, sign_in):
    """Return a function that gives a client of their own to somebody."""
    return lambda name: sign_in(offered.people[name], Client())


@pytest.fixture
def running(offered):
    elena, tomasz = offered.viewer("elena"), offered.viewer("tomasz")
    asked = acts.ask(elena, offered.tomasz, "Please show me the work.", ["Fault finding"])
    acts.accept(tomasz, asked)
    acts.propose(elena, asked, **{**TERMS, "goals": ["Diagnose a fault alone"], "minutes": 30, "months": 6})
    acts.agree(tomasz, asked, 1)
    asked.refresh_from_db()
    return asked


def text(response):
    assert response.status_code == 200, response.content.decode()[:2000]
    return unescape(response.content.decode())


def test_a_whole_mentoring_goes_through_forms(offered, browse):
    elena, tomasz = browse("elena"), browse("tomasz")
    elena.post("/mentoring/wishes", {"wants": "Fault finding, Defrost", "languages": "English"})
    page = text(elena.get("/mentoring/mentors"))
    assert "They offer to help with “Fault finding”." in page
    assert "Why does the coil ice up?" in page, "The evidence is named."
    form = text(elena.get("/mentoring/ask/tomasz"))
    key = re.search(r'name="key" value="(\w+)"', form).group(1)
    sent = {"note": "I would like to understand the work.", "wants": "Fault finding", "key": key}
    assert elena.post("/mentoring/ask/tomasz", sent).status_code == 302
    assert elena.post("/mentoring/ask/tomasz", sent).status_code == 302, "Sent twice, kept once."
    one = Mentoring.objects.get()
    assert "asks you to be their mentor" in text(tomasz.get("/mentoring"))
    assert "I would like to understand the work." in text(tomasz.get(one.url))
    assert tomasz.post(f"{one.url}/accepted", {"answer": "Gladly."}).url == f"{one.url}/agreement"
    assert tomasz.post(f"{one.url}/agreement", {**TERMS, "based_on": "0"}).status_code == 302
    assert "wrote down what you could agree" in text(elena.get(one.url))
    assert elena.post(f"{one.url}/agreed", {"version": "1"}).status_code == 302
    when = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert (
        elena.post(f"{one.url}/meetings", {"starts_at": when, "minutes": "30", "place": "The van"}).status_code == 302
    )
    meeting = Meeting.objects.get()
    assert "The van" in text(tomasz.get(one.url))
    assert "BEGIN:VEVENT" in text(tomasz.get(f"{one.url}/meetings.ics"))
    address = f"{one.url}/meetings/{meeting.pk}"
    tomasz.post(f"{address}/note", {"shared_note": "Ring before you open it.", "based_on": "0"})
    elena.post(f"{address}/own-note", {"own_note": "Ask about gauges."})
    hers, his = text(elena.get(address)), text(tomasz.get(address))
    assert "Ring before you open it." in hers
    assert "Ask about gauges." in hers
    assert "Ask about gauges." not in his, "An own note is read by one."
    goal = Goal.objects.order_by("pk").first()
    elena.post(f"{one.url}/goals/{goal.pk}", {"progress": "100"})
    assert "Reached" in text(tomasz.get(one.url))
    assert elena.post(f"{one.url}/closed", {"ending": "finished"}).url == f"{one.url}/feedback"
    assert elena.post(f"{one.url}/feedback", {"useful": "very", "came_of_it": "I ride along."}).status_code == 302
    assert "I ride along." in text(tomasz.get(one.url))
    assert "Pass it on." in text(elena.get(one.url)), "Who was mentored may become a mentor."
    assert MentorProfile.objects.get(person=offered.tomasz).taken == 0


def test_nothing_is_promised_in_the_name_of_somebody_who_left(running, offered, browse):
    Person.objects.filter(handle="tomasz").update(is_active=False)
    acts.end_all_of(offered.viewer("ines"), offered.tomasz)
    elena, form = browse("elena"), f"{running.url}/feedback"
    page = text(elena.get(form))
    assert "Tomasz Zieliński has left." in page
    assert "reads what you write" not in page
    assert 'name="is_shared"' not in page
    shown = text(elena.post(form, {"useful": "very", "thanks": "For the work.", "is_shared": "on"}, follow=True))
    assert "For the work." in shown
    assert "reads it" not in shown
    assert "if Tomasz Zieliński shares theirs too" not in shown


def test_everybody_else_gets_404(running, browse):
    meeting = acts.plan(*_viewer_and(running), timezone.now() + timedelta(days=1))
    goal = Goal.objects.get()
    pages = ["", "/agreement", "/meetings", "/meetings.ics", f"/meetings/{meeting.pk}", "/closed", "/feedback"]
    pages += [f"/meetings/{meeting.pk}/meeting.ics", f"/meetings/{meeting.pk}/moved"]
    posts = ["/accepted", "/declined", "/withdrawn", "/agreed", "/goals", f"/goals/{goal.pk}"]
    posts += [f"/meetings/{meeting.pk}/{act}" for act in ("called-off", "done", "missed", "note", "own-note", "moved")]
    for name in ("ines", "hassan", "noah", "sam"):  # an administrator, the mentor's manager, a colleague, a guest
        client = browse(name)
        assert {page: client.get(running.url + page).status_code for page in pages} == dict.fromkeys(pages, 404)
        assert {page: client.post(running.url + page).status_code for page in posts} == dict.fromkeys(posts, 404)


def _viewer_and(running):
    from watercooler.spine.spaces.viewer import build

    return build(running.mentee_id), running


def test_a_meeting_of_another_pair_is_not_found_below_ones_own(running, offered, browse):
    fatima, ines = offered.viewer("fatima"), offered.viewer("ines")
    other = acts.ask(ines, offered.fatima, "Please.")
    acts.accept(fatima, other)
    theirs = acts.plan(ines, other, timezone.now() + timedelta(days=1))
    elena = browse("elena")
    assert elena.get(f"{running.url}/meetings/{theirs.pk}").status_code == 404
    assert elena.post(f"{running.url}/meetings/{theirs.pk}/called-off").status_code == 404
    assert elena.post(f"{running.url}/goals/{10**15}", {"progress": "50"}).status_code == 404


def test_the_list_says_for_and_against(offered, browse):
    offered.fatima.languages = ["Arabic"]
    offered.fatima.save()
    elena = browse("elena")
    elena.post("/mentoring/wishes", {"wants": "Talking to families", "languages": "English", "ways": "remote"})
    page = text(elena.get("/mentoring/mentors"))
    assert "They speak Arabic." in page
    assert "They work where you do" in page
    assert "How this list is made" in page
    assert "Tomasz" not in page, "Nothing of his fits this wish."
    assert "Tomasz" in text(elena.get("/mentoring/mentors?show=all"))
    assert "Nobody offers this yet" in text(elena.get("/mentoring/mentors?q=sourdough"))


def test_ones_own_line_is_left_out_unless_wished(offered, browse):
    priya = browse("priya")  # reports to Tomasz
    assert "Tomasz Zieliński" not in text(priya.get("/mentoring/mentors?q=fault+finding"))
    priya.post("/mentoring/wishes", {"wants": "Fault finding", "with_own_line": "on"})
    assert "Tomasz Zieliński" in text(priya.get("/mentoring/mentors"))


def test_evidence_a_viewer_may_not_read_is_neither_counted_nor_shown(offered, browse):
    question = offered.question("Who crushes tablets?", by="fatima", space=offered.medicines, source="Tablets.")
    offered.answer(question, "Never crush tablets.", by="fatima")
    while follow():
        pass
    page = text(browse("elena").get("/mentoring/mentors?q=crush+tablets"))
    assert "Fatima" not in page
    assert "Who crushes" not in page


def test_a_no_names_somebody_else(offered, browse):
    asked = acts.ask(offered.viewer("elena"), offered.tomasz, "Please.", ["Talking to families"])
    tomasz, elena = browse("tomasz"), browse("elena")
    assert "Fatima Zahra Benali" in text(tomasz.get(f"{asked.url}/declined"))
    tomasz.post(f"{asked.url}/declined", {"answer": "I am full.", "suggested": "fatima"})
    page = text(elena.get(asked.url))
    assert "I am full." in page
    assert "/mentoring/ask/fatima" in page
    assert tomasz.get(f"{asked.url}/declined").status_code == 404
    MentorProfile.objects.filter(person=offered.fatima).delete()
    assert "/people/fatima" in text(elena.get(asked.url)), "Who is no mentor any more can be asked all the same."


def test_an_old_version_is_shown_and_not_written_over(running, offered, browse):
    acts.propose(offered.viewer("tomasz"), running, **_terms("Lead a job"), based_on=1)
    answer = browse("elena").post(f"{running.url}/agreement", {**TERMS, "based_on": "1"})
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "A newer version was written meanwhile." in page
    assert "Lead a job" in page
    assert "Talk to customers" in page, "What was typed is kept."


def _terms(goal):
    return {"goals": [goal], "rhythm": "monthly", "minutes": 60, "months": 3}


def test_a_box_to_tick_is_a_box(running, offered, browse):
    acts.close(offered.viewer("tomasz"), running)
    elena = browse("elena")
    assert '<input type="checkbox" name="is_shared"' in elena.get(f"{running.url}/feedback").content.decode()
    assert '<input type="checkbox" name="with_own_line"' in elena.get("/mentoring/wishes").content.decode()


def test_refusals_keep_what_was_typed(offered, browse, running):
    elena = browse("elena")
    answer = elena.post(f"{running.url}/meetings", {"starts_at": "2001-01-01T09:00", "minutes": "30", "place": "Van"})
    assert answer.status_code == 422
    assert "Choose a time to come" in answer.content.decode()
    assert "Van" in answer.content.decode()
    assert elena.post(f"{running.url}/meetings", {"starts_at": "soon", "minutes": "30"}).status_code == 422
    assert elena.post("/mentoring/mentor", {"helps_with": "", "places": "1", "rhythm": "weekly"}).status_code == 422
    assert elena.post("/mentoring/ask/fatima", {"note": ""}).status_code == 422
    assert elena.post("/mentoring/ask/fatima", {"note": "\x00"}).status_code in (302, 422)


def test_a_time_is_written_by_the_clock_of_ones_site(running, offered, browse):
    site = offered.elena.site
    site.time_zone = "Asia/Kathmandu"
    site.save()
    when = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT10:00")
    browse("elena").post(f"{running.url}/meetings", {"starts_at": when, "minutes": "30"})
    assert Meeting.objects.get().starts_at.strftime("%H:%M") == "04:15"


def test_beside_a_profile_stands_what_they_offer(offered, browse):
    elena = browse("elena")
    assert "/mentoring/beside/tomasz" in text(elena.get("/people/tomasz"))
    part = {"HX-Request": "true"}
    assert "Ask to be mentored" in text(elena.get("/mentoring/beside/tomasz", headers=part))
    assert "mentor" not in text(elena.get("/mentoring/beside/noah", headers=part))
    acts.pause(offered.viewer("tomasz"))
    paused = text(elena.get("/mentoring/beside/tomasz", headers=part))
    assert "Takes a pause" in paused
    assert "Ask to be mentored" not in paused
    assert elena.get("/mentoring/beside/tomasz").status_code == 302


def test_pausing_and_going_on(offered, browse):
    tomasz = browse("tomasz")
    tomasz.post("/mentoring/mentor/paused")
    assert "You pause." in text(tomasz.get("/mentoring"))
    assert tomasz.post("/mentoring/mentor/paused", {"until": "nonsense"}).status_code == 422
    tomasz.post("/mentoring/mentor/paused/undo")
    assert "place free" in text(tomasz.get("/mentoring"))


def test_guests_have_no_mentoring(offered, browse):
    sam = browse("sam")
    for page in ("", "/mentors", "/mentor", "/wishes", "/ask/tomasz", "/beside/tomasz", "/numbers"):
        assert sam.get(f"/mentoring{page}").status_code == 404
    assert "/mentoring" not in sam.get("/people/hassan").content.decode()


def test_numbers_are_for_leads_and_never_below_five(running, offered, browse):
    assert browse("noah").get("/mentoring/numbers").status_code == 404
    for name in ("elena", "ines"):
        page = text(browse(name).get("/mentoring/numbers"))
        assert "too few to say" in page
        assert "Please show me the work" not in page
        assert "Tomasz" not in page.split("<main")[1]
    assert "/mentoring/numbers" in text(browse("elena").get("/mentoring"))
    assert "/mentoring/numbers" not in text(browse("noah").get("/mentoring"))


def test_five_are_counted(offered, browse):
    names = ["elena", "ines", "noah", "priya", "hassan"]
    acts.offer(offered.viewer("fatima"), helps_with=["Talking"], rhythm="monthly", places=8)
    for name in names:
        asked = acts.ask(offered.viewer(name), offered.fatima, "Please.")
        acts.accept(offered.viewer("fatima"), asked)
        acts.close(offered.viewer(name), asked, "early")
        acts.give_feedback(offered.viewer(name), asked, useful="yes")
    page = text(browse("ines").get("/mentoring/numbers"))
    assert re.search(r"<th scope=\"row\">Useful</th><td>5</td>", page)
    assert re.search(r"<th scope=\"row\">Very useful</th><td>too few to say</td>", page)


def test_the_pages_cost_the_same_for_one_and_for_many(offered, browse, count_queries):
    elena, fatima = browse("elena"), offered.viewer("fatima")
    acts.offer(fatima, helps_with=["Talking"], rhythm="monthly", places=8)

    def cost(address):
        elena.get(address)
        with count_queries() as queries:
            assert elena.get(address).status_code == 200
        return len(queries)

    def over():
        asked = acts.ask(offered.viewer("elena"), offered.fatima, "Please.")
        acts.accept(fatima, asked)
        acts.close(fatima, asked)

    over()
    first = cost("/mentoring")
    for _ in range(5):
        over()
    assert Mentoring.objects.filter(state=State.CLOSED).count() == 6
    assert cost("/mentoring") == first
    assert first <= 16


def test_long_words_and_markup_stay_words(offered, browse):
    acts.offer(offered.viewer("tomasz"), helps_with=["<b>x</b>" + "y" * 50], rhythm="weekly", note="<script>1</script>")
    page = text(browse("elena").get("/mentoring/mentors?show=all"))
    assert "<script>1" not in browse("elena").get("/mentoring/mentors?show=all").content.decode()
    assert "<b>x</b>" in page
