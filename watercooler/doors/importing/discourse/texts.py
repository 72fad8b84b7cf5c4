"""The texts of a forum: what its editor knows and this house does not becomes plain Markdown or clean HTML."""

from __future__ import annotations

import re

from watercooler.doors.importing.texts import ForumAddresses, markdown_of, without_pictures

_QUOTE = re.compile(r'^\[quote="?([^",\]\n]*)[^\]\n]*\]\n?(.*?)\n?\[/quote\]', re.S | re.M)
_EMOJI = re.compile(
    r'<img[^>]*\bclass="emoji[^>]*?\balt="([^"]*)"[^>]*>|<img[^>]*\balt="([^"]*)"[^>]*\bclass="emoji[^>]*>'
)
_LIGHTBOX_META = re.compile(r'<div class="meta">.*?</div>', re.S)
"""What stands below a picture that opens large: its file's name and size."""
_UPLOAD = re.compile(r"(!?)\[([^\]\n]*)\]\(upload://[^)\s]*\)")
_DETAILS = re.compile(r'^\[details(?:="?([^"\]\n]*)"?)?\]|^\[/details\][ \t]*$', re.M)


def shown(cooked: str, addresses: ForumAddresses) -> str:
    """Return the HTML of a post without what only the old forum's page needs. Not yet safe."""
    html = _EMOJI.sub(lambda found: found[1] or found[2] or "", cooked)
    return addresses(_LIGHTBOX_META.sub("", html) if "lightbox" in html else html)


def source(raw: str, html: str, addresses: ForumAddresses) -> str:
    """Return the Markdown that people go on editing: the post's own where it is there, else made of its HTML."""
    if not raw.strip():
        return markdown_of(html)
    raw = _UPLOAD.sub(_words, _DETAILS.sub(_summary, _QUOTE.sub(_as_quote, raw)))
    return without_pictures(addresses(raw))


def _as_quote(found: re.Match[str]) -> str:
    lines = [f"{found[1].strip()}:", "", *found[2].strip().split("\n")] if found[1].strip() else found[2].split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n"


def _words(found: re.Match[str]) -> str:
    """Return the words for a file that lies in the old forum alone: "hive|690x388" says "hive"."""
    words = found[2].partition("|")[0].strip()
    return f"*({words or 'picture'})*" if found[1] else words


def _summary(found: re.Match[str]) -> str:
    return f"**{found[1].strip()}**\n" if found[1] and found[1].strip() else ""
