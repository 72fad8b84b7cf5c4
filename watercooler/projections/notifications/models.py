"""What people were told, one line a thread and kind, and how far each line was read."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space


class Notification(models.Model):
    """One line of somebody's inbox. It is unread exactly while `read_position` < `position`; nothing else counts.

    Everything but `read_position` is summed from Told. A rebuild sums it again and leaves what was read alone, so read
    marks need no table of their own. `position` 0 is a line with nothing left to tell: all of it was taken back. What
    a line points at was there when it was written, and every read joins it: the database's own checks of these four
    references were half of telling people.
    """

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="notifications", db_index=False, db_constraint=False
    )
    key = models.CharField(max_length=40)
    """Kind and thread, as "reply:812"."""
    kind = models.CharField(max_length=16)
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False)
    """The thread's first item; None for what is about a space or a person."""
    last_item = models.ForeignKey(
        Item, models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False
    )
    space = models.ForeignKey(Space, models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False)
    actor_count = models.IntegerField(default=0)
    actor_ids = ArrayField(models.BigIntegerField(), default=list)
    """At most 3, newest first."""
    because = models.CharField(max_length=16, blank=True)
    because_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(null=True)
    position = models.BigIntegerField(default=0)
    read_position = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "key"], name="one_line_a_thread"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # The inbox, newest first.
            models.Index(fields=["person", "-at", "-id"], condition=Q(position__gt=0), name="notification_inbox"),
            # The number beside Inbox on every page.
            models.Index(
                fields=["person", "position"], condition=Q(read_position__lt=F("position")), name="notification_unread"
            ),
            # A thread that is opened, removed or brought back.
            models.Index(fields=["item", "person"], condition=Q(item__isnull=False), name="notification_thread"),
        ]

    def __str__(self) -> str:
        return f"{self.key} for {self.person_id}"

    @property
    def is_unread(self) -> bool:
        return self.read_position < self.position


class Told(models.Model):
    """That a person was told of one act, and why: a ledger, not a projection.

    Whom to tell is decided once, by the follows and levels of that moment, and the record does not keep those. Deciding
    again in a rebuild would tell people what they had muted and forget what they were told. So the rebuild sums these
    rows and decides nothing. An undo deletes its row; what is removed for now has `is_hidden`.
    """

    pk = models.CompositePrimaryKey("notification_id", "actor_id", "position")
    notification = models.ForeignKey(Notification, models.CASCADE, related_name="told", db_index=False)
    actor = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    position = models.BigIntegerField()
    because = models.CharField(max_length=16)
    because_id = models.BigIntegerField(null=True)
    is_hidden = models.BooleanField(default=False)
    at = models.DateTimeField(null=True)
    """When it was told, where that may be long after the act, as in a daily round; else None."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["position"], name="told_position"),  # an undo finds what its act told
        ]

    def __str__(self) -> str:
        return f"{self.notification_id} at {self.position}"
