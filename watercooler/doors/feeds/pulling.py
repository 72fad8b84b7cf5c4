"""Pulling feeds from outside into spaces: entries become posts of the host who let the feed in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from watercooler.doors.feeds import parsing
from watercooler.doors.feeds.mending import NotAFeed
from watercooler.doors.feeds.models import OutsideEntry, OutsideFeed
from watercooler.doors.feeds.parsing import Found, Read
from watercooler.foundation.base import mail
from watercooler.foundation.base.errors import Refused
from watercooler.foundation.base.outside import Answer, Forbidden, NotReached, reach
from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.posts.acts import post
from watercooler.spine.content.acts import may_post
from watercooler.spine.people.reads import organisation
from watercooler.spine.spaces.viewer import build

EVERY = timedelta(hours=1)
MOST_BYTES = 2 * 1024 * 1024
FIRST_REST = timedelta(minutes=30)
LONGEST_REST = timedelta(hours=24)
FAILING_FOR = timedelta(days=14)
AT_FIRST = 1
"""How many of the entries that are there already become posts."""
ACCEPT = "application/atom+xml, application/rss+xml;q=0.9, application/xml;q=0.8, */*;q=0.1"
MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&=:])")


def pull(feed_id: int) -> int:
    """Look at one feed and post what is new in it. Returns how many posts were made. Cost: one request outside."""
    feed = OutsideFeed.objects.select_related("space__owner", "person").filter(pk=feed_id, off="").first()
    if feed is None:
        return 0
    viewer = build(feed.person_id)
    if feed.ends_on < timezone.localdate():
        return _end(feed, OutsideFeed.Off.OVER)
    if not viewer.hosts(feed.space_id) or not may_post(viewer, feed.space):
        return _end(feed, OutsideFeed.Off.HOST)
    with override(viewer.language):
        try:
            answer = _ask(feed)
            found = _understood(feed, answer)
        except (Forbidden, NotReached, NotAFeed) as error:
            return _failed(feed, error.sentence)
        if found is None:
            return _looked(feed, answer)
        return _looked(feed, answer, found.title, _take(viewer, feed, found))


def _ask(feed: OutsideFeed) -> Answer:
    headers = {"Accept": ACCEPT}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.modified:
        headers["If-Modified-Since"] = feed.modified
    return reach("GET", feed.address, headers=headers, most_bytes=MOST_BYTES, plain=True)


def _understood(feed: OutsideFeed, answer: Answer) -> Read | None:
    """Return what a feed says, or None if it says nothing new. Raises NotAFeed with why it cannot be read."""
    if answer.status == 304:
        return None
    if answer.status == 410:
        _end(feed, OutsideFeed.Off.GONE)
        raise NotAFeed(_("The server says that this feed is no more."))
    if 300 <= answer.status < 400:
        where = answer.headers.get("location", "")[:120]
        raise NotAFeed(_("The feed has moved to %(where)s. Add it from there.") % {"where": where})
    if not answer.is_good:
        raise NotAFeed(_("The server answered %(status)s.") % {"status": answer.status})
    if answer.is_cut:
        raise NotAFeed(_("The feed is larger than 2 MB."))
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise NotAFeed(_("The server sends it packed, although we asked for it as it is."))
    return parsing.read(answer.body, feed.address, answer.headers.get("content-type", ""))


def _take(viewer: Viewer, feed: OutsideFeed, found: Read) -> int:
    """Post the newest of what was not seen before, as many as the day still allows; the rest counts as seen."""
    seen = set(OutsideEntry.objects.filter(feed=feed).values_list("mark", flat=True))
    new = [entry for entry in found.entries if entry.mark not in seen]
    now = timezone.now()
    lately = OutsideEntry.objects.filter(feed=feed, seen_at__gt=now - timedelta(days=1), item__isnull=False).count()
    most = max(feed.most_a_day - lately, 0) if feed.read_at else min(AT_FIRST, feed.most_a_day)
    made = sum(_post(viewer, feed, found.title, entry) for entry in reversed(new[:most]))
    rest = [OutsideEntry(feed=feed, mark=entry.mark, seen_at=now) for entry in new[most:]]
    OutsideEntry.objects.bulk_create(rest, ignore_conflicts=True)
    return made


@transaction.atomic
def _post(viewer: Viewer, feed: OutsideFeed, title: str, entry: Found) -> int:
    """Post one entry, once. Returns 1, or 0 where it could not be posted."""
    row, is_new = OutsideEntry.objects.get_or_create(feed=feed, mark=entry.mark, defaults={"seen_at": timezone.now()})
    if not is_new:
        return 0
    source = {"title": title or urlsplit(feed.address).hostname, "url": entry.link}
    try:
        with transaction.atomic():
            row.item = post(viewer, feed.space, written(entry), title=entry.title, card={"from": source})
    except Refused:
        return 0
    row.save(update_fields=["item"])
    return 1


def written(entry: Found) -> str:
    """Return an entry as Markdown that says its words as they are: nothing in them marks, mentions, tags or links."""
    words = as_said(entry.words)
    if not entry.link:
        return words or as_said(entry.title)
    host = (urlsplit(entry.link).hostname or "").removeprefix("www.")
    there = f"[{_('Read it at %(host)s') % {'host': as_said(host)}}](<{entry.link}>)"
    return f"{words}\n\n{there}" if words else there


def as_said(text: str) -> str:
    """Return plain text so that Markdown shows it unchanged, with no @name that would call somebody."""
    text = re.sub(r"@(?=\w)", "＠", text)
    text = re.sub(r"#(?=\w)", "＃", text)
    return MARKS.sub(r"\\\1", text)


def _looked(feed: OutsideFeed, answer: Answer, title: str = "", made: int = 0) -> int:
    now = timezone.now()
    fresh = {"read_at": now, "next_at": now + EVERY, "failures": 0, "failing_since": None, "problem": ""}
    if answer.status != 304:
        fresh |= {"title": title, **_marks(answer.headers)}
    OutsideFeed.objects.filter(pk=feed.pk).update(**fresh)
    return made


def _marks(headers: Mapping[str, str]) -> dict[str, str]:
    etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
    return {"etag": etag if len(etag) <= 300 else "", "modified": modified if len(modified) <= 100 else ""}


def _failed(feed: OutsideFeed, sentence: str) -> int:
    """Write down why, and look again later: after half an hour at first, a day at last."""
    now: datetime = timezone.now()
    since = feed.failing_since or now
    rest = min(FIRST_REST * 2 ** min(feed.failures, 10), LONGEST_REST)
    OutsideFeed.objects.filter(pk=feed.pk).update(
        failures=feed.failures + 1, failing_since=since, problem=sentence[:200], next_at=now + rest
    )
    return _end(feed, OutsideFeed.Off.FAILING) if now - since > FAILING_FOR else 0


def _end(feed: OutsideFeed, why: OutsideFeed.Off) -> int:
    """Look at a feed no more, and tell whoever added it."""
    if not OutsideFeed.objects.filter(pk=feed.pk, off="").update(off=why):
        return 0
    person = feed.person
    if person.email and person.is_active:
        house = organisation()
        with override(person.language):
            told = mail.Mail(
                subject=_("“%(feed)s” no longer comes into %(space)s") % {"feed": feed, "space": feed.space.name},
                sentences=[f"{why.label}.", _("What came from it stays where it is.")],
                button=(_("See the feeds of this space"), f"{settings.SITE_URL}/spaces/{feed.space.slug}/feeds"),
                from_whom=str(house["name"]) if house else "Watercooler",
            )
            mail.send(person.email, told)
    return 0
