"""Where old numbers lead: whoever has a link to the former community finds the same words here."""

from __future__ import annotations

import re

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect

from watercooler.doors.importing.counterparts import known
from watercooler.foundation.base.pages import Request
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person

_ANCHOR = re.compile(r"(?:questions|q)/\d+/(?:[^/]*/)?(\d+)/?\Z")
_POST = re.compile(r"(?:(?:questions|q|a|posts)/)?(-?\d+)(?:/|\Z)")
_COMMENT = re.compile(r"(?:posts/)?comments?/(\d+)(?:/|\Z)")
_USER = re.compile(r"(?:users|u)/(-?\d+|[\w.-]+)(?:/|\Z)")
_TOPIC = re.compile(r"t/(?:[^/]*[^/\d][^/]*/)?(\d+)(?:/(\d+))?(?:/|\Z)")


def moved(request: Request, source: str, old: str) -> HttpResponse:
    """Send a reader on to what an old address named, if they may see it; else 404, as for anything unseen."""
    if found := _USER.match(old):
        person = known(source, [f"user/{found[1].lower()}"], "person")
        for person_id in person.values():
            return HttpResponsePermanentRedirect(Person.objects.get(pk=person_id).url)
        raise Http404
    items = known(source, _names(old), "item")
    item = Item.objects.visible_to(request.viewer).filter(pk__in=items.values()).select_related("root").first()
    if item is None:
        raise Http404
    return HttpResponsePermanentRedirect(item.url)


def _names(old: str) -> list[str]:
    """Return the one name that an old path stands for, as counterparts are kept; none for any other path."""
    if found := _COMMENT.match(old):
        return [f"comment/{found[1]}"]
    if found := _TOPIC.match(old):
        return [f"topic/{found[1]}/{found[2] or 1}"]
    if found := _ANCHOR.match(old) or _POST.match(old):
        return [f"post/{found[1]}"]
    return []
