"""Long HTML that a page is put together from as bytes."""

from __future__ import annotations

import pytest

from watercooler.foundation.base import templates
from watercooler.foundation.base.templates import Piece, joined, render, rendered

SHOWN = "<p>{{ words }}</p>{% if cards %}{{ cards }}{% else %}none{% endif %}<i>{{ after }}</i>"


@pytest.fixture
def page():
    templates.environment().add_template("pieces.html", SHOWN)
    yield "pieces.html"
    templates.environment().remove_template("pieces.html")


def test_a_piece_stands_where_the_template_puts_it_as_it_is(page):
    cards = joined([Piece([b"<b>1 & 2</b>"]), Piece([b"\xc3\xa9", b"!"])])
    assert rendered(page, words="<", cards=cards, after="é") == "<p>&lt;</p><b>1 & 2</b>é!<i>é</i>".encode()


def test_a_page_without_a_piece_says_so(page):
    assert rendered(page, words="", cards=Piece(), after="") == b"<p></p>none<i></i>"


def test_a_piece_rendered_as_text_is_not_escaped(page):
    assert render(page, words="", cards=Piece([b"<b>1</b>"]), after="") == "<p></p><b>1</b><i></i>"


def test_no_text_poses_as_a_piece(page):
    posing = "\0cards\0 \0-cards\0"
    html = rendered(page, words=posing, cards=Piece([b"<b>"]), after=posing)
    assert html.count(b"<b>") == 1
    assert html.startswith(f"<p>{posing}</p>".encode())
