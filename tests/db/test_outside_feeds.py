"""Feeds from outside: what becomes a post, whose, how often, and what is refused."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.listening import Said, listening
from watercooler.doors.feeds import acts, jobs, parsing, pulling
from watercooler.doors.feeds.models import OutsideEntry, OutsideFeed
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.spine.content import markdown
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.acts import archive, change_standing
from watercooler.spine.spaces.models import Standing
from watercooler.spine.spaces.viewer import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with listening() as about:
        settings.INTERNAL_HOSTS = frozenset({about.place})
        yield about


@pytest.fixture
def feed(company, server):
    """A feed that Tomasz lets into the engineers' space."""
    return add(company, server)


def add(company, server, by="tomasz", space=None, **more) -> OutsideFeed:
    ends_on = more.pop("ends_on", timezone.localdate() + timedelta(days=30))
    address = more.pop("address", server.address("/feed.xml"))
    return acts.add_feed(company.viewer(by), space or company.heat, address, more.pop("most_a_day", 3), ends_on)


def rss(*entries: str, title: str = "Heat pump news") -> bytes:
    """Return an RSS feed with these entries, newest first: each is the inside of an <item>, or a plain name."""
    items = "".join(f"<item>{entry if '<' in entry else plainly(entry)}</item>" for entry in entries)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://news.example/</link><description>News</description>{items}</channel></rss>"
    ).encode()


def plainly(name: str) -> str:
    return (
        f"<title>{name}</title><link>https://news.example/{name}</link><guid>{name}</guid>"
        f"<description>All about {name}.</description>"
    )


def serve(server, body: bytes, **headers: str) -> None:
    server.answers = lambda asked: Said(200, body, {"Content-Type": "application/rss+xml", **headers})


def posts() -> list[Item]:
    return list(Item.objects.filter(kind="post").order_by("pk"))


def looked_at(feed: OutsideFeed) -> OutsideFeed:
    """Pull a feed, as if its time had come."""
    OutsideFeed.objects.filter(pk=feed.pk).update(next_at=timezone.now())
    pulling.pull(feed.pk)
    return OutsideFeed.objects.get(pk=feed.pk)


# What becomes a post.


def test_the_newest_entry_becomes_a_post_of_the_host_and_later_ones_follow(company, server, feed):
    serve(server, rss("three", "two", "one"))
    feed = looked_at(feed)
    assert [(post.title, post.author, post.space) for post in posts()] == [("three", company.tomasz, company.heat)]
    assert feed.title == "Heat pump news"
    assert posts()[0].card == {"from": {"title": "Heat pump news", "url": "https://news.example/three"}}
    assert "https://news.example/three" in posts()[0].safe_html
    assert "All about three." in posts()[0].excerpt
    serve(server, rss("five", "four", "three", "two", "one"))
    looked_at(feed)
    assert [post.title for post in posts()] == ["three", "four", "five"]


def test_atom_is_read_too_and_relative_links_are_whole(company, server, feed):
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Norms</title><entry><id>urn:1</id><title>EN 14511</title>'
        '<link href="/norms/14511"/><summary type="html">&lt;p&gt;New &lt;b&gt;edition&lt;/b&gt;&lt;/p&gt;</summary>'
        "</entry></feed>"
    )
    serve(server, body.encode())
    looked_at(feed)
    assert posts()[0].excerpt.startswith("New edition")
    assert f'href="http://{server.place}/norms/14511"' in posts()[0].safe_html


def test_an_entry_that_changes_stays_one_post(company, server, feed):
    serve(server, rss("one"))
    looked_at(feed)
    changed = "<title>one, corrected</title><link>https://news.example/1b</link><guid>one</guid>"
    serve(server, rss(changed))
    looked_at(feed)
    assert [post.title for post in posts()] == ["one"]


def test_a_day_takes_as_many_as_its_host_said_and_the_rest_is_left_out(company, server, feed):
    serve(server, rss("zero"))
    looked_at(feed)
    serve(server, rss(*[f"n{n}" for n in range(10)], "zero"))
    looked_at(feed)
    assert [post.title for post in posts()] == ["zero", "n1", "n0"]
    looked_at(feed)
    assert len(posts()) == 3
    OutsideEntry.objects.update(seen_at=timezone.now() - timedelta(days=2))
    serve(server, rss("tomorrow", "n0"))
    looked_at(feed)
    assert [post.title for post in posts()][3:] == ["tomorrow"]


def test_words_from_outside_call_tag_and_mark_nothing(company, server, feed):
    nasty = (
        "<title>@noah look #urgent</title><link>https://news.example/a_b_(c)?x=1&amp;y=&lt;2&gt;</link><guid>x</guid>"
        "<description><![CDATA[<script>alert(1)</script><p onclick='x'>Hello @noah and @priya, #boilers! "
        "**not bold** [not](https://evil.example) <img src=x onerror=alert(1)> `code` &lt;b&gt; "
        "<style>p{}</style>\u202etxt.exe</p>]]></description>"
    )
    serve(server, rss(nasty))
    looked_at(feed)
    post = posts()[0]
    assert not Topic.objects.exists()
    assert markdown.render(post.source).mentions == ()
    for wrong in ("<script", "onerror", "<img", "<strong", ">not<", "/people/noah", "hashtag", "\u202e"):
        assert wrong not in post.safe_html, wrong
    assert "**not bold** [not](https://evil.example)" in markdown.plain(post.safe_html)
    assert "alert" not in post.safe_html
    *within, (_own, words) = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', post.safe_html)
    assert (within, words) == ([("https://evil.example", "https://evil.example")], "Read it at news.example")
    assert post.safe_html.count("<a ") == 2


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "https://u:p@evil.example/", "//", "x y"])
def test_a_link_that_is_none_is_left_out(company, server, feed, link):
    serve(server, rss(f"<title>One</title><link>{link}</link><guid>1</guid><description>Words</description>"))
    looked_at(feed)
    assert "javascript" not in posts()[0].safe_html
    assert "evil" not in posts()[0].safe_html
    assert "<script" not in posts()[0].safe_html


# What is refused.

BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title></channel></rss>"""
OWN_FILE = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<rss version="2.0"><channel><title>&x;</title><item><title>&x;</title></item></channel></rss>"""
CHANNEL = b"<channel><title>News</title><item><title>One</title></item></channel>"
OUTSIDE_DTD = (
    b"""<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd"><rss version="2.0"><channel/></rss>"""
)


@pytest.mark.parametrize("body", [BOMB, OWN_FILE, BOMB.decode().encode("utf-16")])
def test_a_document_type_that_declares_something_is_refused(body):
    with pytest.raises(parsing.NotAFeed, match="document type"):
        parsing.read(body, "https://news.example/feed")


def test_a_document_type_that_only_names_a_file_is_passed_over_and_the_file_not_asked_for(server):
    body = OUTSIDE_DTD.replace(b"http://127.0.0.1", f"http://{server.place}".encode()).replace(b"<channel/>", CHANNEL)
    assert parsing.read(body, "https://news.example/feed").title == "News"
    assert not server.asked


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        ("<?xml version='1.0' encoding='utf-8'?>Größe".encode("latin-1"), "text/xml", "Größe"),
        ("Größe".encode("latin-1"), "text/xml; charset=ISO-8859-1", "Größe"),
        ("Łódź".encode("iso-8859-2"), "text/xml; charset=iso-8859-2", "Łódź"),
        (b"caf&eacute; &amp; b&uuml;ro", "text/xml", "café & büro"),
        (b"cut & dry", "text/xml", "cut & dry"),
        (b"here\x01 too", "text/xml", "here too"),
        (b"here too", "text/xml; charset=punycode", "here too"),
        ("Größe".encode("latin-1"), "text/xml; charset=punycode", "Größe"),
        (b"&nosuchname; x", "text/xml", "&nosuchname; x"),
    ],
)
def test_what_its_maker_got_wrong_is_read_as_it_was_meant(body, content_type, title):
    declared, mark, text = body.rpartition(b"?>")
    whole = declared + mark + b'<rss version="2.0">' + CHANNEL.replace(b"News", text) + b"</rss>"
    said = parsing.read(whole, "https://news.example/feed", content_type)
    assert said.title == title


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00" * 100, b"<html><body>Hello</body></html>", b"<rss version='2.0'><channel>", b"{}", b"\xff\xfe\x00",
     b"<a>" * 100_000],
)  # fmt: skip
def test_what_is_no_feed_is_a_sentence(company, server, feed, body):
    serve(server, body)
    feed = looked_at(feed)
    assert "no feed" in feed.problem
    assert posts() == []


def test_a_feed_that_is_too_large_or_packed_or_moved_is_a_sentence(company, server, feed):
    serve(server, rss("one") + b" " * (pulling.MOST_BYTES + 1))
    assert "larger" in looked_at(feed).problem
    serve(server, rss("one"), **{"Content-Encoding": "gzip"})
    assert "packed" in looked_at(feed).problem
    server.answers = lambda asked: Said(301, b"", {"Location": "http://169.254.169.254/feed"})
    assert "has moved" in looked_at(feed).problem
    assert {asked.path for asked in server.asked} == {"/feed.xml"}
    assert posts() == []


def test_an_address_inside_is_refused_and_checked_again_each_time(company, server, feed, settings):
    settings.INTERNAL_HOSTS = frozenset()
    serve(server, rss("one"))
    assert looked_at(feed).problem
    assert server.asked == []
    for address in ("http://127.0.0.1/feed", "https://10.0.0.1/", "file:///etc/passwd", "https://localhost:22/"):
        with pytest.raises(Invalid) as refused:
            add(company, server, address=address)
        assert refused.value.field == "address"


# How often, and how it ends.


def test_what_has_not_changed_is_not_sent_again(company, server, feed):
    serve(server, rss("one"), ETag='"abc"', **{"Last-Modified": "Sat, 21 Nov 2026 08:00:00 GMT"})
    looked_at(feed)
    server.answers = lambda asked: Said(304)
    feed = looked_at(feed)
    asked = server.asked[1].headers
    assert asked["if-none-match"] == '"abc"'
    assert asked["if-modified-since"] == "Sat, 21 Nov 2026 08:00:00 GMT"
    assert feed.title == "Heat pump news"
    assert feed.next_at > timezone.now() + timedelta(minutes=50)


def test_what_fails_is_looked_at_less_and_less_and_at_last_not_at_all(company, server, feed):
    server.answers = lambda asked: Said(500)
    rests = []
    for _ in range(9):
        before = timezone.now()
        rests.append(round((looked_at(feed).next_at - before) / timedelta(minutes=10)))
    assert rests == [3, 6, 12, 24, 48, 96, 144, 144, 144]
    OutsideFeed.objects.update(failing_since=timezone.now() - timedelta(days=15))
    assert looked_at(feed).off == OutsideFeed.Off.FAILING
    assert [one.to for one in mail.outbox] == [["tomasz@fernway.example"]]
    looked_at(feed)
    assert len(server.asked) == 10
    serve(server, rss("one"))
    acts.look_again(company.viewer("hassan"), feed)
    assert looked_at(feed).off == ""
    assert len(posts()) == 1


def test_gone_is_taken_at_its_word(company, server, feed):
    server.answers = lambda asked: Said(410)
    assert looked_at(feed).off == OutsideFeed.Off.GONE


def test_it_ends_on_its_last_day(company, server, feed):
    OutsideFeed.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert looked_at(feed).off == OutsideFeed.Off.OVER
    assert server.asked == []


@pytest.mark.parametrize("how", ["a host no more", "has left", "archived"])
def test_it_ends_with_its_host(company, server, feed, how):
    hassan = company.viewer("hassan")
    if how == "a host no more":
        change_standing(hassan, company.heat, company.tomasz, Standing.MEMBER)
    elif how == "has left":
        Person.objects.filter(pk=company.tomasz.pk).update(is_active=False)
        kept.clear()
    else:
        archive(hassan, company.heat)
    serve(server, rss("one"))
    assert looked_at(feed).off == OutsideFeed.Off.HOST
    assert server.asked == []
    assert posts() == []


def test_the_clock_asks_for_what_is_due_once(company, server, feed):
    ProcrastinateJob.objects.all().delete()
    jobs.look_at_due()
    jobs.look_at_due()
    assert ProcrastinateJob.objects.filter(task_name="feeds.pull").count() == 1
    ProcrastinateJob.objects.all().delete()
    OutsideFeed.objects.update(next_at=timezone.now() + timedelta(hours=1))
    jobs.look_at_due()
    assert not ProcrastinateJob.objects.exists()


# Who may.


@pytest.mark.parametrize("name", ["noah", "ines", "sam", "elena"])
def test_only_a_host_lets_one_in(company, server, name):
    with pytest.raises(NotAllowed):
        add(company, server, by=name)


def test_the_same_feed_comes_once_into_a_space(company, server, feed):
    with pytest.raises(Invalid):
        add(company, server, by="hassan")


@pytest.mark.parametrize("wrong", [{"most_a_day": 0}, {"most_a_day": 21}, {"ends_on": timezone.localdate()}])
def test_there_is_a_cap_and_an_end(company, server, wrong):
    if "ends_on" in wrong:
        wrong = {"ends_on": timezone.localdate() + timedelta(days=400)}
    with pytest.raises(Invalid):
        add(company, server, **wrong)


def test_removing_one_leaves_its_posts(company, server, feed):
    serve(server, rss("one"))
    looked_at(feed)
    acts.remove_feed(company.viewer("hassan"), OutsideFeed.objects.get())
    assert not OutsideEntry.objects.exists()
    assert len(posts()) == 1
