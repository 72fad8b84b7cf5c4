"""Feeds on pages: offered, subscribed to, let in from outside."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.feeds import HEAT, fresh, html_of
from watercooler.doors.feeds.keys import key_of
from watercooler.doors.feeds.models import FeedKey, OutsideFeed
from watercooler.doors.feeds.places import canonical
from watercooler.kinds.questions.acts import accept
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.models import Item
from watercooler.spine.spaces.models import Space

__all__ = ["fresh"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/spaces/heat-pump-engineers/", HEAT),
        ("/topics/defrost", "/topics/defrost/feed.atom"),
        ("/people/noah", "/people/noah/feed.atom"),
        ("/people/noah/blog", "/people/noah/feed.atom"),
        ("/search?q=lockout", "/search/feed.atom?q=lockout"),
    ],
)
def test_pages_name_their_feed_and_offer_to_subscribe(company, sign_in, page, feed):
    question = company.question(topics=["Defrost"])
    accept(company.viewer("noah"), question, company.answer(question))
    while follow():
        pass
    client = sign_in(company.priya)
    html = html_of(client.get(page))
    assert '<link rel="alternate" type="application/atom+xml"' in html
    assert f'href="{feed}"' in html
    offer = client.get("/me/feeds/new", {"feed": feed})
    assert offer.status_code == 200
    made = client.post("/me/feeds", {"feed": feed})
    assert made.status_code == 302
    row = FeedKey.objects.get(person=company.priya)
    assert row.feed == canonical(feed)
    own = html_of(client.get("/me/feeds"))
    assert key_of(row) in own
    assert Client().get(f"{row.feed}{'&' if '?' in row.feed else '?'}key={key_of(row)}").status_code == 200
    assert key_of(row) in html_of(client.get("/me/feeds/new", {"feed": feed}))


def test_a_closed_space_offers_its_feed_to_those_inside_only(company, sign_in):
    client = sign_in(company.noah)
    assert "feed.atom" not in html_of(client.get("/spaces/medicines/"))
    assert client.get("/me/feeds/new?feed=/spaces/medicines/feed.atom").status_code == 404
    assert client.post("/me/feeds", {"feed": "/spaces/medicines/feed.atom"}).status_code == 404


def test_everybody_has_a_blog_at_an_address(company, sign_in):
    wall = Space.objects.get(owner=company.tomasz, purpose="wall")
    company.article(title="On my blog", space=wall)
    company.article(title="In the space")
    company.post("On my wall", by="tomasz", space=wall)
    client = sign_in(company.priya)
    blog = html_of(client.get("/people/tomasz/blog"))
    assert "On my blog" in blog
    assert "In the space" not in blog
    assert "On my wall" not in blog
    assert 'href="/people/tomasz/blog"' in html_of(client.get("/people/tomasz"))
    assert client.get("/people/priya/blog").status_code == 200
    assert 'href="/people/sam/blog"' not in html_of(client.get("/people/sam"))


def test_a_host_lets_a_feed_in_and_takes_it_off(company, sign_in):
    client, address = sign_in(company.tomasz), "/spaces/heat-pump-engineers/feeds"
    assert client.get(address).status_code == 200
    soon = (timezone.localdate() + timedelta(days=9)).isoformat()
    typed = {"address": "https://news.example/feed", "most_a_day": "3", "ends_on": soon}
    assert client.post(address, {**typed, "address": "http://10.0.0.1/"}).status_code == 422
    assert client.post(address, {**typed, "most_a_day": "99"}).status_code == 422
    assert client.post(address, typed).status_code == 302
    feed = OutsideFeed.objects.get()
    assert "https://news.example/feed" in html_of(client.get(address))
    assert address in html_of(client.get("/spaces/heat-pump-engineers/settings"))
    assert client.post(f"{address}/{feed.pk}/remove").status_code == 302
    assert not OutsideFeed.objects.exists()


def test_a_post_from_outside_says_so(company, sign_in):
    company.post("All about it.", by="tomasz", title="EN 14511", card={"from": {"title": "Norms <b>", "url": ""}})
    client = sign_in(company.noah)
    item = Item.objects.get(title="EN 14511")
    for page in ("/spaces/heat-pump-engineers/", f"/p/{item.pk}"):
        html = html_of(client.get(page))
        assert "from Norms <b>" in html
        assert "Tomasz Zieliński" in html
