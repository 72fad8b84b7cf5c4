"""The texts of a forum: what its editor knows and this house does not becomes plain Markdown or clean HTML."""

from __future__ import annotations

import re

from watercooler.doors.importing.code import changed
from watercooler.doors.importing.emoji import with_emoji
from watercooler.doors.importing.texts import ForumAddresses, markdown_of, without_pictures

# Anybody may have written these texts: each try ends at the next beginning or after some hundred signs, or a long text
# of nothing but beginnings would be read to its end once for each of them. Of quotes it is the innermost one of several
# within each other.
_QUOTE = re.compile(r'^\[quote(?:="?([^",\]\n]*)[^\]\n]*)?\]\n?((?:(?!\[quote).)*?)\n?\[/quote\]', re.S | re.M)
DEEPEST_QUOTE = 5
_POLL = re.compile(r"^\[/?poll\b[^\]\n]*\][ \t]*$\n?", re.M)
_AVATAR = re.compile(r'<img\b[^<>]{0,1000}?\bclass="avatar[^<>]*>')
_ONEBOX = re.compile(
    r'<aside class="onebox\b[^<>]{0,300}?\bdata-onebox-src="([^"<>]*)"(?:(?!<aside\b).)*?</aside>', re.S
)
_HEADING = re.compile(r"<h[1-6][^<>]*>((?:(?!<h[1-6]).)*?)</h[1-6]>", re.S)
_EMOJI = re.compile(
    r'<img\b[^<>]{0,1000}?\bclass="emoji[^<>]{0,1000}?\balt="([^"<>]*)"[^<>]*>'
    r'|<img\b[^<>]{0,1000}?\balt="([^"<>]*)"[^<>]{0,1000}?\bclass="emoji[^<>]*>'
)
_LIGHTBOX_META = re.compile(r'<div class="meta">(?:(?!<div\b).)*?</div>', re.S)
"""What stands below a picture that opens large: its file's name and size."""
_VOTERS = re.compile(r'<span class="info-number">[^<>]*</span>\s*<span class="info-label">[^<>]*</span>')
_LIGHTBOX = re.compile(
    r'<a\b(?=[^<>]{0,3000}?\bclass="lightbox")[^<>]{0,3000}?\bhref="([^"<>]{1,2000})"[^<>]{0,3000}>\s*<img\b([^<>]{0,3000})>'
    r"(?:(?!<a\b).)*?</a>",
    re.S,
)
_ALT = re.compile(r'\balt="([^"<>]*)"')
_DRAWN = re.compile(r"<svg\b(?:(?!<svg\b).)*?</svg>|</?(?:video|audio|source)\b[^<>]*>", re.S)
"""Small pictures beside words, and what plays a file: the link to it stands within."""
_FRAME = re.compile(r"""<iframe\b[^<>]{0,1000}?\bsrc=["']([^"'<>]+)["'][^<>]*>(?:\s*</iframe>)?""")
_YOUTUBE = re.compile(
    r'<div class="[^"<>]{0,200}\blazyYT\b[^<>]{0,1000}?data-youtube-id="([\w-]+)"'
    r'(?:[^<>]{0,1000}?data-youtube-title="([^"<>]*)")?[^<>]*>'
)
_VIDEO = re.compile(
    r'<div class="[^"<>]{0,200}\blazy-video-container\b[^<>]{0,1000}?data-video-title="([^"<>]*)"[^<>]*>'
    r'\s*<a href="([^"<>]*)"(?:(?!<a\b).)*?</a>\s*</div>',
    re.S,
)
_FORMULA = re.compile(r'<span class="math">((?:(?!<span\b).)*?)</span>', re.S)
_FORMULAS = re.compile(r'<div class="math">((?:(?!<div\b).)*?)</div>', re.S)
_UPLOAD = re.compile(r"(!?)\[([^\[\]\n]*)\]\(upload://[^)\s]*\)")
_SUMMARY = re.compile(r"<summary\b[^<>]*>((?:(?!<summary\b).){0,2000}?)</summary>", re.S)
_CHAT = re.compile(
    r'<div class="chat-transcript-meta">(?:(?!<div class="chat-transcript-meta).){0,3000}?'
    r'<div class="chat-transcript-datetime">(?:(?!<div\b).){0,1000}?</div>\s*'
    r'|<div class="chat-transcript-username">([^<>]*)</div>\s*<div class="chat-transcript-datetime">'
    r"(?:(?!<div\b).){0,1000}?</div>",
    re.S,
)
_DATE = re.compile(r"\[date=([^\s\]\n\"\[]{1,40})(?:[^\]\n\[]{0,200}?\btime=([\d:]{1,8}))?[^\]\n\[]{0,300}\]")
_CHAT_SAID = re.compile(
    r'^\[chat(?=[\s\]])(?:[^\]\n]*?\bquote="([^;"\]\n]*)[^"\]\n]*")?[^\]\n]*\]\n?'
    r"((?:(?!\[chat\b).)*?)\n?\[/chat\]",
    re.S | re.M,
)
_SIMPLE = re.compile(
    r"\[/?(?:spoiler|grid|wrap|center|left|right|size|color|bgcolor|font|event|policy)\b[^\[\]\n]{0,300}\](?!\()", re.I
)
_BOLD = re.compile(r"\[(b|i|s)\]([^\[\]\n]{1,2000})\[/\1\]", re.I)
_BOLD_MARKS = {"b": "**", "i": "*", "s": "~~"}
_URL = re.compile(
    r"\[url=[\"']?(https?://[^\[\]\s\"']{1,2000})[\"']?\]([^\[\]\n]{1,1000})\[/url\]"
    r"|\[url\](https?://[^\[\]\s]{1,2000})\[/url\]",
    re.I,
)
_DETAILS = re.compile(r'^\[details(?:="?([^"\]\n]*)"?)?\]|^\[/details\][ \t]*$', re.M)


def shown(cooked: str, addresses: ForumAddresses) -> str:
    """Return the HTML of a post without what only the old forum's page needs: a video becomes the link to it, a formula
    the code of it. Not yet safe.
    """
    html = _EMOJI.sub(lambda found: with_emoji(found[1] or found[2] or ""), cooked)
    if "<summary" in html:
        html = _SUMMARY.sub(r"<p><strong>\1</strong></p>", html)
    if "chat-transcript" in html:
        html = _CHAT.sub(lambda found: f"<p><strong>{found[1]}</strong></p>" if found[1] else "", html)
    if "<aside" in html:
        html = _ONEBOX.sub(_as_link, _AVATAR.sub("", html))
    html = _VOTERS.sub("", html) if "info-label" in html else html
    if "lightbox" in html:  # a small picture that links to the large one
        html = _LIGHTBOX.sub(_as_picture, _LIGHTBOX_META.sub("", html))
    return addresses(_played(_FORMULAS.sub(_as_code, _FORMULA.sub(r"<code>\1</code>", html))))


def _as_code(found: re.Match[str]) -> str:
    return f"<pre><code>{found[1].strip()}</code></pre>"


def _played(html: str) -> str:
    """Return HTML with links in the place of videos, sounds and other people's pages."""
    if not ("data-" in html or "<iframe" in html or "<svg" in html or "<video" in html or "<audio" in html):
        return html
    html = _VIDEO.sub(lambda found: _link(found[2], found[1]), html)
    html = _YOUTUBE.sub(lambda found: _link(f"https://www.youtube.com/watch?v={found[1]}", found[2] or ""), html)
    return _DRAWN.sub("", _FRAME.sub(lambda found: _link(found[1], ""), html))


def _link(address: str, words: str) -> str:
    return f'<p><a href="{address}">{words or address}</a></p>'


def _as_picture(found: re.Match[str]) -> str:
    said = _ALT.search(found[2])
    return f'<a href="{found[1]}">{(said and said[1].strip()) or "picture"}</a>'


def _as_link(found: re.Match[str]) -> str:
    """Return the link that the old forum had shown as a card of the page it leads to."""
    heading = _HEADING.search(found[0])
    words = re.sub(r"<[^<>]*>", "", heading[1]).strip() if heading else ""
    return _link(found[1], words)


def source(raw: str, html: str, addresses: ForumAddresses) -> str:
    """Return the Markdown that people go on editing: the post's own where it is there, else made of its HTML."""
    if not raw.strip():
        return markdown_of(html)
    if "[quote" in raw:
        raw = changed(raw, _quotes)
    return without_pictures(addresses(changed(_UPLOAD.sub(_words, _DETAILS.sub(_summary, _POLL.sub("", raw))), _marks)))


def _quotes(raw: str) -> str:
    """Return Markdown with quotes as lines that begin with ">", also of quotes within each other."""
    for _depth in range(DEEPEST_QUOTE):
        if "[quote" not in raw:
            break
        raw = _QUOTE.sub(_as_quote, raw)
    return raw


def _marks(raw: str) -> str:
    """Return Markdown without the marks in brackets that a forum's editor knows besides."""
    if "[" in raw:
        raw = _DATE.sub(lambda found: f"{found[1]} {found[2] or ''}".strip(), _CHAT_SAID.sub(_as_quote, raw))
        raw = _BOLD.sub(lambda found: _BOLD_MARKS[found[1].lower()].join(["", found[2], ""]), _SIMPLE.sub("", raw))
        raw = _URL.sub(lambda found: f"[{found[2]}]({found[1]})" if found[1] else f"<{found[3]}>", raw)
    return with_emoji(raw)


def _as_quote(found: re.Match[str]) -> str:
    who, words = (found[1] or "").strip(), found[2].strip().split("\n")
    lines = [f"{who}:", "", *words] if who else words
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n"


def _words(found: re.Match[str]) -> str:
    """Return the words for a file that lies in the old forum alone: "hive|690x388" says "hive"."""
    words = found[2].partition("|")[0].strip()
    return f"*({words or 'picture'})*" if found[1] else words


def _summary(found: re.Match[str]) -> str:
    return f"**{found[1].strip()}**\n" if found[1] and found[1].strip() else ""
