"""The feeds from outside that come into a space, for its hosts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from watercooler.doors.feeds import acts
from watercooler.doors.feeds.forms import FeedForm
from watercooler.doors.feeds.models import OutsideFeed
from watercooler.doors.feeds.reads import outside_of
from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.sent import tried
from watercooler.spine.spaces.models import Space


def _space(request: Request, slug: str) -> Space:
    spaces = Space.objects.listed_for(request.viewer).select_related("owner")
    space = get_object_or_404(spaces, slug=slug)
    if not request.viewer.hosts(space.pk):
        raise NotAllowed(_("Only a host can do this."))
    return space


def _feed(request: Request, slug: str, feed_id: int) -> OutsideFeed:
    space = _space(request, slug)
    return get_object_or_404(OutsideFeed.objects.select_related("space__owner"), pk=feed_id, space=space)


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: Request, slug: str) -> HttpResponse:
    """Show what comes in from outside, and let one more in."""
    space = _space(request, slug)
    form = FeedForm(request.POST if request.method == "POST" else None)
    if form.is_bound and tried(request, form, lambda: acts.add_feed(request.viewer, space, **form.cleaned_data)):
        say(request, _("Added. Its newest entry comes in a moment."))
        return see(request, f"{space.url}feeds")
    status = 422 if form.is_bound else 200
    return page(request, "feeds/outside.html", status=status, space=space, form=form, feeds=outside_of(space))


@require_POST
def remove(request: Request, slug: str, feed_id: int) -> HttpResponse:
    """Take a feed off a space."""
    feed = _feed(request, slug, feed_id)
    acts.remove_feed(request.viewer, feed)
    say(request, _("“%(feed)s” no longer comes in. What came stays.") % {"feed": feed})
    return see(request, f"{feed.space.url}feeds")


@require_POST
def look(request: Request, slug: str, feed_id: int) -> HttpResponse:
    """Look at a feed now."""
    feed = _feed(request, slug, feed_id)
    acts.look_again(request.viewer, feed)
    say(request, _("We are looking."))
    return see(request, f"{feed.space.url}feeds")
