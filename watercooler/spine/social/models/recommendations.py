"""Things handed on with a note (R14)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space


class Recommendation(models.Model):
    """From whom, to which person or space, with which note; and whether it was opened and helped."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="recommendations")
    sender = models.ForeignKey(Person, models.PROTECT, related_name="recommendations_sent")
    to_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="recommendations")
    to_space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="recommendations")
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_person__isnull=False, to_space=None) | Q(to_person=None, to_space__isnull=False),
                name="recommended_to_one",
            ),
            models.UniqueConstraint(
                fields=["item", "sender", "to_person"],
                condition=Q(taken_back_at=None),
                name="recommended_once_to_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} from {self.sender_id}"
