"""From Markdown, as people type it, to safe HTML, made once when written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from html import unescape

import nh3

from watercooler.foundation.base.cleaning import clean_text, excerpt, topic_slug
from watercooler.spine.content.parser import to_html

RENDERER = 1
"""Raise it when the output changes: it stands beside each item's HTML, which says so how it was made."""

MENTION = re.compile(r"(?<![\w/@.`])@([a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?)", re.I | re.A)
HASHTAG = re.compile(r"(?<![\w/#&`])#([^\W\d_][\w-]{1,58})")
ADDRESS = re.compile(r"(?<![\w/])https?://[^\W_](?:[^\s<>\"&\[\]{}|\\^`]|&(?!lt;|gt;|quot;|nbsp;))*", re.I)
"""With the signs that RFC 3986 allows, and letters of any script."""
_ENDS_A_SENTENCE = "?!.,:;*_~'’”»…"
OWN_FILE = re.compile(r"/files/[0-9]{1,18}/[^/?#\\]+(?:\?small)?\Z")
_SKIP = re.compile(r"(<(?:a|code|pre)\b.*?</(?:a|code|pre)>|<[^>]+>)", re.S)

_NOT_WORDS = re.compile(r"(<(?:code|pre)\b.*?</(?:code|pre)>|<[^>]+>)", re.S)
_UNITS = "°C °F K km m cm mm µm m² m³ km/h mph kWh kW MW W kV V mA A bar mbar kPa Pa Hz kHz h min s ms kg g mg t l ml"
_MEASURE = re.compile(rf"(?<=\d) (?=(?:{'|'.join(_UNITS.split())}|[kMGT]B|%|€|£)(?![\w’'-]))")

ENOUGH = (500, 1000, 3000)
"""So many characters of HTML hold the words of an excerpt: mostly, nearly always, and always."""
EXCERPT = 280
_TAG = re.compile(r"<[^>]+>")
_WITHIN_WORDS = re.compile(r"</?(?:em|strong|code|a|s|del|mark|sup|sub)\b[^>]*>")
_TABLE = re.compile(r"<table\b.*?</table>", re.S)
_HEADING = re.compile(r"<(/?)h([1-5])>")
_PICTURE = re.compile(r"<img\b[^>]*>", re.I)
_PICTURE_ATTRIBUTE = re.compile(r'\b(src|alt)="([^"]*)"', re.I)

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "em", "strong", "s", "del", "ins"),
    *("ul", "ol", "li", "input", "table", "thead", "tbody", "tr", "th", "td", "a", "img", "sup", "sub", "kbd", "mark"),
}
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "th": {"align"},
    "td": {"align"},
    "ol": {"start"},
    "code": {"class"},
    "input": {"type", "checked", "disabled"},
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML with what was found in the text: handles mentioned, topics named, and its beginning in plain words."""

    html: str
    excerpt: str
    mentions: tuple[str, ...]
    hashtags: tuple[str, ...]


def _attribute(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        return value if OWN_FILE.match(value) else None
    if tag == "input" and attribute == "type":
        return value if value == "checkbox" else None
    if tag == "code" and attribute == "class":
        return value if re.fullmatch(r"language-[\w+-]{1,30}", value) else None
    return value


# Made once: for each text anew its rules took longer to read than the text.
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_attribute,
    set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="nofollow noopener ugc",
    strip_comments=True,
)


def clean(html: str) -> str:
    """Return HTML with nothing in it that could run, load from elsewhere, or imitate the page."""
    return _CLEANER.clean(html)


def render(source: str, known: Callable[[Collection[str]], Collection[str]] | None = None) -> Rendered:
    """Return the safe HTML of a Markdown text with its mentions and hashtags linked.

    known: says which of some handles are somebody's, and is asked only if there are any; without it all are linked.
    Headings begin at h2, since the page's title is h1. Pictures load from this server only. Cost: about 1 ms a page.
    """
    text = clean_text(source)
    html = _with_links(clean(_lower_headings(to_html(text))))
    words = _SKIP.sub(" ", html)
    mentions = tuple(dict.fromkeys(handle.lower() for handle in MENTION.findall(words)))
    return Rendered(
        html=_outside_tags(html, known(mentions) if known and mentions else mentions),
        excerpt=excerpt(plain(_sentences(html))),
        mentions=mentions,
        hashtags=tuple(dict.fromkeys(HASHTAG.findall(unescape(words)))),
    )


def taken_over(html: str) -> Rendered:
    """Return another house's HTML as this one shows it: cleaned, headings from h2 on, outside pictures as links.

    Nobody is mentioned by it: its names are those of another house. Cost: 0.1 ms a page.
    """
    if "<img" in html or "<IMG" in html:
        html = _PICTURE.sub(_as_link, html)
    safe = clean(_lower_headings(html))
    return Rendered(html=safe, excerpt=_beginning(safe), mentions=(), hashtags=())


def _beginning(html: str) -> str:
    """Return the excerpt of safe HTML from its first part alone: most of a long text is never looked at."""
    words, html = "", _sentences(html)
    for enough in ENOUGH:
        words = " ".join(plain(html if len(html) < enough else html[:enough].rpartition("<")[0]).split())
        if len(words) > EXCERPT:
            break
    return excerpt(words, EXCERPT)


def _as_link(picture: re.Match[str]) -> str:
    found = dict(_PICTURE_ATTRIBUTE.findall(picture[0]))
    address, words = found.get("src", ""), found.get("alt", "").strip()
    return f'<a href="{address}">{words or "picture"}</a>' if address.startswith(("http", "//")) else words


def cleaned_again(html: str) -> str:
    """Return HTML that this house once made, with nothing in it that `render` would not have let through.

    For what comes back from outside, as in an export: HTML of our own comes out as it went in. Cost: 0.1 ms a page.
    """
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={**ATTRIBUTES, "a": {"href", "title", "class", "rel"}},
        attribute_filter=_attribute_again,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )


def _attribute_again(tag: str, attribute: str, value: str) -> str | None:
    if tag == "a" and attribute == "class":
        return value if value in {"mention", "hashtag"} else None
    return _attribute(tag, attribute, value)


def render_plainly(source: str) -> Rendered:
    """Return the safe HTML of a Markdown text from another house: as `render`, with nobody mentioned or tagged."""
    html = _with_links(clean(_lower_headings(to_html(clean_text(source)))))
    return Rendered(html=html, excerpt=_beginning(html), mentions=(), hashtags=())


def plain(html: str) -> str:
    """Return the words of safe HTML, blocks apart by a space."""
    return unescape(" ".join(_TAG.sub(" ", _WITHIN_WORDS.sub("", html)).split())).strip()


def _sentences(html: str) -> str:
    """Return safe HTML without its tables, whose cells read as no sentence; whole where it holds nothing else."""
    if "<table" not in html:
        return html
    rest = _TABLE.sub(" ", html)
    return rest if plain(rest) else html


def _lower_headings(html: str) -> str:
    if "<h" not in html:
        return html
    return _HEADING.sub(lambda m: f"<{m[1]}h{int(m[2]) + 1}>", html)


def _with_links(html: str) -> str:
    """Return safe HTML with each address that stands in the text as a link.

    Source: GitHub Flavored Markdown, section 6.9, for what says http itself. A library for it took 47 s for a page of
    "://" and made links of "//words".
    """
    return _outside(html, "://", ADDRESS, _address) if "://" in html else html


def _address(found: re.Match[str]) -> str:
    """Return a link, without the signs that end the sentence around it, and a bracket that it does not open itself."""
    said = found[0]
    end, closing = len(said), said.count(")") - said.count("(")
    while said[end - 1] in _ENDS_A_SENTENCE or (said[end - 1] == ")" and closing > 0):
        closing -= said[end - 1] == ")"
        end -= len("&amp;") if said.endswith("&amp;", 0, end) else 1
    return f'<a href="{said[:end]}" rel="nofollow noopener ugc">{said[:end]}</a>{said[end:]}'


def with_units(html: str) -> str:
    """Return safe HTML in which no line ends between a number and its unit: "2 °C", "30 min".

    For what is shown: what is kept has plain spaces, by which search parts its words. Cost: some microseconds a card.
    """
    parts = _NOT_WORDS.split(html)
    parts[::2] = [_MEASURE.sub("\N{NO-BREAK SPACE}", part) for part in parts[::2]]
    return "".join(parts)


def _outside_tags(html: str, known: Collection[str]) -> str:
    def mention(found: re.Match[str]) -> str:
        return _mention(found) if found[1].lower() in known else found[0]

    return _outside(_outside(html, "@", MENTION, mention), "#", HASHTAG, _hashtag)


def _outside(html: str, sign: str, pattern: re.Pattern[str], link: Callable[[re.Match[str]], str]) -> str:
    """Return safe HTML with what a pattern finds replaced, but for links, code and tags. sign: what each one holds."""
    parts = _SKIP.split(html)
    return "".join([pattern.sub(link, part) if not n % 2 and sign in part else part for n, part in enumerate(parts)])


def _mention(found: re.Match[str]) -> str:
    return f'<a class="mention" href="/people/{found[1].lower()}">@{found[1]}</a>'


def _hashtag(found: re.Match[str]) -> str:
    return f'<a class="hashtag" href="/topics/{topic_slug(found[1], "thing")}">#{found[1]}</a>'
