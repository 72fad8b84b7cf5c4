"""What the tests of feeds share: private addresses, and reading what answers in which nothing may be wrong."""

from __future__ import annotations

from html import unescape

import feedparser
import pytest
from django.conf import settings

from watercooler.doors.feeds import acts
from watercooler.doors.feeds.keys import key_of
from watercooler.spine.spaces.viewer import kept


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
