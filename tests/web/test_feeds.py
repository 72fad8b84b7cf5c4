"""Feeds as readers ask for them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tests.feeds import HEAT, fresh, private, read, titles
from watercooler.doors.feeds.places import canonical
from watercooler.spine.activity.worker import follow
from watercooler.spine.content.acts import edit
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
