"""Coming in by a link, founding the house, and the first steps."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.company import PASSWORD
from tests.doors import commits, enter, fresh, give_password, is_in
from tests.together import at_once
from watercooler.config.commands import prepare
from watercooler.doors.signin.first_run import AlreadyFounded, found, setup_key
from watercooler.places.space.starters import starter
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.people.acts import invite, use_invitation
from watercooler.spine.people.models import Invitation, Organisation, Person
from watercooler.spine.social.models import Follow
from watercooler.spine.spaces.models import Membership, Space
from watercooler.spine.spaces.viewer import build

__all__ = ["commits", "fresh"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits")]


@pytest.fixture
def link(company):
    """Noah's open invitation from Ines; he is new."""
    Person.objects.filter(pk=company.noah.pk).update(welcomed_at=None)
    return f"/invitation/{invite(company.viewer('ines'), company.noah).token}"


def test_the_link_says_who_invited_whom(client, link):
    page = client.get(link).content.decode()
    assert "Inés Quiroga invited you" in page
    assert "Hello Noah Whitfield." in page


def test_a_password_lets_one_in_and_leads_to_the_first_steps(company, client, link):
    assert client.post(link, {"password1": PASSWORD})["Location"] == "/start"
    assert is_in(client)
    company.noah.refresh_from_db()
    assert company.noah.check_password(PASSWORD)


def test_somebody_without_an_address_comes_in_too(company, client, link):
    Person.objects.filter(pk=company.noah.pk).update(email="")
    client.post(link, {"password1": PASSWORD})
    assert is_in(client)
    assert enter(Client(), "noah")["Location"] == "/start"


def test_a_weak_password_uses_nothing_up(client, link):
    answer = client.post(link, {"password1": "short"})
    assert answer.status_code == 422
    assert client.post(link, {"password1": PASSWORD}).status_code == 302


def test_a_passkey_can_stand_in_for_the_password(company, client, link):
    assert client.post(link, {"passkey": "1"})["Location"] == "/me/security/passkeys/new"
    assert client.get("/me/security/passkeys/new").status_code == 200


def test_a_link_works_once(client, link):
    client.post(link, {"password1": PASSWORD})
    for answer in (Client().get(link), Client().post(link, {"password1": PASSWORD})):
        assert answer.status_code == 410
        assert "Ask Inés Quiroga for a new one" in answer.content.decode()


def test_an_old_link_and_an_unknown_one(client, link):
    Invitation.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert client.get(link).status_code == 410
    unknown = client.get("/invitation/nonsense")
    assert unknown.status_code == 410
    assert "Ask whoever sent it" in unknown.content.decode()


def test_a_link_of_somebody_who_left(company, client, link):
    Person.objects.filter(pk=company.noah.pk).update(is_active=False)
    assert client.post(link, {"password1": PASSWORD}).status_code == 410
    assert not is_in(client)


def test_a_link_on_a_shared_tablet_signs_the_other_person_out(company, client, link):
    give_password(company.priya)
    enter(client)
    client.post(link, {"password1": PASSWORD})
    assert client.get("/people/noah").content.decode().count("Change your profile") == 1


def test_only_administrators_invite_and_sponsors_their_guests(company):
    from watercooler.foundation.base.errors import NotAllowed

    assert invite(company.viewer("hassan"), company.sam)
    for who, whom in (("hassan", "noah"), ("priya", "sam"), ("elena", "noah"), ("sam", "sam")):
        with pytest.raises(NotAllowed):
            invite(company.viewer(who), getattr(company, whom))


# The first run.

GIVEN = {
    "organisation": "Kestrel",
    "name": "Ada Lind",
    "handle": "Ada",
    "job": "Owner",
    "email": "ada@kestrel.example",
    "password1": PASSWORD,
    "space": "Bakers",
    "objective": "Better bread",
    "template": "practice",
}
HERE = {"HTTP_HOST": "localhost"}
ELSEWHERE = [
    {"HTTP_HOST": "learn.example"},
    {"HTTP_HOST": "localhost", "REMOTE_ADDR": "10.0.0.7"},
    {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "10.0.0.7"},
]


@pytest.mark.parametrize("where", ELSEWHERE)
def test_from_elsewhere_a_house_is_founded_with_the_key_of_the_console(client, db, settings, where):
    settings.ALLOWED_HOSTS = ["learn.example", "localhost"]
    for wrong in ("", "?key=", "?key=" + "0" * 32):
        assert "into its log" in client.get(f"/welcome{wrong}", **where).content.decode()
        assert client.post(f"/welcome{wrong}", GIVEN, **where).status_code == 403
    assert not Organisation.objects.exists()
    assert client.get(f"/welcome?key={setup_key()}", **where).status_code == 200
    assert client.post(f"/welcome?key={setup_key()}", GIVEN, **where)["Location"] == "/start"
    assert client.get(f"/welcome?key={setup_key()}", **where).status_code == 404


def test_the_console_tells_the_first_link_until_the_house_is_founded(client, db, capsys):
    prepare._tell_the_first_link()
    assert f"/welcome?key={setup_key()}" in capsys.readouterr().out
    client.post("/welcome", GIVEN, **HERE)
    prepare._tell_the_first_link()
    assert capsys.readouterr().out == ""


def test_an_empty_house_leads_to_its_first_page(client, db):
    assert client.get("/")["Location"] == "/welcome"
    assert client.get("/sign-in")["Location"] == "/welcome"
    assert client.get("/welcome", **HERE).status_code == 200


def test_the_house_is_founded_once(client, db):
    assert client.post("/welcome", GIVEN, **HERE)["Location"] == "/start"
    ada = Person.objects.get()
    assert (ada.handle, ada.role, ada.check_password(PASSWORD)) == ("ada", 40, True)
    space = Space.objects.get(purpose="space")
    start = starter("practice")
    assert (space.name, space.owner, len(space.rules)) == ("Bakers", ada, len(start.rules))
    assert Item.objects.filter(space=space, author=ada).count() == len(start.first) > 0  # no space opens empty
    assert is_in(client)
    for browser in (client, Client()):
        assert browser.get("/welcome").status_code == 404
        assert browser.post("/welcome", GIVEN).status_code == 404
    assert client.get("/")["Location"] == "/home"
    assert Client().get("/")["Location"] == "/sign-in"


@pytest.mark.parametrize(
    ("field", "value"),
    [("organisation", " "), ("handle", "a b"), ("password1", "short"), ("space", ""), ("email", "x")],
)
def test_what_is_missing_is_said_and_nothing_is_founded(client, db, field, value):
    answer = client.post("/welcome", {**GIVEN, field: value}, **HERE)
    assert answer.status_code == 422
    assert "Better bread" in answer.content.decode()
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()


# The first steps.


@pytest.fixture
def newcomer(company, client):
    """Noah on his first day, signed in."""
    Person.objects.filter(pk=company.noah.pk).update(welcomed_at=None, offers=[])
    Membership.objects.filter(person=company.noah).delete()
    give_password(company.noah)
    company.question(by="priya", topics=["Defrost"])
    client.get("/home")
    assert enter(client, "noah", next="/people")["Location"] == "/start"
    return client


def test_the_first_steps_work_without_script(company, newcomer):
    page = newcomer.get("/start").content.decode()
    assert "Welcome, Noah." in page
    assert "Defrost" in page
    assert "Heat Pump Engineers" in page
    topic = Topic.objects.get(name="Defrost")
    answer = newcomer.post("/start", {"shown_topic": topic.pk, "topic": topic.pk, "more": "Gas boilers, Tamil"})
    assert answer["Location"] == "/start/spaces"
    assert Follow.objects.filter(follower=company.noah, topic=topic).count() == 1
    company.noah.refresh_from_db()
    assert company.noah.offers == ["Gas boilers", "Tamil"]
    assert "Heat Pump Engineers" in newcomer.get("/start/spaces").content.decode()
    assert newcomer.post("/start/spaces", {"space": company.heat.pk})["Location"] == "/start/people"
    assert company.heat.pk in build(company.noah.pk).space_ids
    page = newcomer.get("/start/people").content.decode()
    assert "Your manager" in page
    shown = {"shown_person": company.tomasz.pk, "person": company.tomasz.pk}
    assert newcomer.post("/start/people", shown)["Location"] == "/start/question"
    assert Follow.objects.filter(follower=company.noah, person=company.tomasz).count() == 1
    asked = {"title": "Where are the filters?", "source": "In Leeds.", "space": company.heat.pk, "key": uuid4().hex}
    answer = newcomer.post("/start/question", asked)
    assert answer["Location"].startswith("/q/")
    assert Item.objects.get(title="Where are the filters?").author == company.noah
    company.noah.refresh_from_db()
    assert company.noah.welcomed_at is not None
    assert enter(Client(), "noah")["Location"] == "/home"  # once


def test_every_step_can_be_skipped(company, newcomer):
    assert newcomer.post("/start")["Location"] == "/start/spaces"
    assert newcomer.post("/start/spaces")["Location"] == "/start/people"
    assert newcomer.post("/start/people")["Location"] == "/start/question"
    assert newcomer.post("/start/question")["Location"] == "/people"  # where he was going at first


def test_all_steps_can_be_skipped_at_once(company, newcomer):
    assert newcomer.post("/start/finish")["Location"] == "/people"
    company.noah.refresh_from_db()
    assert company.noah.welcomed_at is not None


def test_what_was_picked_can_be_unpicked(company, newcomer):
    shown = {"shown_person": company.tomasz.pk}
    newcomer.post("/start/people", {**shown, "person": company.tomasz.pk})
    newcomer.post("/start/people", shown)
    assert not Follow.objects.filter(follower=company.noah).exists()


def test_a_question_sent_twice_is_asked_once(company, newcomer):
    newcomer.post("/start/spaces", {"space": company.heat.pk})
    asked = {"title": "Where are the filters?", "source": "", "space": company.heat.pk, "key": uuid4().hex}
    assert newcomer.post("/start/question", asked)["Location"] == newcomer.post("/start/question", asked)["Location"]
    assert Item.objects.filter(title="Where are the filters?").count() == 1


def test_a_question_that_cannot_be_asked_stays_there(company, newcomer):
    asked = {"title": "Where?", "source": "Filters", "space": company.council.pk, "key": uuid4().hex}
    answer = newcomer.post("/start/question", asked)
    assert answer.status_code == 422
    assert "Filters" in answer.content.decode()
    assert not Item.objects.filter(title="Where?").exists()


def test_nobody_gets_into_a_space_this_way_that_is_not_open_to_them(company, newcomer):
    newcomer.post("/start/spaces", {"space": [company.council.pk, company.medicines.pk]})
    assert build(company.noah.pk).space_ids == ()


def test_a_guest_is_told_nothing_of_others(company, client):
    Person.objects.filter(pk=company.sam.pk).update(welcomed_at=None)
    give_password(company.sam)
    company.question(by="priya", topics=["Defrost"])
    enter(client, "sam")
    topics, spaces, people = (
        client.get(path).content.decode() for path in ("/start", "/start/spaces", "/start/people")
    )
    assert "Defrost" not in topics
    assert "Medicines" not in spaces
    assert "Tomasz" in people  # they share a space
    assert "Fatima" not in topics + people
    client.post("/start/people", {"person": company.fatima.pk})
    assert not Follow.objects.filter(follower=company.sam).exists()


def test_the_suggestions_follow_the_ticks(company, newcomer):
    topic = Topic.objects.get(name="Defrost")
    part = newcomer.get("/start/suggested", {"topic": topic.pk}, headers={"hx-request": "true"}).content.decode()
    assert "Because you picked Defrost" in part
    assert "<html" not in part


# Two at once.


@pytest.mark.django_db(transaction=True)
def test_of_two_first_runs_one_wins():
    cleaned = {**GIVEN, "handle": "ada"}
    other = {**cleaned, "handle": "bo", "email": "bo@kestrel.example", "organisation": "Other"}
    results = at_once(lambda: found(cleaned), lambda: found(other))
    assert sorted(type(result) for result in results if isinstance(result, Exception)) == [AlreadyFounded]
    assert Organisation.objects.count() == Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_on_a_link_one_wins(company):
    token = invite(company.viewer("ines"), company.noah).token
    results = at_once(*[lambda: use_invitation(token)] * 4)
    assert [result for result in results if result is not None] == [company.noah], results
