"""Feeds: private addresses of one's own, and feeds from outside that come into a space."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Path

from watercooler.doors.api.answering import told
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import Slug, hosted
from watercooler.doors.api.shapes import outlets as shapes
from watercooler.doors.api.shapes.common import LARGEST_ID, PersonBrief
from watercooler.doors.feeds import acts, reads
from watercooler.doors.feeds.keys import address_of, keys_of
from watercooler.doors.feeds.models import FeedKey, OutsideFeed

routes = Routes("Feeds")
KeyId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The `id` of a private address of the caller’s.")]
FeedId = Annotated[
    int, Path(ge=1, le=LARGEST_ID, description="The `id` of a feed from outside that comes into this space.")
]
PRIVATE = "private, no-store"


def _key(row: FeedKey) -> shapes.FeedKey:
    names = ("feed", "name", "made_at", "read_at")
    return shapes.FeedKey(id=row.pk, address=address_of(row), **{name: getattr(row, name) for name in names})


@routes.read("/me/feeds", shapes.FeedKeys, scope="outlets")
def keys(request: Asked) -> HttpResponse:
    """List one’s own private addresses of feeds, at most a hundred.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    shape = shapes.FeedKeys(addresses=[_key(row) for row in keys_of(request.viewer)])
    return told(shape, Cache_Control=PRIVATE)


@routes.write("POST", "/me/feeds", shapes.MadeFeedKey, scope="outlets", status=201)
def subscribe(request: Asked, sent: shapes.Subscribing) -> HttpResponse:
    """Make a private address of a feed that one may read, or find the one there is.

    Who may: everybody, of a feed they may read.
    Refuses: 404 for a feed there is not, or that the caller may not read; 422 above a hundred addresses.
    """
    made = acts.make_key(request.viewer, sent.feed)
    if made is None:
        raise nothing_here()
    return told(shapes.MadeFeedKey(id=made.pk), 201, Location=f"/api/v1/me/feeds/{made.pk}")


@routes.read("/me/feeds/{id:key_id}", shapes.FeedKey, scope="outlets")
def key(request: Asked, key_id: KeyId) -> HttpResponse:
    """Show one of one’s own private addresses.

    Who may: whose address it is.
    Refuses: 404 for everybody else.
    """
    row = FeedKey.objects.filter(pk=key_id, person_id=request.viewer.person_id).first()
    if row is None:
        raise nothing_here()
    return told(_key(row), Cache_Control=PRIVATE)


@routes.write("DELETE", "/me/feeds/{id:key_id}", scope="outlets")
def end(request: Asked, key_id: KeyId) -> None:
    """End a private address at once: whoever has it reads nothing more.

    Who may: whose address it is.
    Refuses: 404 for everybody else.
    """
    if not acts.end_key(request.viewer, key_id):
        raise nothing_here()


def _feed(row: OutsideFeed) -> shapes.OutsideFeed:
    names = ("address", "title", "most_a_day", "ends_on", "made_at", "read_at", "next_at", "problem", "off")
    said = {name: getattr(row, name) for name in names}
    return shapes.OutsideFeed(id=row.pk, person=PersonBrief.of(row.person), **said)


def _found(request: Asked, slug: str, feed_id: int) -> OutsideFeed:
    here = OutsideFeed.objects.select_related("space__owner", "person").filter(space=hosted(request, slug))
    row = here.filter(pk=feed_id).first()
    if row is None:
        raise nothing_here()
    return row


@routes.read("/spaces/{slug}/feeds", shapes.OutsideFeeds)
def outside(request: Asked, slug: Slug) -> shapes.OutsideFeeds:
    """List the feeds from outside that come into a space. Hosts only.

    Who may: hosts of the space.
    Refuses: 403 for others who may know of it; 404 for everybody else.
    """
    return shapes.OutsideFeeds(feeds=[_feed(row) for row in reads.outside_of(hosted(request, slug))])


@routes.write("POST", "/spaces/{slug}/feeds", shapes.OutsideFeed, status=201)
def let_in(request: Asked, slug: Slug, sent: shapes.LettingIn) -> shapes.OutsideFeed:
    """Let a feed from outside into a space: its entries become posts in one’s own name. Hosts only.

    Who may: hosts of the space.
    Refuses: 403 for others who may know of it, and where it is archived; 404 for everybody else; 422 for an address
    that may not be reached or is there already, a day beyond a year, and above 20 feeds.
    """
    space = hosted(request, slug)
    made = acts.add_feed(request.viewer, space, sent.address, sent.most_a_day, sent.ends_on)
    return _feed(_found(request, slug, made.pk))


@routes.write("DELETE", "/spaces/{slug}/feeds/{id:feed_id}")
def remove(request: Asked, slug: Slug, feed_id: FeedId) -> None:
    """Take a feed off a space. What came stays. Hosts only.

    Who may: hosts of the space.
    Refuses: 403 for others who may know of it; 404 for everybody else, and for a feed it has not.
    """
    acts.remove_feed(request.viewer, _found(request, slug, feed_id))


@routes.write("POST", "/spaces/{slug}/feeds/{id:feed_id}/look", shapes.OutsideFeed)
def look(request: Asked, slug: Slug, feed_id: FeedId) -> shapes.OutsideFeed:
    """Look at a feed now, also at one that was given up because it could not be read. Hosts only.

    Who may: hosts of the space.
    Refuses: 403 for others who may know of it; 404 for everybody else, and for a feed it has not.
    """
    acts.look_again(request.viewer, _found(request, slug, feed_id))
    return _feed(_found(request, slug, feed_id))
