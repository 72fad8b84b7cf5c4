"""The first day of an organisation, a colleague and a guest: no page leads nowhere, and nothing typed is lost."""

from __future__ import annotations

import itertools
import re

import pytest
from django.test import Client

from tests.company import PASSWORD
from tests.doors import commits, enter, fresh, give_password
from watercooler.spine.people.acts import invite
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.acts import join, make_space
from watercooler.spine.spaces.models import Membership

__all__ = ["commits", "fresh"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits")]

GERMAN = "de-AT,de;q=0.9,en;q=0.4"


def page(client, path):
    return client.get(path).content.decode()


@pytest.mark.parametrize("path", ["/start", "/start/spaces", "/start/people", "/start/question"])
def test_enter_goes_on_and_never_skips(company, sign_in, path):
    """A browser presses a form's first button for whoever presses Enter in a field."""
    read = page(sign_in(company.noah), path)
    first = re.search(r'<button[^>]*form="step"[^>]*>', read)
    assert first
    assert "primary" in first[0]
    assert "formaction" not in first[0]
    within = re.search(r'<form id="step".*?</form>', read, re.DOTALL)
    assert within
    assert "<button" not in within[0]


def test_what_was_typed_is_asked_only_by_the_button_that_says_so(company, sign_in):
    read = page(sign_in(company.noah), "/start/question")
    assert re.search(r'<form[^>]*id="later"[^>]*action="/start/finish"', read)
    assert '<button class="btn ghost" form="later">Not now</button>' in read


def test_a_newcomer_goes_on_in_the_language_of_the_door(company):
    link = f"/invitation/{invite(company.viewer('ines'), company.noah).token}"
    Person.objects.filter(pk=company.noah.pk).update(welcomed_at=None)
    client = Client(headers={"accept-language": GERMAN})
    assert "Hallo Noah" in page(client, link)
    assert client.post(link, {"password1": PASSWORD})["Location"] == "/start"
    assert "Willkommen, Noah" in page(client, "/start")


def test_the_first_administrator_too(db):
    given = {"organisation": "Nord", "name": "Ada Lind", "handle": "ada", "password1": PASSWORD}
    client = Client(headers={"accept-language": GERMAN}, HTTP_HOST="localhost")
    client.post("/welcome", {**given, "space": "Alle", "objective": "Gutes Brot", "template": "practice"})
    assert Person.objects.get().language == "de"


def test_whoever_was_here_before_keeps_their_language(company):
    give_password(company.priya)
    enter(Client(), "priya")
    enter(Client(headers={"accept-language": GERMAN}), "priya")
    company.priya.refresh_from_db()
    assert company.priya.language == "en-gb"


@pytest.fixture
def stranded(company, sign_in):
    """Sam, a guest who is in no space yet."""
    Membership.objects.filter(person=company.sam, space__purpose="space").delete()
    return sign_in(company.sam)


@pytest.mark.parametrize("path", ["/home", "/home?tab=following", "/home?tab=help-out", "/spaces"])
def test_a_guest_without_a_space_is_told_who_can_help(stranded, path):
    read = page(stranded, path)
    assert "Your sponsor can invite you to more." in read
    for misleading in ("Find your spaces", "Nothing has been written yet", "No spaces yet", "Find a space</a>"):
        assert misleading not in read


def test_a_guest_is_not_asked_to_invite_anybody(stranded):
    assert "Invite somebody" not in page(stranded, "/start/people")
    assert "you meet the people of the spaces you are in" in page(stranded, "/start/people")


def test_no_link_leads_a_guest_to_a_sponsor_they_may_not_see(company, stranded, sign_in):
    read = page(stranded, "/people/sam")
    assert company.hassan.name in read
    assert 'href="/people/hassan"' not in read
    assert stranded.get("/people/hassan").status_code == 404
    assert 'href="/people/hassan"' in page(sign_in(company.priya, Client()), "/people/sam")


def test_an_administrator_finds_the_way_to_add_people(company, sign_in):
    assert 'href="/studio/people/new"' in page(sign_in(company.ines), "/people")
    assert "/studio/people/new" not in page(sign_in(company.priya, Client()), "/people")


def test_an_administrator_is_not_sent_to_an_administrator(company, sign_in):
    own = page(sign_in(company.ines), "/me/settings")
    assert "Tell an administrator" not in own
    assert 'href="/studio/people/ines"' in own
    assert "Tell an administrator" in page(sign_in(company.priya, Client()), "/me/settings")


def test_the_first_link_is_not_a_new_one(company, sign_in):
    client = sign_in(company.ines)
    assert "Mail a link to" in page(client, "/studio/people/noah/invitation")
    client.post("/studio/people/noah/invitation")
    assert "Mail a new link to" in page(client, "/studio/people/noah/invitation")


def test_headings_of_empty_lists_follow_the_page(company, sign_in):
    for path in ("/me/following", "/me/following?what=followers"):
        levels = [int(level) for level in re.findall(r"<h([1-6])", page(sign_in(company.noah), path))]
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (path, levels)


@pytest.mark.parametrize(
    "path", ["/me/settings", "/me/security", "/me/not-for-me", "/me/searches", "/me/feeds", "/me/export"]
)
def test_settings_have_the_same_tabs_for_a_guest_on_every_page(company, sign_in, path):
    assert 'href="/me/tokens"' not in page(sign_in(company.sam), path)


def test_the_sidebar_tells_whole_names_and_of_more_spaces_than_it_shows(company, sign_in):
    client = sign_in(company.noah)
    read = page(client, "/people")
    assert 'title="Heat Pump Engineers"' in read
    assert "/spaces?mine=joined" not in read
    for number in range(12):
        join(company.viewer("noah"), make_space(company.viewer("hassan"), name=f"Depot {number}", objective="Rotas"))
    fresh_page = page(sign_in(company.noah, Client()), "/people")
    assert 'href="/spaces?mine=joined"' in fresh_page
