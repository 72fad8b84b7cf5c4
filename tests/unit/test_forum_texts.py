"""Texts of old forums, which anybody may have written: none of them holds an import up."""

import time

import pytest

from watercooler.doors.importing.discourse import texts
from watercooler.doors.importing.texts import ForumAddresses

LENGTH = 200_000
BEGINNINGS = [
    "<img ", '<img class="emoji ', '<img alt="a" ', '<img class="avatar ', "<aside>", "<h1>", "<", "lightbox ", "<svg ",
    '<aside class="onebox" ', '<aside class="onebox" data-onebox-src="x">', '<div class="meta">lightbox', "<video ",
    '<iframe src="a" ', '<div class="lazyYT" ', '<div class="lazy-video-container" data-video-title="a"><a href="a">',
    '<span class="math">', '<div class="math">', "[quote]\n", "[quote\n", "[/quote]\n",
    '[quote="otto, post:3, topic:12', "[details]\n", "[poll\n", "![", "[", "[a", "[a\n", "](upload://",
    "`", "```\n", "    a\n", "> ", "](",
    '<a href="/t/',
]  # fmt: skip
INSIDE = {
    "<img ": ['class="emoji ', 'alt="" ', 'class="avatar '],
    '<aside class="onebox" ': ['data-onebox-src="a" '],
    '<aside class="onebox" data-onebox-src="a"><h1>': ["<", "</h1 "],
    "<iframe ": ['src="a" '],
    '<div class="': ["lazyYT ", "lazy-video-container "],
    '<div class="lazyYT" ': ['data-youtube-id="a" '],
    '<div class="math">': [" ", "\n"],
    '<div class="lazy-video-container" data-video-title="a">': [" "],
}


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_begins_and_never_ends_costs_no_more_than_its_length(beginning):
    read("<aside>" + beginning * (LENGTH // len(beginning)))


@pytest.mark.parametrize(("beginning", "more"), [(one, more) for one, others in INSIDE.items() for more in others])
def test_what_begins_once_and_goes_on_costs_no_more_than_its_length(beginning, more):
    read("<aside>" + beginning + more * (LENGTH // len(more)))


def read(long):
    addresses = ForumAddresses("forum.example")
    began = time.process_time()
    texts.shown(long, addresses)
    texts.source(long, "", addresses)
    assert time.process_time() - began < 2
