"""Keys of private feeds: derived from a row and the installation's secret key, so that no list of them exists."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from watercooler.doors.feeds.models import FeedKey
from watercooler.foundation.base.sent import number
from watercooler.foundation.base.viewer import STRANGER, Viewer
from watercooler.spine.spaces.viewer import build

LENGTH = 40
SALT = "watercooler.doors.feeds.keys"
NOTED_EVERY = timedelta(hours=1)


def key_of(row: FeedKey, page: str = "") -> str:
    """Return the key, as "12-3f…". Whoever has it reads this one feed as its person, as long as the row exists.

    page: makes a key that opens only one older page of it. Such keys may stand in a document that is handed on.
    """
    said = f"{row.pk}:{row.person_id}:{row.nonce}:{row.feed}" + (f"#{page}" if page else "")
    return f"{row.pk}-{salted_hmac(SALT, said, algorithm='sha256').hexdigest()[:LENGTH]}"


def address_of(row: FeedKey) -> str:
    """Return the whole private address of a feed."""
    joint = "&" if "?" in row.feed else "?"
    return f"{settings.SITE_URL}{row.feed}{joint}key={key_of(row)}"


def keys_of(viewer: Viewer) -> list[FeedKey]:
    """Return the viewer's own private addresses, at most a hundred, newest first. Cost: one query."""
    return list(FeedKey.objects.filter(person_id=viewer.person_id).order_by("-made_at", "-pk"))


def reader_with(key: str, feed: str, page: str = "") -> tuple[Viewer, FeedKey | None]:
    """Return as whom a key reads this page of a feed, and its row; or STRANGER and None. Cost: two queries.

    Its person reads as they are now: somebody who has left is a stranger. A key opens no other feed than its own.
    """
    row = FeedKey.objects.filter(pk=number(key.partition("-")[0])).first()
    if row is None or row.feed != feed or not _fits(row, key, page):
        return STRANGER, None
    viewer = build(row.person_id)
    if viewer.is_known:
        _note(row)
    return viewer, row


def _fits(row: FeedKey, key: str, page: str) -> bool:
    is_whole = constant_time_compare(key_of(row), key)
    return is_whole or (page != "" and constant_time_compare(key_of(row, page), key))


def _note(row: FeedKey) -> None:
    """Remember that it was read, once an hour: so a person sees which of their addresses are in use."""
    now = timezone.now()
    if row.read_at is None or row.read_at < now - NOTED_EVERY:
        FeedKey.objects.filter(pk=row.pk).update(read_at=now)
