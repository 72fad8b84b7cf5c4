"""Making and revoking private addresses, and letting feeds from outside into a space."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.doors.feeds.jobs import look
from watercooler.doors.feeds.models import FeedKey, OutsideFeed
from watercooler.doors.feeds.places import canonical, find
from watercooler.doors.feeds.verbs import ADDED_FEED, REMOVED_FEED, FeedChange
from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.outside import Forbidden, check
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record
from watercooler.spine.content.acts import may_post
from watercooler.spine.spaces.models import Space

MOST_KEYS = 100
MOST_FEEDS = 20
MOST_A_DAY = 20
LONGEST = timedelta(days=366)


def make_key(viewer: Viewer, address: str) -> FeedKey | None:
    """Give the viewer a private address of a feed, or the one they have. A setting of one's own, not an act.

    Returns None for a feed they may not know of. Raises Invalid for more than a hundred.
    """
    feed = canonical(address)
    found = find(viewer, feed) if feed else None
    if found is None or len(feed) > 700:
        return None
    if FeedKey.objects.filter(person_id=viewer.person_id).count() >= MOST_KEYS:
        raise Invalid(_("You have a hundred addresses. End some that you no longer use."))
    fresh = {"name": found.title[:200], "nonce": secrets.token_hex(16), "made_at": timezone.now()}
    return FeedKey.objects.get_or_create(person_id=viewer.person_id, feed=feed, defaults=fresh)[0]


def end_key(viewer: Viewer, key_id: int) -> bool:
    """End one of the viewer's private addresses at once. Returns False if there is none. Not an act either."""
    return bool(FeedKey.objects.filter(pk=key_id, person_id=viewer.person_id).delete()[0])


def _check_host(viewer: Viewer, space: Space) -> None:
    if not viewer.hosts(space.pk):
        raise NotAllowed(_("Only a host can do this."))


@transaction.atomic
def add_feed(viewer: Viewer, space: Space, address: str, most_a_day: int, ends_on: date) -> OutsideFeed:
    """Let a feed into a space; its entries become posts of the viewer. It is looked at at once, by a job.

    Raises NotAllowed, or Invalid naming the field.
    """
    _check_host(viewer, space)
    if not may_post(viewer, space):
        raise NotAllowed(_("An archived space takes nothing in."))
    address = address.strip()
    try:
        check(address, plain=True)
    except Forbidden as error:
        raise Invalid(error.sentence, field="address") from None
    if not 1 <= most_a_day <= MOST_A_DAY:
        raise Invalid(_("Between 1 and %(most)s a day.") % {"most": MOST_A_DAY}, field="most_a_day")
    today = timezone.localdate()
    if not today <= ends_on <= today + LONGEST:
        raise Invalid(_("A day within a year from now. You can add it again then."), field="ends_on")
    here = OutsideFeed.objects.filter(space=space)
    if here.count() >= MOST_FEEDS:
        raise Invalid(_("%(most)s feeds are more than anybody reads.") % {"most": MOST_FEEDS}, field="address")
    if here.filter(address=address).exists():
        raise Invalid(_("This space has that feed already."), field="address")
    now = timezone.now()
    feed = OutsideFeed.objects.create(
        space=space,
        person_id=viewer.person_id,
        address=address,
        most_a_day=most_a_day,
        ends_on=ends_on,
        made_at=now,
        next_at=now,
    )
    record(viewer, ADDED_FEED, space_id=space.pk, detail=FeedChange(feed.pk))
    look(feed.pk)
    return feed


@transaction.atomic
def remove_feed(viewer: Viewer, feed: OutsideFeed) -> None:
    """Take a feed off a space. Its posts stay, and can be removed like any. Raises NotAllowed."""
    _check_host(viewer, feed.space)
    feed_id = feed.pk
    feed.delete()
    record(viewer, REMOVED_FEED, space_id=feed.space_id, detail=FeedChange(feed_id))


def look_again(viewer: Viewer, feed: OutsideFeed) -> None:
    """Look at a feed now, also at one that was given up because it could not be read. Raises NotAllowed."""
    _check_host(viewer, feed.space)
    fresh = {"next_at": timezone.now(), "failures": 0, "failing_since": None, "problem": ""}
    given_up = (OutsideFeed.Off.FAILING, OutsideFeed.Off.GONE)
    OutsideFeed.objects.filter(pk=feed.pk, off__in=["", *given_up]).update(off="", **fresh)
    look(feed.pk)
