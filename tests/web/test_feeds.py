"""Feeds as readers ask for them, private addresses, and what stands on the pages."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from watercooler.doors.feeds import acts
from watercooler.doors.feeds.keys import key_of
from watercooler.doors.feeds.models import FeedKey, OutsideFeed
from watercooler.doors.feeds.places import canonical
from watercooler.kinds.questions.acts import accept
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import edit, hold, remove
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.acts import change_standing, join, let_in, make_space
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.viewer import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    kept.clear()
    yield
    kept.clear()


def private(company, name: str, feed: str) -> str:
    """Return the private address of a feed, without its host."""
    row = acts.make_key(company.viewer(name), feed)
    assert row is not None
    return f"{row.feed}{'&' if '?' in row.feed else '?'}key={key_of(row)}"


def read(response) -> feedparser.FeedParserDict:
    """Return the feed in an answer, in which nothing may be wrong."""
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    said = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert said.bozo == 0, said.get("bozo_exception")
    assert said.version == "atom10"
    assert said.feed.id.startswith("tag:")
    assert said.feed.title
    assert said.feed.updated_parsed
    links = {link.rel for link in said.feed.links}
    assert {"self", "alternate"} <= links
    for entry in said.entries:
        assert entry.id.startswith("tag:")
        assert entry.title
        assert entry.updated_parsed
        assert entry.author_detail.name
        assert entry.link.startswith(settings.SITE_URL)
    assert len({entry.id for entry in said.entries}) == len(said.entries)
    return said


def html_of(response) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


def titles(response) -> list[str]:
    return [entry.title for entry in read(response).entries]


HEAT = "/spaces/heat-pump-engineers/feed.atom"


def test_a_space_is_a_feed_newest_first(company, client):
    company.question()
    company.article(title="Reading superheat")
    company.post("First frost in Leeds this morning.")
    found = read(client.get(private(company, "noah", HEAT)))
    assert [entry.title for entry in found.entries] == [
        "First frost in Leeds this morning.",
        "Reading superheat",
        "Why does it lock out on cold mornings?",
    ]
    assert found.feed.title == "Heat Pump Engineers · Fernway"
    assert found.entries[1].content[0].value == "<p>Wait twenty minutes.</p>"
    assert found.entries[2].author_detail == {"name": "Noah Whitfield", "href": f"{settings.SITE_URL}/people/noah"}


def test_a_topic_a_person_and_a_search_are_feeds(company, client):
    question = company.question(topics=["Defrost"])
    company.answer(question, "A lockout on cold mornings is the coil.")
    wall = Space.objects.get(owner=company.tomasz, purpose="wall")
    company.article(title="On my blog", space=wall)
    company.post("Well done, Tomasz", by="priya", space=wall)
    while follow():
        pass
    assert titles(client.get(private(company, "noah", "/topics/defrost/feed.atom"))) == [question.item.title]
    assert titles(client.get(private(company, "noah", "/people/tomasz/feed.atom"))) == ["On my blog"]
    found = titles(client.get(private(company, "noah", "/search/feed.atom?q=cold+mornings")))
    assert found == [f"Answer: {question.item.title}", question.item.title]
    assert titles(client.get(private(company, "noah", "/search/feed.atom?q=cold+mornings&kind=question"))) == [
        question.item.title
    ]


STRANGE = [
    "Ctrl\x00\x01\x08\x0b\x0c\x0e\x1f\x7f\x85 done",
    "Emoji 🔥👩🏽‍🔧🇬🇧 and 𝒻𝒶𝓃𝒸𝓎",
    "مضخة حرارية \u202eRTL\u202c עברית",
    "]]> <![CDATA[ & &amp; <b>bold</b> </entry> <!-- -->",
    "\ufffe\uffff nonchars \U0001fffe",
    "\" ' quotes `ticks`",
]


@pytest.mark.parametrize("text", STRANGE)
def test_nothing_that_anybody_writes_breaks_a_feed(company, client, text):
    item = company.post("Placeholder", topics=["Frost"])
    clean = text.replace("\x00", "")
    html = "<p>" + clean.replace("&", "&amp;").replace("<", "&lt;") + "</p>"
    Item.objects.filter(pk=item.pk).update(title=clean, excerpt=clean, safe_html=html)
    Space.objects.filter(pk=company.heat.pk).update(name=clean[:80], tagline=clean)
    Person.objects.filter(pk=company.priya.pk).update(name=clean)
    found = read(client.get(private(company, "noah", HEAT)))
    assert found.entries[0].title


def test_an_entry_without_title_or_words_still_has_a_title(company, client):
    item = company.post("x")
    Item.objects.filter(pk=item.pk).update(title="", excerpt="", safe_html="")
    assert titles(client.get(private(company, "noah", HEAT))) == ["Post"]


def test_addresses_in_a_text_are_whole_and_pictures_stay_at_home(company, client):
    company.post("Ask @priya about #frost ![x](/files/1/a.png) [there](https://example.com/) <script>")
    value = read(client.get(private(company, "noah", HEAT))).entries[0].content[0].value
    assert f'href="{settings.SITE_URL}/people/priya"' in value
    assert 'href="https://example.com/"' in value
    assert "<img" not in value
    assert "<script" not in value


def test_an_entry_keeps_its_id_and_says_when_it_changed(company, client):
    item = company.post("First words", by="priya")
    address = private(company, "noah", HEAT)
    before = read(client.get(address)).entries[0]
    edit(company.viewer("priya"), item, source="Other words", based_on=1)
    after = read(client.get(address)).entries[0]
    assert after.id == before.id
    assert after.updated > before.updated
    assert after.published == before.published


# Conditional requests.


def test_what_has_not_changed_is_not_sent_again(company, client):
    company.post("Hello")
    address = private(company, "noah", HEAT)
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    by_time = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert by_time.status_code == 304
    Item.objects.update(edited_at=timezone.now() + timedelta(seconds=5), title="Hello again")
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 200
    assert "no-store" not in first["Cache-Control"]
    assert "private" in first["Cache-Control"]
    assert client.head(address).content == b""


# What a key opens.


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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://else.example/spaces/heat/feed.atom?key=1-a", "/spaces/heat/feed.atom"),
        ("/search/feed.atom?kind=answer&q=a b&key=1&page=2", "/search/feed.atom?q=a+b&kind=answer"),
        ("/search/feed.atom?kind=answer", ""),
        ("/topics/wärme/feed.atom", "/topics/w%C3%A4rme/feed.atom"),
        ("/topics/w%C3%A4rme/feed.atom", "/topics/w%C3%A4rme/feed.atom"),
        ("/spaces/heat/feed.atom/x", ""),
        ("/home", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_an_address_is_written_in_one_way(typed, meant):
    assert canonical(typed) == meant


# On the pages.


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
