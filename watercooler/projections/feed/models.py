"""The feed: one entry per item that stands alone in lists, and one row per topic of it. Nothing per reader."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from watercooler.spine.content.models import Item


class FeedEntry(models.Model):
    """What lists sort and narrow by, copied from the item. A copy nominates; the item itself decides who reads it."""

    # Written from the item itself, which is never deleted: the database need not look for it once more.
    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="+", db_constraint=False)
    position = models.BigIntegerField()
    """Of the activity that made the item: what was there when a page was first drawn lies at or before it."""
    active_position = models.BigIntegerField()
    """Of the newest activity that woke the thread: made, answered, commented on, solved."""
    space_id = models.BigIntegerField()
    audience = models.BigIntegerField()
    author_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    """When it was published; later than nothing in its list, whatever order an import came in."""
    topic_ids = ArrayField(models.BigIntegerField(), default=list)
    helped_count = models.IntegerField(default=0)
    is_unanswered = models.BooleanField(default=False)
    is_solved = models.BooleanField(default=False)
    is_live = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Home, For you: the newest of everything.
            models.Index(F("at").desc(), F("item").desc(), condition=Q(is_live=True), name="feed_newest"),
            # Home, For you and Following: the newest of the spaces somebody is in.
            models.Index("space_id", F("at").desc(), F("item").desc(), condition=Q(is_live=True), name="feed_space"),
            # Home, For you and Following: the newest by the people somebody follows.
            models.Index("author_id", F("at").desc(), F("item").desc(), condition=Q(is_live=True), name="feed_author"),
            # A space's Questions and Articles.
            models.Index(
                "space_id", "kind", F("at").desc(), F("item").desc(), condition=Q(is_live=True), name="feed_space_kind"
            ),
            # Home, Help out: the newest questions that nobody has answered.
            models.Index(
                F("at").desc(),
                F("item").desc(),
                condition=Q(is_live=True, is_unanswered=True),
                name="feed_newest_unanswered",
            ),
            # A space's unanswered questions, and how many they are.
            models.Index(
                "space_id",
                F("at").desc(),
                F("item").desc(),
                condition=Q(is_live=True, is_unanswered=True),
                name="feed_unanswered",
            ),
            # Library: one kind, newest first.
            models.Index("kind", F("at").desc(), F("item").desc(), condition=Q(is_live=True), name="feed_kind"),
            # Library, Answers: the solved questions that helped most people.
            models.Index(
                F("helped_count").desc(),
                F("item").desc(),
                condition=Q(is_live=True, is_solved=True),
                name="feed_solved",
            ),
            # Library: what helped most people.
            models.Index(F("helped_count").desc(), F("item").desc(), condition=Q(is_live=True), name="feed_helped"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}"


class FeedTopic(models.Model):
    """One topic of one entry."""

    topic_id = models.BigIntegerField()
    entry = models.ForeignKey(FeedEntry, models.CASCADE, related_name="topics", db_index=False, db_constraint=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "topic_id"], name="feed_topic_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            # Home and Library: the newest of a topic.
            models.Index("topic_id", F("at").desc(), F("entry").desc(), name="feed_topic_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} #{self.topic_id}"
