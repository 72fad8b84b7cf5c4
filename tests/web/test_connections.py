"""Connecting in the pages: forms without script, requests, whom both know, cards, people alike; and their cost."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.doors import commits, fresh
from watercooler.places.person.alike import alike
from watercooler.places.person.card import card, folded
from watercooler.projections.experts.acts import choose
from watercooler.spine.activity.worker import follow
from watercooler.spine.content import completing
from watercooler.spine.people.models import Person
from watercooler.spine.people.reads import organisation
from watercooler.spine.social import acts
from watercooler.spine.social.models import Connection
from watercooler.spine.social.reads import connections as ties
from watercooler.spine.spaces.newcomers import add_person

__all__ = ["commits", "fresh"]


@pytest.fixture
def sign_in(sign_in):
    """Everybody in a browser of their own."""
    return lambda person: sign_in(person, Client())


def joined(company, one, other):
    acts.connect(company.viewer(one), company.people[other])
    acts.accept_connection(company.viewer(other), company.people[one])


def page(client, address, **asked) -> str:
    return unescape(client.get(address, asked).content.decode())


@pytest.mark.django_db
def test_from_asking_to_connected_without_script(company, sign_in):
    priya, noah = sign_in(company.priya), sign_in(company.noah)
    assert "Ask to connect" in page(priya, "/people/noah/connect")
    answer = priya.post("/people/noah/connect", {"note": "The lockout on Tuesday."}, follow=True)
    assert "Asked. Noah Whitfield decides." in answer.content.decode()
    assert "Withdraw" in page(priya, "/people/noah")
    while follow():
        pass
    assert "would like to connect with you" in page(noah, "/inbox")
    for address in ("/inbox/requests", "/me/connections/requests"):
        assert "The lockout on Tuesday." in page(noah, address)
    answer = noah.post("/people/priya/connection/accepted", follow=True)
    assert "You and Priya Raman are connected." in answer.content.decode()
    assert "Priya Raman" in page(noah, "/me/connections")
    assert "mailto:noah@fernway.example" in page(priya, "/me/connections")
    while follow():
        pass
    assert "You are connected with <b>Noah Whitfield</b>" in page(priya, "/inbox")


@pytest.mark.django_db
def test_a_script_gets_the_buttons_and_a_toast(company, sign_in):
    answer = sign_in(company.priya).post("/people/noah/connect", {"note": ""}, headers={"HX-Request": "true"})
    text = unescape(answer.content.decode())
    assert 'id="tie-noah"' in text
    assert "Withdraw" in text
    assert "/people/noah/connection/ended" in text


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["accepted", "declined", "ended"])
def test_every_answer_offers_to_be_taken_back(company, sign_in, what):
    acts.connect(company.viewer("priya"), company.noah)
    handle, client = ("noah", sign_in(company.priya)) if what == "ended" else ("priya", sign_in(company.noah))
    address = f"/people/{handle}/connection/{what}"
    assert f'action="{address}/undo"' in unescape(client.post(address, follow=True).content.decode())
    assert "As it was before." in client.post(f"{address}/undo", follow=True).content.decode()
    assert client.post(f"{address}/undo").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["connect", "introduce", "card.vcf", "both-know"])
@pytest.mark.parametrize("handle", ["fatima", "nobody"])
def test_for_a_guest_others_do_not_exist(company, sign_in, address, handle):
    sam = sign_in(company.sam)
    assert sam.get(f"/people/{handle}/{address}").status_code == 404
    assert sam.post(f"/people/{handle}/connect").status_code == 404
    assert sam.post(f"/people/{handle}/connection/accepted").status_code == 404


@pytest.mark.django_db
def test_whom_both_know_is_on_the_profile(company, sign_in):
    joined(company, "hassan", "noah")
    joined(company, "priya", "noah")
    assert "You both know" in page(sign_in(company.priya), "/people/hassan")
    assert "Noah Whitfield" in page(sign_in(company.priya), "/people/hassan/both-know")
    assert "You both know" not in page(sign_in(company.fatima), "/people/hassan")
    assert "Noah Whitfield" not in page(sign_in(company.fatima), "/people/hassan/both-know")
    sign_in(company.noah).post("/me/connections/seen", {"hides_connections": "on"})
    assert "You both know" not in page(sign_in(company.priya), "/people/hassan")


@pytest.mark.django_db
def test_introducing_two(company, sign_in):
    hassan = sign_in(company.hassan)
    assert "Fatima Zahra Benali (@fatima)" in page(hassan, "/people/priya/introduce/offers", to="fat")
    assert hassan.post("/people/priya/introduce", {"to": "Fatima Zahra Benali", "note": ""}).status_code == 422
    assert hassan.post("/people/priya/introduce", {"to": "Nobody", "note": "x"}).status_code == 422
    sent = {"to": "Fatima Zahra Benali (@fatima)", "note": "Checklists."}
    answer = hassan.post("/people/priya/introduce", sent, follow=True)
    assert "Introduced. Both read your note." in answer.content.decode()
    while follow():
        pass
    told = page(sign_in(company.priya), "/inbox")
    assert "<b>Hassan El-Amin</b> would like you to meet <b>Fatima Zahra Benali</b>" in told
    assert "Checklists." in told
    number = re.search(r"/introductions/(\d+)/met", page(sign_in(company.priya), "/inbox/requests"))[1]
    assert "As soon as" in sign_in(company.priya).post(f"/introductions/{number}/met", follow=True).content.decode()
    assert sign_in(company.noah).post(f"/introductions/{number}/met").status_code == 404
    answer = sign_in(company.fatima).post(f"/introductions/{number}/met", follow=True)
    assert "You and Priya Raman are connected." in answer.content.decode()
    assert "They are connected" in page(hassan, "/me/connections/requests")


@pytest.mark.django_db
def test_those_one_knows_come_first(company, sign_in):
    add_person(handle="amir", name="Amir Noori", joined_at=timezone.now())
    company.people["amir"] = Person.objects.get(handle="amir")
    joined(company, "priya", "noah")
    offered = page(sign_in(company.priya), "/people/hassan/introduce/offers", to="no")
    assert offered.index("Noah Whitfield") < offered.index("Amir Noori")
    offered = page(sign_in(company.priya), f"/items/{company.post().pk}/recommend/offers", to="no")
    assert offered.index("Noah Whitfield") < offered.index("Amir Noori")
    assert completing.people(company.viewer("elena"), "no")[0]["value"] == "noah"
    joined(company, "elena", "amir")
    assert completing.people(company.viewer("elena"), "no")[0]["value"] == "amir"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/people/noah", 2),
        ("/me/connections", 4),
        ("/me/connections?q=p", 3),
        ("/me/connections/requests", 4),
        ("/me/connections/alike", 2),
        ("/inbox/requests", 3),
        ("/people/noah/both-know", 3),
        ("/people/noah/card.vcf", 2),
    ],
)
@pytest.mark.parametrize("many", [2, 50])
def test_what_pages_cost(company, sign_in, count_queries, address, most, many):
    for number in range(many):
        one = add_person(handle=f"p{number}", name=f"P {number}", joined_at=timezone.now(), offers=["Defrost"])
        for other in (company.priya, company.noah):
            low, high = sorted([one.pk, other.pk])
            state = "connected" if number % 2 else "asked"
            Connection.objects.create(one_id=low, other_id=high, asker_id=one.pk, state=state, at=timezone.now())
    client = sign_in(company.priya)
    client.get(address)
    organisation()
    with count_queries() as seen:
        assert client.get(address).status_code == 200
    assert len(seen) <= most, seen


@pytest.mark.django_db
def test_every_connection_is_on_exactly_one_page(company, sign_in, monkeypatch):
    for name in ("noah", "tomasz", "elena", "hassan", "ruth"):
        joined(company, "priya", name)
    seen, after = [], ""
    while True:
        found, after = ties.connections(company.viewer("priya"), "", after, limit=2)
        seen += [one.handle for one in found]
        if not after:
            break
    assert seen == ["elena", "hassan", "noah", "ruth", "tomasz"]


# Cards


def lines(text: str) -> dict[str, str]:
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return dict(line.split(":", 1) for line in text.replace("\r\n ", "").split("\r\n") if line)


PERSON = {"name": "Fatima Zahra Benali", "job": "Lead; care, nights", "unit": "Care", "town": "Bradford",
          "zone": "Europe/London", "offers": ["A,b", "c"], "about": "Two\nlines \\ here"}  # fmt: skip


def test_a_card_says_what_the_page_says():
    said = lines(card(PERSON, "Fernway", "https://x.example/people/fatima", "fatima@fernway.example"))
    assert list(said)[:2] == ["BEGIN", "VERSION"]
    assert (said["VERSION"], said["FN"]) == ("4.0", "Fatima Zahra Benali")
    assert said["N"] == "Benali;Fatima Zahra;;;"
    assert said["TITLE"] == "Lead\\; care\\, nights"
    assert said["ORG"] == "Fernway;Care"
    assert said["CATEGORIES"] == "A\\,b,c"
    assert said["NOTE"] == "Two\\nlines \\\\ here"
    assert said["ADR;TYPE=work"] == ";;;Bradford;;;"
    assert said["EMAIL;TYPE=work"] == "fatima@fernway.example"


@given(st.text(max_size=300))
def test_a_folded_line_unfolds_to_itself(text):
    text = text.replace("\r", "").replace("\n", "")
    broken = folded(text)
    assert broken.replace("\r\n ", "").removesuffix("\r\n") == text
    assert all(len(part.encode("utf-8", "replace")) <= 75 for part in broken.split("\r\n"))


@given(st.fixed_dictionaries({name: st.text(max_size=80) for name in ("name", "job", "about", "town", "unit")}))
def test_nothing_written_makes_a_line_of_its_own(fields):
    said = card({**PERSON, **fields}, "Fernway", "https://x.example/people/f").replace("\r\n ", "").split("\r\n")
    names = {line.split(":", 1)[0] for line in said if line}
    known = {"BEGIN", "VERSION", "KIND", "UID", "FN", "N", "TITLE", "ORG", "ADR;TYPE=work", "TZ", "URL", "CATEGORIES"}
    assert names <= {*known, "NOTE", "END"}


@pytest.mark.django_db
def test_the_address_is_on_the_cards_of_connections_alone(company, sign_in):
    priya = sign_in(company.priya)
    answer = priya.get("/people/noah/card.vcf")
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert 'filename="noah.vcf"' in answer["Content-Disposition"]
    assert "EMAIL" not in answer.content.decode()
    acts.connect(company.viewer("priya"), company.noah)
    assert "EMAIL" not in priya.get("/people/noah/card.vcf").content.decode()
    acts.accept_connection(company.viewer("noah"), company.priya)
    assert "noah@fernway.example" in priya.get("/people/noah/card.vcf").content.decode()
    assert "priya@fernway.example" in priya.get("/people/priya/card.vcf").content.decode()


# People like you


def near(company, name="priya") -> dict[str, str]:
    return {one.handle: one.reason for one in alike(company.viewer(name))}


@pytest.mark.django_db
def test_each_is_suggested_with_the_strongest_reason(company):
    Person.objects.update(unit=None)
    people = Person.objects
    people.filter(handle="priya").update(offers=["Gauges"], wants_to_learn=["Welsh", "Bees"])
    people.filter(handle="tomasz").update(offers=["welsh", "Gauges"])
    people.filter(handle="noah").update(wants_to_learn=["gauges"])
    people.filter(handle="hassan").update(offers=["Gauges"])
    people.filter(handle="elena").update(wants_to_learn=["Bees"])
    assert near(company) == {
        "tomasz": "Can be asked about welsh, which you want to learn.",
        "noah": "Wants to learn gauges, which you know about.",
        "hassan": "You both know about Gauges.",
        "elena": "You both want to learn Bees.",
    }
    assert next(iter(near(company))) == "tomasz"


@pytest.mark.django_db
def test_who_wrote_about_the_same_and_whom_friends_know(company):
    Person.objects.update(unit=None)
    for by in ("priya", "tomasz"):
        company.answer(company.question(topics=["Defrost"]), by=by)
    joined(company, "priya", "noah")
    joined(company, "noah", "fatima")
    while follow():
        pass
    assert near(company) == {
        "tomasz": "You both wrote about Defrost.",
        "fatima": "You both know Noah Whitfield.",
    }
    acts.choose_connections(company.viewer("noah"), hides=True, is_not_suggested=False)
    choose(company.viewer("tomasz"), is_out=True, takes_nudges=True)
    assert near(company) == {}


@pytest.mark.django_db
def test_colleagues_of_ones_unit_and_site(company):
    assert near(company)["hassan"] == "Works where you work, in the same unit."


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["opted out", "connected", "asked", "muted", "left", "guest"])
def test_who_is_not_suggested(company, how):
    Person.objects.filter(handle__in=["priya", "noah"]).update(offers=["Gauges"])
    assert "noah" in near(company)
    priya = company.viewer("priya")
    if how == "opted out":
        acts.choose_connections(company.viewer("noah"), hides=False, is_not_suggested=True)
    elif how == "connected":
        joined(company, "priya", "noah")
    elif how == "asked":
        acts.connect(priya, company.noah)
    elif how == "muted":
        acts.mute(priya, company.noah)
    elif how == "left":
        Person.objects.filter(handle="noah").update(is_active=False)
    else:
        ends = timezone.now().date() + timedelta(days=9)
        Person.objects.filter(handle="noah").update(role=10, sponsor=company.hassan, ends_on=ends)
    assert "noah" not in near(company)


@pytest.mark.django_db
def test_a_guest_is_suggested_people_of_their_spaces_alone(company):
    Person.objects.filter(handle__in=["sam", "fatima", "noah"]).update(offers=["Gauges"])
    assert "noah" in near(company, "sam")
    assert "fatima" not in near(company, "sam")


@pytest.mark.django_db
def test_what_one_may_not_read_suggests_nobody(company):
    """An answer in a secret space brings no reason, however near it is."""
    Person.objects.update(unit=None)
    for by, space in (("priya", company.heat), ("ruth", company.council)):
        question = company.question(topics=["Defrost"], by=by, space=space)
        company.answer(question, by=by)
    while follow():
        pass
    assert near(company) == {}
