"""Writing a feed as Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as Tree

import nh3
from django.conf import settings

from watercooler.doors.feeds.places import Feed
from watercooler.doors.feeds.reads import Entry
from watercooler.spine.content.markdown import TAGS

TYPE = "application/atom+xml; charset=utf-8"
ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML 1.0 cannot hold, however it is written."""
Tree.register_namespace("", ATOM)


def write(
    feed: Feed,
    links: Mapping[str, str],
    entries: Sequence[Entry],
    founded: datetime,
    house: str,
    language: str,
) -> bytes:
    """Return the document. links: relation → address, of this page and of those beside it (RFC 5005, 3).

    founded: since when the house has its name. Ids are tag: addresses (RFC 4151): they stay the same when a title, and
    with it an address, changes.
    """
    root = Tree.Element(f"{{{ATOM}}}feed", {LANGUAGE: language})
    whole = _Writer(root, f"tag:{urlsplit(settings.SITE_URL).hostname},{founded:%Y-%m-%d}:")
    whole.say("id", whole.tag + feed.about)
    whole.say("title", f"{feed.title} · {house}")
    if feed.subtitle:
        whole.say("subtitle", feed.subtitle)
    whole.say("updated", max((entry.updated_at for entry in entries), default=founded).isoformat())
    for relation, address in links.items():
        whole.link(relation, address, "application/atom+xml")
    whole.link("alternate", feed.page, "text/html")
    whole.say("generator", "Watercooler")
    for entry in entries:
        _write_entry(_Writer(Tree.SubElement(root, f"{{{ATOM}}}entry"), whole.tag), entry)
    return bytes(Tree.tostring(root, encoding="utf-8", xml_declaration=True))


class _Writer:
    def __init__(self, into: Tree.Element, tag: str) -> None:
        self.into, self.tag = into, tag

    def say(self, name: str, text: str, **attributes: str) -> Tree.Element:
        element = Tree.SubElement(
            self.into, f"{{{ATOM}}}{name}", {k: NOT_XML.sub("", v) for k, v in attributes.items()}
        )
        element.text = NOT_XML.sub("", text)
        return element

    def link(self, rel: str, path: str, kind: str) -> None:
        self.say("link", "", rel=rel, type=kind, href=settings.SITE_URL + path)


def _write_entry(out: _Writer, entry: Entry) -> None:
    out.say("id", f"{out.tag}item/{entry.id}")
    out.say("title", entry.heading)
    out.say("published", entry.published_at.isoformat())
    out.say("updated", entry.updated_at.isoformat())
    author = _Writer(out.say("author", ""), out.tag)
    author.say("name", entry.author_name)
    author.say("uri", f"{settings.SITE_URL}/people/{entry.author_handle}")
    out.link("alternate", entry.url, "text/html")
    for topic in entry.topics:
        out.say("category", "", term=topic["slug"], label=topic["name"])
    out.say("summary", entry.excerpt)
    out.say("content", elsewhere(entry.html), type="html")


def elsewhere(html: str) -> str:
    """Return safe HTML as another program may show it: our addresses whole, and no pictures, which need signing in."""
    return nh3.clean(
        html,
        tags=TAGS - {"img", "input"},
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        attribute_filter=_whole,
        link_rel=None,
    )


def _whole(tag: str, attribute: str, value: str) -> str:
    is_ours = attribute == "href" and value.startswith("/") and not value.startswith("//")
    return settings.SITE_URL + value if is_ours else value
