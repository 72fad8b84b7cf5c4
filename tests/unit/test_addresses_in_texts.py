"""An address that stands in a text is a link, as everywhere else; what only resembles one is not."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watercooler.spine.content.markdown import cleaned_again, plain, render, render_plainly

LINK = re.compile(r'<a href="([^"]*)" rel="nofollow noopener ugc">([^<]*)</a>')


def links(text):
    return [unescape(address) for address, _words in LINK.findall(render(text).html)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See https://example.org.", "https://example.org"),
        ("(see http://a.example/b)", "http://a.example/b"),
        ("https://a.example/Heat_(pump)", "https://a.example/Heat_(pump)"),
        ("(https://a.example/Heat_(pump))", "https://a.example/Heat_(pump)"),
        ("https://a.example/?x=1&y=2, or", "https://a.example/?x=1&y=2"),
        ("“https://a.example/b”", "https://a.example/b"),
        ("**https://a.example**", "https://a.example"),
        ("<b>https://a.example</b>", "https://a.example"),
        ("https://a.example/?x&", "https://a.example/?x"),
        ("HTTPS://A.example", "HTTPS://A.example"),
        ("http://wiki/boilers and", "http://wiki/boilers"),
        ("https://пример.example/путь", "https://пример.example/путь"),
        ("https://a.example/@priya#frost", "https://a.example/@priya#frost"),
        ("https://a.example/?q=@priya", "https://a.example/?q=@priya"),
    ],
)
def test_an_address_is_a_link_without_the_signs_around_it(text, address):
    assert links(text) == [address]
    assert render(text).mentions == render(text).hashtags == ()


@pytest.mark.parametrize(
    "text",
    [
        "app.py",
        "www.example.org",
        "a@b.example",
        "//b.example/x",
        "javascript:alert(1)",
        "http://",
        "https://?x",
        "ahttp://b.c",
    ],
)
def test_what_does_not_say_that_it_is_one_is_none(text):
    assert "<a" not in render(text).html


def test_code_and_links_stay_as_they_are():
    assert "<a" not in render("`https://a.example` and\n\n    https://b.example").html
    assert render("[https://a.example](https://b.example)").html.count("<a") == 1


def test_a_page_of_a_handbook_has_them_too():
    assert LINK.findall(render_plainly("https://a.example").html) == [("https://a.example", "https://a.example")]


def test_somebody_mentioned_beside_an_address_still_is():
    assert render("@priya: https://a.example/x #Frost").mentions == ("priya",)


@given(st.text("ahtps:/.&;()<>\"'?=@# \n*_`é\u00a0", max_size=60))
def test_nothing_gets_lost_and_nothing_breaks_out(text):
    html = render(f"https://a.example/{text}").html
    for address in re.findall(r'href="([^"]*)"', html):
        assert re.match(r"(https?://|/people/|/topics/|mailto:)", address) or "](" in text
    assert cleaned_again(html) == html
    assert "https://a.example/" in plain(html) or "`" in text


@pytest.mark.parametrize("part", ["://", "http://a.", "https://", "&", ")", "(", ".", "http://a "])
def test_long_ones_take_no_time(part):
    """Ten times the text takes no more than some forty times the time."""
    import time

    def cost(length):
        began = time.process_time()
        render("https://a.example/" + (part * length)[:length])
        return time.process_time() - began

    assert min(cost(90_000) for _ in range(2)) < 40 * max(min(cost(9_000) for _ in range(3)), 0.002)
