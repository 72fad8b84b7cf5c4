"""Which items have vectors, and of which model.

The vectors lie in a column that no migration knows: `semantic_entry.vector`. The extension for it may not be there,
and how many numbers a vector has is the model's business, so the worker makes the column (column.py).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from watercooler.projections.semantic.languages import SAME
from watercooler.spine.content.models import Item


class Entry(models.Model):
    """A part of a live item that can be found by what it means; most are short and have one part, their whole text.

    It nominates; whether a viewer may see it, the item decides.
    """

    pk = models.CompositePrimaryKey("item_id", "place")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+", db_index=False)
    place = models.SmallIntegerField(default=0)
    """0 is the beginning, which every item has; what comes after it in a long text is made with the vectors."""
    space_id = models.BigIntegerField()
    audience = models.BigIntegerField()
    """As the item's when it was last read: what is hidden from a viewer is not compared with what they look for."""
    is_due = models.BooleanField(default=True)
    """Its text is new, or has changed, since its vectors were made; said of the beginning alone."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # The worker's next texts, newest first.
            models.Index(fields=["-item"], condition=models.Q(is_due=True), name="semantic_due"),
            # All of one space: a search inside it, a guest's spaces, a space that opens or closes.
            models.Index(fields=["space_id", "-item"], name="semantic_space"),
            # What only some may read, by audience.
            models.Index(fields=["audience", "-item"], condition=~models.Q(audience=0), name="semantic_closed"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.place}"


class Model(models.Model):
    """The model that made the vectors; one row, or none."""

    fingerprint = models.CharField(max_length=64)
    dimensions = models.IntegerField()
    mean = models.FloatField()
    """How near sentences are to this model that have nothing to do with each other."""
    spread = models.FloatField()
    """The standard deviation of the same."""
    languages = ArrayField(models.CharField(max_length=2), default=list)
    """Those that it knows, of those that texts are told apart by."""

    def __str__(self) -> str:
        return self.fingerprint[:12]

    def knows(self, language: str) -> bool:
        """Say whether it knows a language, by its two letters; one not told, or never tried, passes for known."""
        return language in self.languages or language not in SAME
