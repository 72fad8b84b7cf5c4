"""The team finder: who covers what and why, whom it may name, and what a page of it costs."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.utils import timezone

from tests.doors import commits, fresh
from watercooler.places.person.team.candidates import Wanted
from watercooler.places.person.team.found import team
from watercooler.projections.experts.acts import choose, hide
from watercooler.projections.experts.models import Nudge
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.models import Topic
from watercooler.spine.people.models import Person, Site
from watercooler.spine.social.acts import helped
from watercooler.spine.spaces.models import Membership, Space
from watercooler.spine.spaces.newcomers import add_person

__all__ = ["commits", "fresh"]
pytestmark = pytest.mark.django_db


def offers(**words: list[str]) -> None:
    for handle, each in words.items():
        Person.objects.filter(handle=handle).update(offers=each)


def handles(found) -> list[str]:
    return [one.person.handle for one in found.members]


@pytest.fixture
def priya(company):
    return company.viewer("priya")


@pytest.fixture
def shown(company):
    """Tomasz has shown that he knows about defrosting; Noah only says so."""
    item = company.answer(
        company.question("How long does a defrost take?", topics=["Defrost"]), "Ten minutes of defrost."
    )
    helped(company.viewer("noah"), item)
    offers(noah=["Defrost"])
    while follow():
        pass
    return company


def test_the_fewest_people_for_all_of_it(company, priya):
    offers(tomasz=["Gauges", "Welsh"], noah=["Bees"], hassan=["Gauges"], elena=["Welsh"])
    found = team(priya, Wanted(skills=("Gauges", "Welsh", "Bees")))
    assert handles(found) == ["tomasz", "noah"]
    assert found.is_smallest
    assert [one.handle for one in found.others["Gauges"]] == ["hassan"]
    assert found.members[0].alone == ["Gauges", "Welsh"]


def test_work_counts_more_than_words_and_the_two_are_told_apart(shown):
    found = team(shown.viewer("priya"), Wanted(skills=("defrost",)))
    (one,) = found.members
    ability = one.person.abilities["defrost"]
    assert one.person.handle == "tomasz"
    assert (ability.is_proven, ability.helped, ability.says) == (True, 1, "")
    assert ability.proofs[0].url.startswith("/q/")
    (other,) = found.others["defrost"]
    assert (other.handle, other.abilities["defrost"].is_proven, other.abilities["defrost"].says) == (
        "noah", False, "Defrost",
    )  # fmt: skip


def test_half_a_skill_is_not_shown_by_work(shown):
    """An answer that holds one of two words is near in a search, and no proof of the whole."""
    found = team(shown.viewer("priya"), Wanted(skills=("defrost budgets",)))
    assert found.open_skills == ["defrost budgets"]


def test_who_hid_it_or_opted_out_is_not_named(shown):
    priya, wanted = shown.viewer("priya"), Wanted(skills=("defrost",))
    hide(shown.viewer("tomasz"), Topic.objects.get(slug="defrost"))
    choose(shown.viewer("noah"), is_out=True, takes_nudges=True)
    found = team(priya, wanted)
    assert (handles(found), found.open_skills, found.others) == ([], ["defrost"], {"defrost": []})


def test_what_one_may_not_read_names_nobody(company):
    question = company.question("Insulin pens in summer?", by="fatima", space=company.medicines)
    helped_by = company.answer(question, "Insulin stays in the fridge.", by="fatima")
    while follow():
        pass
    assert helped_by.audience == company.medicines.pk
    for name in ("priya", "ines"):
        assert handles(team(company.viewer(name), Wanted(skills=("Insulin",)))) == []


def test_who_was_asked_a_lot_comes_later(company, priya):
    offers(tomasz=["Bees"], noah=["Bees"])
    assert handles(team(priya, Wanted(skills=("Bees",)))) == [
        "noah" if company.noah.pk < company.tomasz.pk else "tomasz"
    ]
    first = team(priya, Wanted(skills=("Bees",))).members[0].person
    for _ in range(2):
        Nudge.objects.create(item=company.question().item, person_id=first.id, at=timezone.now())
    assert handles(team(priya, Wanted(skills=("Bees",)))) != [first.handle]


def test_whole_words_are_matched(company, priya):
    offers(tomasz=["Smart homes"], noah=["Under-water welding"])
    assert team(priya, Wanted(skills=("art",))).open_skills == ["art"]
    assert handles(team(priya, Wanted(skills=("WELDING",)))) == ["noah"]


def test_who_must_be_in_is_in_and_who_is_swapped_is_out(company, priya):
    offers(tomasz=["Gauges", "Bees"], noah=["Bees"], hassan=["Gauges"])
    found = team(priya, Wanted(skills=("Gauges", "Bees"), must=("fatima", "nobody")))
    assert handles(found) == ["fatima", "tomasz"]
    assert found.unknown == ["nobody"]
    assert not found.members[0].can_swap
    found = team(priya, Wanted(skills=("Gauges", "Bees"), left_out=("tomasz",)))
    assert sorted(handles(found)) == ["hassan", "noah"]


def test_staying_within_and_spanning_sites(company, priya):
    bath = Site.objects.create(name="Bath")
    offers(tomasz=["Gauges", "Bees"], noah=["Bees"], hassan=["Gauges"])
    Person.objects.filter(handle="noah").update(site=bath)
    leeds = company.hassan.site_id
    assert handles(team(priya, Wanted(skills=("Bees",), site=(bath.pk,)))) == ["noah"]
    both = team(priya, Wanted(skills=("Gauges", "Bees"), site=(bath.pk, leeds), spans=True))
    assert sorted(handles(both)) in (["hassan", "noah"], ["noah", "tomasz"])
    empty = Site.objects.create(name="Nowhere")
    assert team(priya, Wanted(skills=("Bees",), site=(empty.pk,), spans=True)).open_places == 1


def test_languages_and_who_is_open(company, priya):
    offers(tomasz=["Bees"], noah=["Bees"])
    Person.objects.filter(handle="tomasz").update(languages=["Polish"])
    Person.objects.filter(handle="noah").update(status="Open to questions")
    assert handles(team(priya, Wanted(skills=("Bees",), language="Polish"))) == ["tomasz"]
    assert handles(team(priya, Wanted(skills=("Bees",), only_open=True))) == ["noah"]


def test_guests_have_no_such_page_and_are_in_no_team(company, sign_in, priya):
    offers(sam=["Bees"])
    assert team(priya, Wanted(skills=("Bees",))).open_skills == ["Bees"]
    sam = sign_in(company.sam)
    assert [sam.get(a).status_code for a in ("/teams?skill=Bees", "/teams/skills?add=b")] == [404, 404]
    assert sam.post("/teams/space", {"person": "tomasz"}).status_code == 404


# The page


def test_what_is_typed_becomes_an_address_to_hand_on(company, sign_in):
    client = sign_in(company.priya)
    answer = client.get("/teams", {"skill": "Gauges", "add": "Bees,  bees, gauges, Welsh"})
    assert answer["Location"] == "/teams?skill=Gauges&skill=Bees&skill=bees&skill=Welsh"
    answer = client.get("/teams", {"skill": "Gauges", "add_person": "Noah Whitfield", "span": "1"})
    assert answer["Location"] == "/teams?skill=Gauges&with=noah&span=1"
    assert client.get("/teams", {"add": " , "})["Location"] == "/teams"


def test_the_page_says_who_why_and_what_is_missing(shown, sign_in):
    client = sign_in(shown.priya)
    text = unescape(client.get("/teams?skill=defrost&skill=Zorbing").content.decode())
    assert "1 person knows 1 of 2" in text
    assert "No smaller team could." in text
    assert "helped once" in text
    assert "Covered by nobody" in text
    assert "How long does a defrost take?" in text
    swap = re.search(r'href="(/teams\?[^"]*not=tomasz[^"]*)"', text)[1]
    text = unescape(client.get(swap).content.decode())
    assert "says so: “Defrost”" in text
    assert "the others kept" not in text  # there was nobody else


def test_skills_and_topics_are_offered(shown, sign_in):
    assert 'value="Gas, Defrost"' in sign_in(shown.priya).get("/teams/skills", {"add": "Gas, defr"}).content.decode()


def test_a_space_for_the_team(company, sign_in):
    client = sign_in(company.priya)
    sent = {"person": ["noah", "tomasz", "priya"], "name": "Spring trial", "objective": "Fewer call-backs."}
    assert client.post("/teams/space", sent)["Location"] == "/spaces/spring-trial/"
    space = Space.objects.get(slug="spring-trial")
    assert space.access == "closed"
    asked = Membership.objects.filter(space=space, standing="invited").values_list("person__handle", flat=True)
    assert sorted(asked) == ["noah", "tomasz"]
    assert client.post("/teams/space", {"name": "x", "objective": "y"}).status_code == 422
    assert client.post("/teams/space", {**sent, "objective": ""}).status_code == 422


@pytest.mark.parametrize("typed", ["%", "'", "\\", "\x00", "(((", "a" * 400, "\ud800", "&|!"])
def test_odd_things_typed_break_nothing(company, sign_in, typed):
    client = sign_in(company.priya)
    typed = typed.encode("utf-8", "surrogatepass")
    for asked in ({"skill": typed}, {"add": typed}, {"add_person": typed}, {"site": typed, "skill": "x"}):
        assert client.get("/teams", asked).status_code in (200, 302)
    assert client.get("/teams/skills", {"add": typed}).status_code == 200


@pytest.mark.parametrize("many", [2, 50])
def test_what_a_team_costs(company, sign_in, count_queries, many):
    for number in range(many):
        add_person(handle=f"p{number}", name=f"P {number}", joined_at=timezone.now(), offers=["Gauges", "Bees"])
    client = sign_in(company.priya)
    address = "/teams?skill=Gauges&skill=Bees&skill=Welsh&with=noah"
    client.get(address)
    with count_queries() as seen:
        assert client.get(address).status_code == 200
    assert len(seen) <= 6 + 3, seen
