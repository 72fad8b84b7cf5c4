"""Feeds as readers ask for them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tests.feeds import HEAT, fresh, private, read, titles
from watercooler.doors.feeds.models import FeedKey
from watercooler.doors.feeds.places import canonical
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import edit, explain_term, merge, named
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space

__all__ = ["fresh"]
pytestmark = pytest.mark.django_db


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


def test_filters_alone_are_a_feed_of_what_the_search_page_lists(company, client, sign_in):
    question = company.question(topics=["Defrost"])
    answer = company.answer(question, "Look at the coil.")
    company.article(title="On heat")
    secret = company.question("Pay?", by="ruth", space=company.council, topics=["Defrost"])
    company.answer(secret, "Not yet.", by="ruth")
    company.post("Half a dose.", by="fatima", space=company.medicines)
    while follow():
        pass
    first = f"Answer: {question.item.title}"
    for asked, expected in {
        "q=from:tomasz": ["On heat", first],
        "q=kind:answer": [first],
        "q=is:open": [question.item.title],
        "kind=question&topic=defrost": [question.item.title],
        "q=in:works-council": [],
        "q=kind:banana": [],
        "q=after:2000": ["On heat", question.item.title],
    }.items():
        assert titles(client.get(private(company, "noah", f"/search/feed.atom?{asked}"))) == expected, asked
        page = sign_in(company.noah).get(f"/search?{asked}").content.decode()
        assert page.count("<h2><a href=") == len(expected), asked
    address = private(company, "noah", "/search/feed.atom?kind=question&topic=defrost")
    assert read(client.get(address)).feed.title == "Search: Questions · #defrost · Fernway"
    assert answer.pk


def test_a_feed_of_filters_alone_goes_on_to_older_pages(company, client, settings):
    settings.WRITE_LIMIT_PER_MINUTE = 1000
    made = [company.post(f"Number {n}.").pk for n in range(40)]
    follow()
    address = private(company, "noah", "/search/feed.atom?q=kind:post")
    first = client.get(address)
    seen = [
        int(entry.id.rsplit("/", 1)[1]) for entry in read(first).entries + read(client.get(link(first, "next"))).entries
    ]
    assert seen == made[::-1]


def test_the_feed_of_a_search_knows_what_means_the_same(company, client):
    company.question("Frost on the coil", topics=["Frost", "Hoar"])
    company.post("The air to water unit hums.")
    by_name = {topic.name: topic for topic in named(["Frost", "Hoar"])}
    merge(company.viewer("ines"), by_name["Hoar"], by_name["Frost"])
    explain_term(company.viewer("elena"), "Air to water", "A heat pump.", ["ATW"])
    while follow():
        pass
    assert titles(client.get(private(company, "noah", "/search/feed.atom?q=hoar"))) == ["Frost on the coil"]
    assert titles(client.get(private(company, "noah", "/search/feed.atom?q=ATW"))) == ["The air to water unit hums."]
    assert titles(client.get(private(company, "noah", "/search/feed.atom?q=ATW+-hums"))) == []


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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://else.example/spaces/heat/feed.atom?key=1-a", "/spaces/heat/feed.atom"),
        ("/search/feed.atom?kind=answer&q=a b&key=1&page=2", "/search/feed.atom?q=a+b&kind=answer"),
        ("/search/feed.atom?kind=answer", "/search/feed.atom?kind=answer"),
        ("/search/feed.atom?q=from:tomasz", "/search/feed.atom?q=from%3Atomasz"),
        ("/search/feed.atom?sort=newest", ""),
        ("/search/feed.atom?q=+", ""),
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


# Older entries (RFC 5005, section 3).


def link(response, relation: str) -> str:
    """Return the address that a feed names for a relation, without its host; "" where it names none."""
    found = {one.rel: one.href for one in read(response).feed.links}
    return found.get(relation, "").removeprefix(settings.SITE_URL)


def test_a_feed_leads_to_everything_older_without_gap_or_double(company, client, settings):
    settings.WRITE_LIMIT_PER_MINUTE = 1000
    made = [company.post(f"Number {n}.").pk for n in range(70)]
    address, seen, pages = private(company, "noah", HEAT), [], 0
    while address:
        answer = client.get(address)
        seen += [int(entry.id.rsplit("/", 1)[1]) for entry in read(answer).entries]
        assert link(answer, "first") == HEAT
        address, pages = link(answer, "next"), pages + 1
    assert (seen, pages) == (made[::-1], 3)


def test_one_goes_back_to_what_is_newer(company, sign_in, settings):
    settings.WRITE_LIMIT_PER_MINUTE = 1000
    for n in range(70):
        company.post(f"Number {n}.")
    client = sign_in(company.noah)
    first = client.get(HEAT)
    second = client.get(link(first, "next"))
    third = client.get(link(second, "next"))
    assert [link(first, "previous"), link(third, "next")] == ["", ""]
    assert titles(client.get(link(third, "previous"))) == titles(second)
    assert titles(client.get(link(second, "previous"))) == titles(first)
    assert link(second, "self") == link(first, "next")


def test_what_leads_on_opens_that_page_alone(company, client):
    """A document may be handed on: nobody who has it reads what is written from now on."""
    for n in range(31):
        company.post(f"Number {n}.")
    older = link(client.get(private(company, "noah", HEAT)), "next")
    assert titles(client.get(older)) == ["Number 0."]
    page, _and, key = older.partition("&")
    assert client.get(f"{HEAT}?{key}").status_code == 404
    assert client.get(f"{page}1&{key}").status_code == 404
    assert client.get(f"{page.replace('before', 'newer')}&{key}").status_code == 404
    FeedKey.objects.all().delete()
    assert client.get(older).status_code == 404


@pytest.mark.parametrize("place", ["", "x", "1", ".", "-1.1", "9" * 18 + ".1", "1." + "9" * 18, "0.0", "1.1&newer=1.1"])
def test_a_made_up_place_breaks_nothing(company, sign_in, place):
    company.post("Hello")
    read(sign_in(company.noah).get(f"{HEAT}?before={place}"))


def test_a_page_that_has_not_changed_is_not_sent_again(company, sign_in):
    for n in range(31):
        company.post(f"Number {n}.")
    client = sign_in(company.noah)
    older = link(client.get(HEAT), "next")
    first = client.get(older)
    company.post("Newer than all.")
    assert client.get(older, headers={"If-None-Match": first["ETag"]}).status_code == 304
