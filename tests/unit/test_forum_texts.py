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
    "[a\n", "](upload://", "`", "```\n", "    a\n", "> ", "](", '<a href="/t/',
]  # fmt: skip


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_begins_and_never_ends_costs_no_more_than_its_length(beginning):
    long = "<aside>" + beginning * (LENGTH // len(beginning))
    addresses = ForumAddresses("forum.example")
    began = time.process_time()
    texts.shown(long, addresses)
    texts.source(long, "", addresses)
    assert time.process_time() - began < 2
