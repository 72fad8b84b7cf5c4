"""Feeds, as feed readers and browsers ask for them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import override
from django.views.decorators.http import require_safe

from watercooler.doors.feeds import atom
from watercooler.doors.feeds.keys import key_of, reader_with
from watercooler.doors.feeds.models import FeedKey
from watercooler.doors.feeds.places import canonical, find
from watercooler.doors.feeds.reads import Entry, Listed, Page
from watercooler.foundation.base.pages import open_to_strangers
from watercooler.foundation.base.viewer import Viewer
from watercooler.projections.feed.reads import Place
from watercooler.spine.people.models import Organisation
from watercooler.spine.spaces.mentioned import without_dead_links


@open_to_strangers
@require_safe
def feed(request: HttpRequest, **_named: Any) -> HttpResponseBase:
    """Answer with a feed, for whoever is signed in or whose key comes with the address.

    A key that is wrong, or whose person may not read this, meets what a feed that does not exist meets. Cost: with a
    key four or five queries, none of which grows with what there is.
    """
    address = canonical(request.get_full_path())
    key, asked = request.GET.get("key", ""), _page(request)
    viewer, row = reader_with(key, address, asked.name) if key else (_signed_in(request), None)
    if not viewer.is_known and not key:
        return HttpResponseRedirect(f"/sign-in?next={quote(request.get_full_path())}")
    with override(viewer.language):
        found = find(viewer, address) if viewer.is_known and address else None
        if found is None:
            raise Http404
        listed = found.read(asked)
        house = Organisation.objects.get()
        links = _links(address, asked, listed, row)
        entries = _for_reader(viewer, listed.entries)
        body = atom.write(found, links, entries, house.founded_at, house.name, viewer.language)
    response = HttpResponse(body, content_type=atom.TYPE)
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    newest = int(max((entry.updated_at for entry in listed.entries), default=house.founded_at).timestamp())
    response["Last-Modified"] = http_date(newest)
    return get_conditional_response(request, etag, newest, response) or response


def _for_reader(viewer: Viewer, entries: list[Entry]) -> list[Entry]:
    """Return the entries as this viewer may read them, with links to people only where those are known to them."""
    texts = without_dead_links(viewer, [entry.html for entry in entries])
    return [replace(entry, html=html) for entry, html in zip(entries, texts, strict=True)]


def _signed_in(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _page(request: HttpRequest) -> Page:
    newer = Place.read(request.GET.get("newer"))
    return Page(Place.read(request.GET.get("before"))) if newer.is_start else Page(newer, is_newer=True)


def _links(address: str, page: Page, listed: Listed, row: FeedKey | None) -> dict[str, str]:
    """Return the addresses of this page and of those beside it (RFC 5005, section 3).

    No document holds the key that reads a feed from now on: it may be handed on. What leads to older entries has a key
    of its own, which opens that page alone.
    """
    links = {"self": _at(address, page.name)}
    if listed.newer is not None or listed.older is not None:
        links["first"] = address
    if listed.newer is not None:
        links["previous"] = _at(address, listed.newer.name)
    if listed.older is not None:
        name = listed.older.name
        links["next"] = _at(address, f"{name}&key={key_of(row, name)}" if row is not None else name)
    return links


def _at(address: str, name: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{name}" if name else address
