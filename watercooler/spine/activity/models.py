"""The record of every act, and how far each projection has read it.

The tables name people, spaces and items by string, so that all of these may stand above the record and write it.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models


class Activity(models.Model):
    """One act of one person. Rows are never edited; an undo is a new row that names the old one.

    Maps one to one to an xAPI statement: uuid → id, actor → account, verb → its IRI, item, person or space → object,
    space → grouping context, detail → result, undoes → voided statement.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    actor = models.ForeignKey("people.Person", models.PROTECT, related_name="activities")
    verb = models.CharField(max_length=40)
    item = models.ForeignKey("content.Item", models.PROTECT, null=True, blank=True, related_name="activities")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    space = models.ForeignKey("spaces.Space", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    position = models.BigIntegerField(null=True, unique=True)
    """Gapless order given by the sequencer after commit. Ids are no order: who starts first may commit last."""
    is_imported = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(item=None) | models.Q(person=None), name="activity_one_object"),
        ]
        indexes = [
            # The sequencer's next batch.
            models.Index(fields=["id"], condition=models.Q(position=None), name="activity_unsequenced"),
            # A person's contributions, newest first; "was this done already?" of an act.
            models.Index(fields=["actor", "verb", "item"], name="activity_actor_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.verb}"

    @property
    def sign(self) -> int:
        """Return −1 for an undo, else 1: what counters add."""
        return -1 if self.undoes_id else 1

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("An activity is never edited. Record an undo.")
        super().save(*args, **kwargs)


class Cursor(models.Model):
    """How far a projection has read, and with which version of its code."""

    projection = models.CharField(max_length=40, primary_key=True)
    version = models.IntegerField()
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.projection} at {self.position}"
