"""Names in texts for guests: a link where the person may be known to them, the bare name where there is no page.

What is written is made into HTML once, for everybody, and cards of it are kept. So a link to a colleague whom a guest
may not know is taken out where the answer leaves, and only for guests: out of a whole page, or out of the texts that
the API and feeds hand to programs.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse

from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.sight import known_to

LINK = re.compile(r'<a class="mention" href="/people/([^"/]+)">(@[^<]*)</a>')
"""As content/markdown.py writes it."""
BEGINS = b'<a class="mention"'

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
        if viewer.is_known and not viewer.is_member and is_page and BEGINS in response.content:
            response.content = without_dead_links(viewer, [response.content.decode()])[0]
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
        return response


def without_dead_links(viewer: Viewer, texts: Sequence[str]) -> list[str]:
    """Return HTML whose links to people whom the viewer may not know of are plain text.

    Costs members nothing; a guest one query at most, however many texts there are.
    """
    if viewer.is_member:
        return list(texts)
    linked = {handle for text in texts for handle, _shown in LINK.findall(text)}
    known = _known_among(viewer, linked)
    return [LINK.sub(lambda found: found[0] if found[1] in known else found[2], text) for text in texts]


def _known_among(viewer: Viewer, handles: set[str]) -> set[str]:
    seen_from = (viewer.person_id, viewer.space_ids, int(time.monotonic() / KEPT_SECONDS))
    known = {handle: _known.find((*seen_from, handle)) for handle in handles}
    if unsure := [handle for handle, is_known in known.items() if is_known is None]:
        found = set(Person.objects.filter(known_to(viewer), handle__in=unsure).values_list("handle", flat=True))
        for handle in unsure:
            known[handle] = handle in found
            _known.keep((*seen_from, handle), handle in found)
    return {handle for handle, is_known in known.items() if is_known}
