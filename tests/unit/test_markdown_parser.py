"""Our parser's short ways lead where the library's own lead."""

import random

import pytest
from markdown_it import MarkdownIt, helpers
from markdown_it.common.normalize_url import normalizeLink
from mdit_py_plugins.tasklists import tasklists_plugin

from watercooler.spine.content.parser import parser

ADDRESSES = (
    *(
        "http://",
        "https://",
        "HTTP://",
        "//",
        "/",
        "a",
        "Ab",
        ".",
        "..",
        "-",
        "?",
        "#",
        "xn--",
        "example.org",
        "a" * 62,
    ),
    *("=", "(", ")", "~", "'", "!", "*", "+", ",", "_", "1", "mailto:", ":", "@", "%20", "%", ";", "&", "é", "\\", "<"),
)
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


def plain():
    library = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    return library.enable(["table", "strikethrough"]).use(tasklists_plugin)


def some(pieces, seed, count, most):
    chosen = random.Random(seed)
    return ["".join(chosen.choices(pieces, k=chosen.randint(1, most))) for _ in range(count)]


def test_texts_come_out_as_the_library_gives_them():
    library = plain()
    for text in some(TEXTS, 1, 3000, 14):
        assert parser().render(text) == library.render(text), text


def test_addresses_are_written_as_the_library_writes_them():
    for address in some(ADDRESSES, 2, 20_000, 8):
        assert parser().normalizeLink(address) == normalizeLink(address), address


@pytest.mark.parametrize("after", [")", " ", "\n", "", ") b", ' "t")'])
def test_a_link_ends_where_the_library_ends_it(after):
    for address in some(ADDRESSES, 3, 4000, 8):
        text = f"{address}{after}"
        for end in (len(text), len(address), len(address) // 2):
            ours, theirs = (each.parseLinkDestination(text, 0, end) for each in (parser().helpers, helpers))
            assert (ours.ok, ours.pos, ours.str) == (theirs.ok, theirs.pos, theirs.str), text
