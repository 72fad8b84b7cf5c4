"""Feeds, as feed readers and browsers ask for them."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import override
from django.views.decorators.http import require_safe

from watercooler.doors.feeds import atom
from watercooler.doors.feeds.keys import viewer_with
from watercooler.doors.feeds.places import canonical, find
from watercooler.foundation.base.pages import open_to_strangers
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.people.models import Organisation


@open_to_strangers
@require_safe
def feed(request: HttpRequest, **_named: Any) -> HttpResponseBase:
    """Answer with a feed, for whoever is signed in or whose key comes with the address.

    A key that is wrong, or whose person may not read this, meets what a feed that does not exist meets. Cost: with a
    key four or five queries, none of which grows with what there is.
    """
    address = canonical(request.get_full_path())
    key = request.GET.get("key", "")
    viewer: Viewer = viewer_with(key, address) if key else request.viewer  # type: ignore[attr-defined]
    if not viewer.is_known and not key:
        return HttpResponseRedirect(f"/sign-in?next={quote(request.get_full_path())}")
    with override(viewer.language):
        found = find(viewer, address) if viewer.is_known and address else None
        if found is None:
            raise Http404
        entries = found.entries()
        house = Organisation.objects.get()
        body = atom.write(found, address, entries, house.founded_at, house.name, viewer.language)
    response = HttpResponse(body, content_type=atom.TYPE)
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    newest = int(max((entry.updated_at for entry in entries), default=house.founded_at).timestamp())
    response["Last-Modified"] = http_date(newest)
    return get_conditional_response(request, etag, newest, response) or response
