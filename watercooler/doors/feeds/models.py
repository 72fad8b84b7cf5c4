"""Private addresses of feeds, and feeds from outside with what came from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space


class FeedKey(models.Model):
    """That one person reads one feed without signing in. The key itself is derived and lies nowhere."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="feed_keys", db_index=False)
    feed = models.CharField(max_length=700)
    """The feed's own address, without host and key, as "/spaces/heat/feed.atom"."""
    name = models.CharField(max_length=200)
    nonce = models.CharField(max_length=32)
    """Makes a key that was revoked and made again another one."""
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "feed"], name="one_key_a_feed"),
        ]

    def __str__(self) -> str:
        return f"{self.feed} for {self.person_id}"


class OutsideFeed(models.Model):
    """A feed that a host lets into a space. Its entries are posts of that host: nobody here is without a name."""

    class Off(models.TextChoices):
        """Why it is looked at no more."""

        OVER = "over", _("Its time is over")
        FAILING = "failing", _("Could not be read for two weeks")
        GONE = "gone", _("Is no more, its server says")
        HOST = "host", _("Whoever added it no longer looks after this space")

    space = models.ForeignKey(Space, models.CASCADE, related_name="outside_feeds", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    address = models.CharField(max_length=1000)
    title = models.CharField(max_length=200, blank=True)
    """As it calls itself; empty until it was read."""
    most_a_day = models.SmallIntegerField(default=3)
    ends_on = models.DateField()
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    """When it could be read last."""
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    failures = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    off = models.CharField(max_length=8, choices=Off, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["space", "address"], name="one_feed_a_space"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], condition=models.Q(off=""), name="outside_feed_due"),  # the round
        ]

    def __str__(self) -> str:
        return self.title or self.address

    @property
    def url(self) -> str:
        return f"/spaces/{self.space.slug}/feeds/{self.pk}"


class OutsideEntry(models.Model):
    """An entry that was seen, whether it became a post or not: it never becomes a second one."""

    feed = models.ForeignKey(OutsideFeed, models.CASCADE, related_name="entries", db_index=False)
    mark = models.CharField(max_length=64)
    """SHA-256 of what the feed calls it."""
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["feed", "mark"], name="seen_once"),
        ]

    def __str__(self) -> str:
        return self.mark[:8]
