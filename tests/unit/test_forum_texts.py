"""Texts of old forums, which anybody may have written: none of them holds an import up."""

import time

import pytest

from watercooler.doors.importing.discourse import texts
from watercooler.doors.importing.texts import ForumAddresses

LENGTH = 200_000
BEGINNINGS = [
    "<img ", '<img class="emoji ', '<img alt="a" ', '<img class="avatar ', "<aside>", "<h1>", "<", "lightbox ",
    '<aside class="onebox" ', '<aside class="onebox" data-onebox-src="x">', '<div class="meta">lightbox',
    "[quote]\n", "[quote\n", '[quote="otto, post:3, topic:12', "[/quote]\n", "[details]\n", "[poll\n", "![", "[", "[a",
    "<svg ", "<svg>", "<video ", "<iframe ", '<iframe src="x" ', '<div class="lazyYT" data-youtube-id="x" ',
    '<div class="lazy-video-container" data-video-title="x" ',
    '<div class="lazy-video-container" data-video-title="x">',
    '<div class="lazy-video-container" data-video-title="x"><a href="x">', '<span class="math">', '<div class="math"> ',
    "[a\n", "](upload://", "`", "```\n", "    a\n", "> ", "](", '<a href="/t/',
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


def cost(text):
    """Return the processor seconds that a text takes, the least of three."""
    addresses, took = ForumAddresses("forum.example"), []
    for _time in range(3):
        began = time.process_time()
        texts.shown(text, addresses)
        texts.source(text, "", addresses)
        took.append(time.process_time() - began)
    return min(took)


def check(beginning, more):
    """Eight times the length costs eight times as much, not sixty-four; below some length other things cost more."""
    short, long = (f"<aside>{beginning}{more * (length // len(more))}" for length in (LENGTH // 8, LENGTH))
    assert cost(long) < 24 * max(cost(short), cost("word " * (LENGTH // 8 // 5)))


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_begins_and_never_ends_costs_no_more_than_its_length(beginning):
    check("", beginning)


@pytest.mark.parametrize(("beginning", "more"), [(one, more) for one, others in INSIDE.items() for more in others])
def test_what_begins_once_and_goes_on_costs_no_more_than_its_length(beginning, more):
    check(beginning, more)


def test_a_quote_that_is_code_stays_as_it_was_written_and_one_around_code_becomes_a_quote():
    fenced = '```\n[quote="otto, post:3"]\nHow it is typed\n[/quote]\n```'
    said = texts.source(f"Write this:\n\n{fenced}\n", "", ForumAddresses("forum.example"))
    assert fenced in said
    around = '[quote="otto, post:3"]\nRun this:\n\n```\nmake all\n```\n[/quote]\nThanks'
    said = texts.source(around, "", ForumAddresses("forum.example"))
    assert said.startswith("> otto:\n>\n> Run this:\n>\n> ```\n> make all\n> ```\n")
    assert said.endswith("Thanks")
    quoted = "> ```\n> make all\n> ```\n"
    assert texts.source(quoted, "", ForumAddresses("forum.example")) == quoted
