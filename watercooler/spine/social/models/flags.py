"""Things somebody thinks a host should look at."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person


class Flag(models.Model):
    """One person's flag on one item, and what came of it."""

    REASONS = [
        ("outdated", _("Wrong or out of date")),
        ("private", _("Shows somebody’s private details")),
        ("unkind", _("Unkind or unprofessional")),
        ("unsafe", _("Could hurt somebody if followed")),
        ("misplaced", _("Belongs in another space")),
        ("other", _("Something else")),
    ]
    OUTCOMES = [
        ("kept", _("Kept as it is")),
        ("helped", _("The author was helped to change it")),
        ("held", _("Held")),
        ("removed", _("Removed")),
    ]

    item = models.ForeignKey(Item, models.PROTECT, related_name="flags")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=REASONS)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    outcome_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], condition=Q(decided_at=None), name="flagged_once")
        ]
        indexes = [models.Index(fields=["at"], condition=Q(decided_at=None), name="flag_queue")]  # the care desk

    def __str__(self) -> str:
        return f"{self.item_id}: {self.reason}"
