"""Which feeds there are: of a space, a topic, a person's wall and blog, and any search; and who may read which."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from django.utils.translation import gettext as _

from watercooler.doors.feeds import reads
from watercooler.doors.feeds.reads import Listed, Page
from watercooler.foundation.base.viewer import Viewer
from watercooler.projections.search.query import parse
from watercooler.projections.search.saved.asked import asks, called
from watercooler.spine.people.models import Person
from watercooler.spine.social.reads import topic_known_to
from watercooler.spine.spaces.models import Purpose, Space
from watercooler.spine.spaces.sight import known_to

CHOICES = ("q", "kind", "space", "topic", "author", "solved")
LONGEST = 300
ADDRESS = re.compile(r"/(spaces|topics|people)/([^/]+)/feed\.atom\Z")
SEARCH = "/search/feed.atom"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that a viewer may read. about: names it for ever. page: where a browser shows the same."""

    about: str
    title: str
    subtitle: str
    page: str
    read: Callable[[Page], Listed]


def canonical(address: str) -> str:
    """Return a feed's address without host and key, in one way of writing; empty if it is no feed's."""
    parts = urlsplit(address)
    if parts.path == SEARCH:
        asked = dict(parse_qsl(parts.query))
        kept = {name: asked[name][:LONGEST] for name in CHOICES if asked.get(name)}
        return f"{SEARCH}?{urlencode(kept)}" if asks(kept) else ""
    found = ADDRESS.match(parts.path)
    return f"/{found[1]}/{quote(unquote(found[2]))}/feed.atom" if found else ""


def find(viewer: Viewer, address: str) -> Feed | None:
    """Return the feed at a canonical address, or None if this viewer may not know of it. Cost: one or two queries."""
    parts = urlsplit(address)
    if parts.path == SEARCH:
        return _search(viewer, dict(parse_qsl(parts.query)))
    found = ADDRESS.match(parts.path)
    if found is None:
        return None
    which = {"spaces": _space, "topics": _topic, "people": _person}[found[1]]
    return which(viewer, unquote(found[2]))


def _space(viewer: Viewer, slug: str) -> Feed | None:
    space = Space.objects.readable_by(viewer).filter(slug=slug, purpose=Purpose.SPACE).first()
    if space is None:
        return None
    return Feed(
        f"space/{space.pk}", space.name, space.tagline, f"/spaces/{space.slug}/",
        lambda page: reads.listed(viewer, page, reads.SPACE, space=space.pk),
    )  # fmt: skip


def _topic(viewer: Viewer, slug: str) -> Feed | None:
    topic = topic_known_to(viewer, slug)
    if topic is None:
        return None
    main = topic.synonym_of or topic
    return Feed(
        f"topic/{main.pk}", _("Topic: %(name)s") % {"name": main.name}, main.about, main.url,
        lambda page: reads.listed(viewer, page, reads.TOPIC, topic=main.pk),
    )  # fmt: skip


def _person(viewer: Viewer, handle: str) -> Feed | None:
    person = Person.objects.filter(known_to(viewer), handle=handle.lower()).first()
    if person is None:
        return None
    return Feed(
        f"person/{person.pk}", person.name, _("Wall and blog of %(name)s") % {"name": person.name}, person.url,
        lambda page: reads.listed(viewer, page, reads.PERSON, person=person.pk),
    )  # fmt: skip


def _search(viewer: Viewer, asked: dict[str, str]) -> Feed | None:
    query = parse(asked.get("q", ""))
    if not asks(asked):
        return None
    named = urlencode(asked)
    return Feed(
        f"search/{hashlib.sha256(named.encode()).hexdigest()[:32]}",
        _("Search: %(words)s") % {"words": asked.get("q") or called(viewer, named)},
        "",
        f"/search?{named}",
        lambda page: reads.found(viewer, page, query, asked),
    )
