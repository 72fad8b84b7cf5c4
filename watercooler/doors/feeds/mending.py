"""Feeds as they come: XML that its maker meant otherwise, and declarations that are refused."""

from __future__ import annotations

import re
from html.entities import name2codepoint
from xml.parsers import expat

from django.utils.translation import gettext as _

# The document type that RSS 0.91 asks for: it names another file, which nobody fetches, and declares nothing itself.
_DOCTYPE = re.compile(rb"<!DOCTYPE[^<>\[\]]*>")
_PROLOG = 2_000
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_BARE = re.compile(r"&(?!#?\w{1,31};)")
_CHARSET = re.compile(r"charset=[\"']?([\w-]{3,20})")
# Others are hardly met in feeds, and some of them take long to read.
_READ_AS = re.compile(r"(iso-8859-\d{1,2}|(windows-|cp)125\d|koi8-[ru]|shift_jis|euc-(jp|kr)|gbk|gb18030|big5)\Z")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


class NotAFeed(Exception):
    """What was sent cannot be read as a feed. The message is a translated sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def readable(body: bytes, content_type: str = "") -> bytes:
    """Return XML that can be parsed safely: as it came, or mended where its maker slipped. Raises NotAFeed."""
    body = _DOCTYPE.sub(b"", body[:_PROLOG], count=1) + body[_PROLOG:]
    if _is_xml(body):
        return body
    mended = _mended(_decoded(body, content_type))
    if _is_xml(mended):
        return mended
    raise NotAFeed(_("There is something at this address, but no feed that can be read."))


def _is_xml(body: bytes) -> bool:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True


def _refuse(*_declared: object) -> None:
    raise NotAFeed(_("That feed declares a document type, which we do not read, for safety."))


def _decoded(body: bytes, content_type: str) -> str:
    """Return the text in the encoding it is in, whatever it says of itself: UTF-8, as the server says, or Latin."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = _CHARSET.search(content_type.lower())
        return body.decode(said[1] if said and _READ_AS.match(said[1]) else "windows-1252", "replace")


def _mended(text: str) -> bytes:
    """Return XML without characters it cannot hold, with signs for the names HTML gives them, and "&" as itself."""
    text = _NO_XML.sub("", _DECLARATION.sub("", text, count=1))
    text = _NAMED.sub(lambda found: found[0] if found[1] in _OF_XML else _sign(found[1]), text)
    return _BARE.sub("&amp;", text).encode()


def _sign(name: str) -> str:
    return f"&#{name2codepoint[name]};" if name in name2codepoint else f"&amp;{name};"
