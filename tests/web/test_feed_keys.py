"""What a private address of a feed opens, and to whom."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from tests.feeds import HEAT, fresh, private, titles
from watercooler.doors.feeds import acts
from watercooler.doors.feeds.models import FeedKey
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import hold, remove
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.acts import change_standing, join, let_in, make_space

__all__ = ["fresh"]
pytestmark = pytest.mark.django_db


def test_a_key_shows_what_its_person_may_see_now(company, client):
    closed = "/spaces/medicines/feed.atom"
    company.post("Two tablets, not one.", by="fatima", space=company.medicines)
    assert acts.make_key(company.viewer("noah"), closed) is None
    join(company.viewer("noah"), company.medicines, "please")
    let_in(company.viewer("fatima"), company.medicines, company.noah)
    address = private(company, "noah", closed)
    assert titles(client.get(address)) == ["Two tablets, not one."]
    change_standing(company.viewer("fatima"), company.medicines, company.noah, None)
    assert client.get(address).status_code == 404


def test_what_is_held_removed_or_elsewhere_does_not_stand_in_a_feed(company, client):
    shown, held, gone = company.post("Shown"), company.post("Held"), company.post("Gone", by="noah")
    company.post("Nobody knows.", by="ruth", space=company.council, topics=["Frost"])
    hold(company.viewer("tomasz"), held, "unsafe")
    remove(company.viewer("noah"), gone)
    assert titles(client.get(private(company, "ines", HEAT))) == [shown.excerpt]
    while follow():
        pass
    assert titles(client.get(private(company, "ines", "/search/feed.atom?q=nobody"))) == []
    assert acts.make_key(company.viewer("ines"), "/topics/frost/feed.atom") is None
    assert acts.make_key(company.viewer("ines"), "/spaces/works-council/feed.atom") is None


def test_a_guest_reads_their_own_spaces_only(company, client):
    elsewhere = make_space(company.viewer("priya"), name="Tools", objective="Sharp ones.")
    company.post("Here")
    company.post("There", by="priya", space=elsewhere)
    assert titles(client.get(private(company, "sam", HEAT))) == ["Here"]
    assert acts.make_key(company.viewer("sam"), f"/spaces/{elsewhere.slug}/feed.atom") is None
    assert acts.make_key(company.viewer("sam"), "/people/fatima/feed.atom") is None


def test_when_somebody_leaves_their_addresses_are_dead(company, client):
    address = private(company, "noah", HEAT)
    assert client.get(address).status_code == 200
    Person.objects.filter(pk=company.noah.pk).update(is_active=False)
    assert client.get(address).status_code == 404
    Person.objects.filter(pk=company.sam.pk).update(ends_on=timezone.localdate() - timedelta(days=1))


def test_a_key_opens_its_own_feed_and_no_other(company, client):
    company.question(topics=["Defrost"])
    key = urlsplit(private(company, "noah", HEAT)).query
    for other in ("/topics/defrost/feed.atom", "/people/noah/feed.atom", "/spaces/medicines/feed.atom"):
        assert client.get(f"{other}?{key}").status_code == 404
    search = private(company, "noah", "/search/feed.atom?q=frost")
    assert client.get(search.replace("q=frost", "q=council")).status_code == 404
    assert client.get("/home?" + key).status_code == 302
    assert client.get("/spaces/heat-pump-engineers/?" + key).status_code == 302


@pytest.mark.parametrize("wrong", ["", "-", "1", "1-", "0-abc", "99999999999999999999-a", "x", "1-" + "0" * 40, "é-ü"])
def test_a_wrong_key_is_as_a_feed_that_is_not_there(company, client, wrong):
    acts.make_key(company.viewer("noah"), HEAT)
    there, nowhere = (client.get(f, {"key": wrong}) for f in (HEAT, "/spaces/nowhere/feed.atom"))
    assert there.status_code == nowhere.status_code == (404 if wrong else 302)


def test_a_key_ends_when_its_person_says_so_and_never_comes_back(company, client, sign_in):
    address = private(company, "noah", HEAT)
    row = FeedKey.objects.get()
    browser = sign_in(company.noah, Client())
    assert browser.post(f"/me/feeds/{row.pk}/end").status_code == 302
    assert client.get(address).status_code == 404
    assert private(company, "noah", HEAT) != address
    assert sign_in(company.priya, Client()).post(f"/me/feeds/{FeedKey.objects.get().pk}/end").status_code == 404
    assert FeedKey.objects.count() == 1


def test_keys_lie_nowhere_and_die_with_the_secret_key(company, client, settings):
    address = private(company, "noah", HEAT)
    secret = parse_qs(urlsplit(address).query)["key"][0].split("-")[1]
    row = FeedKey.objects.get()
    assert secret not in str(vars(row))
    settings.SECRET_KEY = "another"
    assert client.get(address).status_code == 404


def test_the_document_does_not_hold_the_key(company, client):
    address = private(company, "noah", HEAT)
    assert b"key=" not in client.get(address).content


def test_a_session_reads_without_a_key_and_a_stranger_is_sent_to_sign_in(company, client, sign_in):
    company.post("Hello")
    answer = client.get(HEAT)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in?next=")
    assert titles(sign_in(company.priya).get(HEAT)) == ["Hello"]


def test_a_key_is_the_key_persons_whoever_is_signed_in(company, sign_in):
    company.post("Two tablets.", by="fatima", space=company.medicines)
    address = private(company, "fatima", "/spaces/medicines/feed.atom")
    assert titles(sign_in(company.noah).get(address)) == ["Two tablets."]


def test_that_it_was_read_is_noted_once_an_hour(company, client):
    address = private(company, "noah", HEAT)
    client.get(address)
    first = FeedKey.objects.get().read_at
    assert first is not None
    client.get(address)
    assert FeedKey.objects.get().read_at == first


def test_a_feed_costs_the_same_however_much_there_is(company, client, count_queries):
    address = private(company, "noah", HEAT)
    client.get(address)

    def cost(posts: int) -> int:
        for n in range(posts):
            company.post(f"Number {n}", topics=["Frost"])
        with count_queries() as queries:
            client.get(address)
        return len(queries)

    assert cost(1) == cost(20) <= 5
