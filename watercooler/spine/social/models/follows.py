"""Whom and what people follow."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from watercooler.spine.content.models import Item, Topic
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Level, Space

WHAT = ("person", "space", "topic", "item")
"""What can be followed: a follow names exactly one."""


class Follow(models.Model):
    """A person follows a person, a space, a topic or an item; exactly one of them. MUTED means: never about this."""

    follower = models.ForeignKey(Person, models.PROTECT, related_name="follows")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="followers")
    space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="followers")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="followers")
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="followers")
    level = models.CharField(max_length=8, choices=Level, default=Level.ALL)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, space=None, topic=None, item=None)
                | Q(person=None, space__isnull=False, topic=None, item=None)
                | Q(person=None, space=None, topic__isnull=False, item=None)
                | Q(person=None, space=None, topic=None, item__isnull=False),
                name="follows_one_thing",
            ),
            models.CheckConstraint(condition=~Q(follower=models.F("person")), name="follows_not_oneself"),
            models.UniqueConstraint(
                fields=["follower", "person"], condition=Q(person__isnull=False), name="follows_person_once"
            ),
            models.UniqueConstraint(
                fields=["follower", "space"], condition=Q(space__isnull=False), name="follows_space_once"
            ),
            models.UniqueConstraint(
                fields=["follower", "topic"], condition=Q(topic__isnull=False), name="follows_topic_once"
            ),
            models.UniqueConstraint(
                fields=["follower", "item"], condition=Q(item__isnull=False), name="follows_item_once"
            ),
        ]
        # Telling people of an act: who asked to hear of it, and who wants to hear nothing. Both are few of many.
        indexes = [
            *(models.Index(fields=[what], condition=Q(level="all"), name=f"hears_{what}") for what in WHAT),
            models.Index(fields=["follower"], condition=Q(level="muted"), name="follow_muted"),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} follows"
