"""One's own private addresses of feeds."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.doors.feeds import acts
from watercooler.doors.feeds.keys import address_of, keys_of
from watercooler.doors.feeds.models import FeedKey
from watercooler.doors.feeds.places import canonical, find
from watercooler.foundation.base.pages import Request, page, say, see


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: Request) -> HttpResponse:
    """Show one's own private addresses; a POST makes one, or finds the one there is."""
    if request.method == "POST":
        made = acts.make_key(request.viewer, request.POST.get("feed", ""))
        if made is None:
            raise Http404
        return see(request, f"/me/feeds#feed-{made.pk}")
    keys = [(row, address_of(row)) for row in keys_of(request.viewer)]
    return page(request, "feeds/keys.html", keys=keys)


@require_safe
def new(request: Request) -> HttpResponse:
    """Say what a private address of a feed is, and offer one. `?feed=` is the feed's address."""
    feed = canonical(request.GET.get("feed", ""))
    found = find(request.viewer, feed) if feed else None
    if found is None:
        raise Http404
    mine = FeedKey.objects.filter(person_id=request.viewer.person_id, feed=feed).first()
    address = address_of(mine) if mine else ""
    return page(request, "feeds/new.html", feed=feed, found=found, mine=mine, address=address)


@require_POST
def end(request: Request, key_id: int) -> HttpResponse:
    """End a private address at once."""
    if not acts.end_key(request.viewer, key_id):
        raise Http404
    say(request, _("That address is dead. Whoever has it reads nothing more."))
    return see(request, "/me/feeds")
