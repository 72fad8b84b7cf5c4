"""The strict reader of HTML finds what browsers would silently repair."""

from __future__ import annotations

import pytest

from tests.markup import faults

PAGE = "<!doctype html><html lang='en'><head><title>T</title></head><body><main><h1>H</h1>{}</main></body></html>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>One<br>two <em>three</em></p>",
        "<ul><li>a</li></ul>",
        "<label>Name <input name=n></label>",
        "<svg aria-hidden=true><use href='#i'/><lineargradient></lineargradient></svg>",
        "<live-feed><article id=a></article></live-feed>",
        "<form><button>Go</button></form><textarea>{{ kept }}</textarea>",
        PAGE.format("<label for=a>A</label><input id=a>"),
    ],
)
def test_valid(html: str) -> None:
    assert faults(html) == []


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>One<div>two</div></p>", "ends the <p>"),
        ("<div><span></div>", "not closed"),
        ("<div>", "never closed"),
        ("</div>", "closes nothing"),
        ("<div/>", "does not close itself"),
        ("<i id=a></i><b id=a></b>", "there twice"),
        ("<i id='a b'></i>", "has the id"),
        ("<i class=a class=b></i>", "class twice"),
        ("<ul><div></div></ul>", "directly in <ul>"),
        ("<div><li>a</li></div>", "<li> in <div>"),
        ("<ul>text</ul>", "directly in <ul>"),
        ("<a href=/><button>x</button></a>", "inside <a>"),
        ("<button><a href=/>x</a></button>", "inside <button>"),
        ("<form><form></form></form>", "inside <form>"),
        ("<img src=x>", "without alt"),
        ("<blink></blink>", "is no element"),
        ("<p>{{ name }}</p>", "shows through"),
        ("<b onclick='x()'></b>", "inline handler"),
        (PAGE.format("<label for=b>B</label>"), "points at no id"),
        (PAGE.format("<h1>Again</h1>"), "exactly one <h1>"),
        (PAGE.replace("<title>T</title>", ""), "no <title>"),
        (PAGE.replace(" lang='en'", ""), "no lang"),
        (PAGE.replace("<!doctype html>", ""), "no <!doctype"),
    ],
)
def test_not_valid(html: str, words: str) -> None:
    assert any(words in fault for fault in faults(html)), faults(html)
