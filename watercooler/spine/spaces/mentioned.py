"""Names in texts for guests: a link where the person may be known to them, the bare name where there is no page.

What is written is made into HTML once, for everybody, and cards of it are kept. So a link to a colleague whom a guest
may not know is taken out where the answer leaves, and only for guests.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.sight import known_to

LINK = re.compile(rb'<a class="mention" href="/people/([^"/]+)">(@[^<]*)</a>')
"""As content/markdown.py writes it."""

KEPT_SECONDS = 30
_known: Kept[bool] = Kept(20_000)


class NamesForGuests:
    """Leaves a guest no link that would answer 404. Costs members nothing.

    Cost for a guest: a pass over the page, and one query where a name was not looked up for half a minute.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        if viewer.is_known and not viewer.is_member and is_page and LINK.search(response.content):
            response.content = without_dead_links(viewer, response.content)
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
        return response


def without_dead_links(viewer: Viewer, page: bytes) -> bytes:
    """Return a page whose links to people whom the viewer may not know of are plain text."""
    linked = {handle.decode() for handle, _shown in LINK.findall(page)}
    known = _known_among(viewer, linked)
    return LINK.sub(lambda found: found[0] if found[1].decode() in known else found[2], page)


def _known_among(viewer: Viewer, handles: set[str]) -> set[str]:
    seen_from = (viewer.person_id, viewer.space_ids, int(time.monotonic() / KEPT_SECONDS))
    known = {handle: _known.find((*seen_from, handle)) for handle in handles}
    if unsure := [handle for handle, is_known in known.items() if is_known is None]:
        found = set(Person.objects.filter(known_to(viewer), handle__in=unsure).values_list("handle", flat=True))
        for handle in unsure:
            known[handle] = handle in found
            _known.keep((*seen_from, handle), handle in found)
    return {handle for handle, is_known in known.items() if is_known}
