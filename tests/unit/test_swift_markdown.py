"""The quick way to HTML comes to what the house's own parser makes, or leaves the text to it."""

import random
import re

import pytest

from watercooler.foundation.base.cleaning import clean_text
from watercooler.spine.content import swift
from watercooler.spine.content.markdown import clean
from watercooler.spine.content.parser import parser, to_html

TEXTS = (
    *(
        "a",
        "b c",
        "*",
        "**",
        "_",
        "__",
        "~~",
        "`",
        "``",
        "[",
        "](",
        ")",
        "[a](/x)",
        "![",
        "]",
        "<",
        ">",
        "<b>",
        "&amp;",
    ),
    *("&", "\\", "\n", "\n\n", "- ", "1. ", "> ", "# ", "| a | b |\n| - | - |\n", "- [ ] a\n", "[x] ", "<https://a.b>"),
    *("https://a.b", "[a]: /b\n", "^", "$", "#", "%", "+", ":", "=", "\n===\n", "\n---\n", "@", "{", "}", "  \n"),
    *("<div>\n", '"', "é", "    ", "\t", "```\n"),
)
MORE = (
    *("[a](b c)", '[a](b "t")', "![a](/files/1/a.png)", "<a@b.c>", "<foo>", '<a href="x">', "</a>", "<!-- x -->"),
    *("\n<b>x</b>\n", "  - ", "    - ", "10) ", "2. x\n", "> > ", "\t", "\n\n    code\n", "~~", "~", "~~~\n", "&nbsp;"),
    *(
        "&#35;",
        "&copy;",
        "\\*",
        "\\_",
        "\\[",
        "[foo]: <bar> 'baz'\n",
        "[foo]",
        "[foo][]",
        "[é](/é)",
        "\u00a0",
        "\u2003",
    ),
    *("[a](https://exämple.org/ä?b=c d)", "***", "___", "**a**", "*a _b_ c*", "# h #\n", "====\n", "----\n", "* * *\n"),
    *(
        "``` py x\na\n```\n",
        "`` a`b ``",
        "\u2003",
        "http://a_b_c",
        "![x](http://e.x/a.png)",
        "[x](javascript:alert(1))",
    ),
    *("[x](data:text/html,y)", "[a](b(c)d)", "[a](b)c)", "[[a]](b)", "[a [b](c) d](e)", "1", "2024.", "word", "ü"),
    *("日本", "**日本**語", "😀", "\u200b", "- a\n", "- b\n", "+ c\n", "\n- ", "\n1. ", "\n> "),
)
BLOCK = re.compile(r"\s*(</?(?:p|ul|ol|li|pre|blockquote|h\d|table|thead|tbody|tr|td|th|hr|br)\b[^>]*>)\s*")


def seen(html: str) -> str:
    """Return safe HTML as a browser reads it: white space between blocks is none."""
    return " ".join(BLOCK.sub(r"\1", clean(html)).split())


def test_texts_come_out_as_the_other_parser_gives_them():
    choose = random.Random(3)
    taken = 0
    pieces = [*(piece for piece in TEXTS if "|" not in piece), *MORE]
    for _ in range(4000):
        text = clean_text("".join(choose.choices(pieces, k=choose.randint(1, 12))))
        if (quick := swift.html(text)) is not None:
            taken += 1
            assert seen(quick) == seen(parser().render(text)), text
    assert taken > 1000


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|:-|-:|\n| c | `d` |\n",
        "words\n\n| a | b | c |\n| --- | --- | --- |\n| **c** | d | [e](/f) |\n| c |\n\nmore",
        "> | a | b |\n> | - | - |\n> | c | d |\n\n- one\n\n  two\n- three",
        "# Head\n\nText with *emphasis*, **strength** and `code`.\n\n1. a\n2. b\n   - inside\n\n```py\nx < 1\n```\n",
        "About <this> and a < b, 5 ~ 6, [a link](/articles/1/x#part-2) and <https://example.org/a?b=1&c=2>.",
    ],
)
def test_what_pages_are_made_of_goes_the_quick_way(text: str):
    quick = swift.html(text)
    assert quick is not None
    assert seen(quick) == seen(parser().render(text))


@pytest.mark.parametrize(
    "text",
    [
        *("~~gone~~", "- [ ] open", "- [x] done", "<b>bold</b>", "a\n<div>\n*b*", '<a *b* c="*">', "[a]: /b\n``", "1."),
        *("a\u00a0", "\u2003a", "[x](javascript:alert(1))", "[a](/ä)", "1\n|-|", "a|\n---\nb", "|a\n-\n", "x\n|\n"),
        *("> " * 30 + "a", "- " * 30 + "a", "a\\  \nb"),
    ],
)
def test_what_they_read_differently_is_left_to_the_other(text: str):
    assert swift.html(text) is None
    assert to_html(text) == parser().render(text)


@pytest.mark.parametrize("piece", [">", "> ", "+ ", "1. ", "- + ", "\n" + "> " * 15 + "a"])
def test_what_lies_deep_within_each_other_is_left_to_the_other(piece: str):
    """It ends at a depth. Cleaning 100,000 quotations within each other took minutes."""
    assert swift.html((piece * 20_000)[:20_000]) is None


@pytest.mark.parametrize("mark", [">", "> ", " > ", "> - ", "- > "])
@pytest.mark.parametrize("depth", [19, 20, 30, 500])
def test_what_is_quoted_deep_down_is_still_said(mark, depth):
    if "-" in mark and depth > 30:
        pytest.skip("a list within each quote is cut where the library cuts it")
    assert "the last word" in to_html(mark * depth + " the last word")
