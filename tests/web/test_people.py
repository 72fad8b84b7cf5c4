"""Profiles and the directory: what is shown, to whom, and at what cost."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.doors import commits, fresh
from watercooler.projections.contributions.models import Contribution
from watercooler.projections.contributions.projection import Contributions
from watercooler.spine.activity.projections import catch_up, rebuild
from watercooler.spine.activity.worker import sequence
from watercooler.spine.content.acts import move, remove, restore
from watercooler.spine.people.models import Person, Site, Unit
from watercooler.spine.people.reads import organisation
from watercooler.spine.social.acts import helped, not_helped
from watercooler.spine.spaces.acts import leave
from watercooler.spine.spaces.models import Membership
from watercooler.spine.spaces.newcomers import add_person

__all__ = ["commits", "fresh"]
pytestmark = pytest.mark.django_db

TABS = ["", "/wall", "/answers", "/articles"]


@pytest.mark.parametrize("tab", TABS)
def test_a_profile_shows_real_identity(company, sign_in, tab):
    page = sign_in(company.priya).get(f"/people/tomasz{tab}").content.decode()
    assert "Tomasz Zieliński" in page
    assert "Senior heat pump engineer" in page


@pytest.mark.parametrize("tab", TABS)
def test_a_profile_costs_two_queries(company, sign_in, count_queries, tab):
    for _ in range(3):
        company.answer(company.question())
        company.article()
        company.post()
    client = sign_in(company.priya)
    client.get(f"/people/tomasz{tab}")
    organisation()
    with count_queries() as seen:
        assert client.get(f"/people/tomasz{tab}").status_code == 200
    assert len(seen) <= 2, seen


@pytest.mark.parametrize("asked", ["", "?q=tomas", "?site=1&skill=Defrost&language=Polish&open=1"])
@pytest.mark.parametrize("many", [0, 40])
def test_the_directory_costs_three_queries(company, sign_in, count_queries, asked, many):
    """One finds, one counts what fits, one reads the frame; for two people and for fifty."""
    for number in range(many):
        add_person(handle=f"p{number}", name=f"Tomas {number}", offers=["Defrost"], languages=["Polish"])
    client = sign_in(company.priya)
    client.get(f"/people{asked}")
    with count_queries() as seen:
        assert client.get(f"/people{asked}").status_code == 200
    assert len(seen) <= (3 if asked else 2), seen


def counts(page: str) -> dict[str, str]:
    """Return label → number of the facets on a page."""
    found = re.findall(r'class="chk"><input[^>]*>([^<]*)<span class="n">([^<]*)</span>', html.unescape(page))
    return dict(found)


def test_counts_say_what_a_tick_would_leave(company, sign_in):
    """A facet counts with everything else that is asked for, and without itself."""
    bath = Site.objects.create(name="Bath")
    Person.objects.filter(handle__in=["tomasz", "noah"]).update(offers=["Defrost"])
    Person.objects.filter(handle="noah").update(site=bath, languages=["Polish"])
    client = sign_in(company.priya)
    everybody = counts(client.get("/people", {"q": ""}).content.decode())
    assert (everybody["Defrost"], everybody["Bath"], everybody["Leeds depot"]) == ("2", "1", "8")
    at_bath = counts(client.get("/people", {"site": bath.pk}).content.decode())
    assert (at_bath["Defrost"], at_bath["Bath"], at_bath["Leeds depot"]) == ("1", "1", "8")
    knows = counts(client.get("/people", {"skill": "Defrost"}).content.decode())
    assert (knows["Bath"], knows["Leeds depot"], knows["Polish"]) == ("1", "1", "1")
    typed = counts(client.get("/people", {"q": "noah"}).content.decode())
    assert (typed["Bath"], "Leeds depot" in typed) == ("1", False)


def test_a_unit_stands_for_its_parts(company, sign_in):
    part = Unit.objects.create(name="Ground source", parent=company.noah.unit)
    Person.objects.filter(handle="noah").update(unit=part)
    page = sign_in(company.priya).get("/people", {"unit": company.priya.unit_id}).content.decode()
    assert "Noah Whitfield" in page
    assert counts(page)["Ground source"] == "1"
    assert counts(page)["Fernway Heat"] == "9"
    assert "Priya" not in people_on(sign_in(company.ruth).get("/people", {"unit": part.pk}))


def people_on(response) -> list[str]:
    return re.findall(r'<h3><a href="/people/[a-z0-9]+">([^<]*)</a>', html.unescape(response.content.decode()))


def test_words_and_facets_narrow_together(company, sign_in):
    Person.objects.filter(handle="tomasz").update(about="I keep bees and mend old gauges.", languages=["Polish"])
    Person.objects.filter(handle="noah").update(about="Bees!")
    client = sign_in(company.priya)
    assert set(people_on(client.get("/people", {"q": "bees"}))) == {"Tomasz Zieliński", "Noah Whitfield"}
    assert people_on(client.get("/people", {"q": "bees", "language": "Polish"})) == ["Tomasz Zieliński"]
    assert people_on(client.get("/people", {"q": "gauges leeds"})) == ["Tomasz Zieliński"]
    page = client.get("/people", {"q": "bees", "language": "Polish"}).content.decode()
    assert '<input type="hidden" name="language" value="Polish">' in page, "looking again keeps the ticks"
    assert "1 person" in page


def test_a_tick_that_leaves_nobody_can_be_taken_off(company, sign_in):
    page = sign_in(company.priya).get("/people", {"skill": "Zorbing"}).content.decode()
    assert "Nobody by that description" in page
    assert counts(page)["Zorbing"] == "0"
    assert "Remove Zorbing" in page


@pytest.mark.parametrize("typed", ["Tomasz", "tomaz", "Zielinski", "zielinksi", "tomasz z", "heat pump", "tomasz"])
def test_people_are_found_however_spelt(company, sign_in, typed):
    page = sign_in(company.priya).get("/people", {"q": typed}).content.decode()
    assert "Tomasz Zieliński" in page


def test_nobody_is_found_by_a_name_nobody_has(company, sign_in):
    page = sign_in(company.priya).get("/people", {"q": "xqzwv"}).content.decode()
    assert "Nobody by that description" in page


@pytest.mark.parametrize("typed", ["%", "_", "'", '"', "\\", "\x00", "(((", "&|!", "\u202e", "a" * 500])
def test_odd_things_typed_break_nothing(company, sign_in, typed):
    client = sign_in(company.priya)
    assert client.get("/people", {"q": typed}).status_code == 200
    assert client.get("/people", {"after": typed, "site": typed, "skill": typed}).status_code == 200
    assert client.get("/people/tomasz/wall", {"after": typed}).status_code == 200


def test_people_are_found_by_what_they_offer_speak_and_where_they_are(company, sign_in):
    Person.objects.filter(handle="tomasz").update(offers=["Defrost"], languages=["Polish"], status="Open to questions")
    client = sign_in(company.priya)
    site = company.tomasz.site_id
    for asked in ({"skill": "Defrost"}, {"language": "Polish"}, {"open": "1"}, {"q": "defrost"}):
        page = client.get("/people", asked).content.decode()
        assert "Tomasz" in page
        assert "Noah Whitfield" not in page
    assert "Noah Whitfield" in client.get("/people", {"site": site}).content.decode()


def test_every_person_is_on_exactly_one_page(company, sign_in, monkeypatch):
    monkeypatch.setattr("watercooler.places.person.directory.PAGE", 2)
    client, seen, address = sign_in(company.priya), [], "/people"
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r'<h3><a href="/people/([a-z]+)">', html.unescape(page))
        more = re.search(r'href="([^"]*)" rel="next"', page)
        address = f"/people{html.unescape(more[1])}" if more else ""
    assert sorted(seen) == sorted(company.people)
    assert seen == [p.handle for p in sorted(company.people.values(), key=lambda p: p.name.lower())]


# What a guest may know: those they share a space with, nobody else.


@pytest.mark.parametrize("handle", ["tomasz", "priya", "hassan", "noah", "elena", "sam"])
def test_a_guest_sees_who_is_in_their_spaces(company, sign_in, handle):
    assert sign_in(company.sam).get(f"/people/{handle}").status_code == 200


@pytest.mark.parametrize("handle", ["fatima", "ruth", "ines", "nobody"])
@pytest.mark.parametrize("tab", TABS)
def test_for_a_guest_others_do_not_exist(company, sign_in, handle, tab):
    assert sign_in(company.sam).get(f"/people/{handle}{tab}").status_code == 404


def test_a_guest_is_told_nothing_of_the_reporting_line(company, sign_in):
    page = sign_in(company.sam).get("/people/hassan").content.decode()
    assert "Ruth" not in page  # his manager
    assert "Reports to" not in page


def test_the_directory_of_a_guest(company, sign_in):
    client = sign_in(company.sam)
    page = client.get("/people").content.decode()
    assert "Tomasz" in page
    assert "Fatima" not in page
    assert "Leeds depot" not in page.split("Tomasz")[0]  # no facets
    assert "Fatima" not in client.get("/people", {"q": "fatima"}).content.decode()


def test_a_guest_who_is_let_out_knows_nobody_any_more(company, sign_in):
    leave(company.viewer("sam"), company.heat)
    assert sign_in(company.sam).get("/people/tomasz").status_code == 404


def test_guests_are_marked(company, sign_in):
    client = sign_in(company.priya)
    page = client.get("/people/sam").content.decode()
    assert "External" in page
    assert "Guest of Hassan El-Amin until" in page
    assert "External" in client.get("/people", {"q": "sam"}).content.decode()


def test_a_guest_reads_no_walls(company, sign_in):
    from watercooler.spine.spaces.models import Space

    company.post(by="tomasz", space=Space.objects.get(slug="~tomasz"), source="On my own wall.")
    assert "On my own wall." in sign_in(company.priya).get("/people/tomasz/wall").content.decode()
    assert "On my own wall." not in sign_in(company.sam).get("/people/tomasz/wall").content.decode()


# What profiles list.


def test_lists_show_only_what_the_reader_may_read(company, sign_in):
    company.article(by="fatima", space=company.medicines, title="Controlled drugs")
    assert "Controlled drugs" in sign_in(company.fatima).get("/people/fatima/articles").content.decode()
    assert "Controlled drugs" not in sign_in(company.priya).get("/people/fatima/articles").content.decode()


def test_answers_stand_below_their_questions(company, sign_in):
    question = company.question(title="Why does it lock out?")
    company.answer(question, "Look at the coil first.")
    page = sign_in(company.priya).get("/people/tomasz/answers").content.decode()
    assert "Why does it lock out?" in page
    assert "Look at the coil first." in page


def test_known_for_is_empty_until_there_is_evidence(company, sign_in):
    page = sign_in(company.priya).get("/people/tomasz").content.decode()
    assert "never from what somebody says of themselves" in page


def test_the_reporting_line(company, sign_in):
    page = sign_in(company.priya).get("/people/tomasz").content.decode()
    assert "Hassan El-Amin" in page
    assert "Noah Whitfield" in page
    assert "Reports to Tomasz" in page


def test_own_profile_offers_to_change_it_and_not_to_follow_oneself(company, sign_in):
    page = sign_in(company.priya).get("/people/priya").content.decode()
    assert "Change your profile" in page
    assert "/people/priya/followed" not in page


# What was given, in sums.


def sums(person):
    sequence()
    catch_up(Contributions())
    rows = Contribution.objects.filter(person=person)
    return tuple(sum(each) for each in zip(*rows.values_list("helped", "answers", "accepted"), strict=True))


def test_sums_follow_what_happens_and_a_rebuild_agrees(company):
    question = company.question()
    answer = company.answer(question)
    helped(company.viewer("noah"), answer)
    helped(company.viewer("priya"), answer)
    assert sums(company.tomasz) == (2, 1, 0)
    not_helped(company.viewer("priya"), answer)
    assert sums(company.tomasz) == (1, 1, 0)
    remove(company.viewer("noah"), question.item)
    assert sums(company.tomasz) == ()
    restore(company.viewer("noah"), question.item)
    assert sums(company.tomasz) == (1, 1, 0)
    live = Contributions().snapshot()
    rebuild(Contributions())
    assert Contributions().snapshot() == live


def test_sums_go_with_what_is_moved_and_are_of_what_the_reader_may_read(company, sign_in):
    Membership.objects.create(space=company.council, person=company.tomasz, since=timezone.now())
    question = company.question(by="tomasz")
    company.answer(question, by="tomasz")
    company.question(by="tomasz", space=company.council)
    assert sums(company.tomasz) == (0, 1, 0)

    def told(who):
        given = sign_in(company.people[who], Client()).get("/api/v1/people/tomasz").json()["given"]
        return given["questions"], given["answers"]

    assert told("tomasz") == (2, 1)
    assert told("noah") == (1, 1)
    move(company.viewer("tomasz"), question.item, company.council)
    sums(company.tomasz)
    assert told("noah") == (0, 0)
    assert told("tomasz") == (2, 1)
    live = Contributions().snapshot()
    rebuild(Contributions())
    assert Contributions().snapshot() == live


def test_a_manager_who_left_is_named_as_such(company, sign_in):
    client = sign_in(company.priya)
    assert "Has left" not in client.get("/people/noah").content.decode()
    Person.objects.filter(pk=company.noah.manager_id).update(is_active=False)
    page = client.get("/people/noah").content.decode()
    assert re.search(r"Manager · Has left", page)
