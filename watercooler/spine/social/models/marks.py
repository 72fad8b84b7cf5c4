"""Marks a person leaves on an item: helped, reactions, ratings, saved, read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from watercooler.spine.content.models import Item
from watercooler.spine.content.reads import SIGNS
from watercooler.spine.people.models import Person


class Mark(models.Model):
    """One person's mark on one item."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.person_id} on {self.item_id}"


class Helped(Mark):
    """This helped me. The one count that matters: distinct people."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="helped_once")]
        indexes = [models.Index(fields=["person", "item"], name="helped_own")]  # own marks on a page of cards


class Reaction(Mark):
    """A small answer without words; at most one of each a person."""

    CHOICES = [
        ("heart", _("Heart")),
        ("clap", _("Well done")),
        ("smile", _("Made me smile")),
        ("think", _("Made me think")),
        ("eyes", _("Watching")),
    ]
    SIGNS = SIGNS

    reaction = models.CharField(max_length=10, choices=CHOICES)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person", "reaction"], name="reacted_once")]
        indexes = [models.Index(fields=["person", "item"], name="reacted_own")]


class Rating(Mark):
    """Feedback richer than a like (R13): useful, correct, applied, and why."""

    useful = models.BooleanField(null=True, blank=True)
    correct = models.BooleanField(null=True, blank=True)
    applied = models.BooleanField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="rated_once")]


class Saved(Mark):
    """Kept for later, seen by nobody else."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="saved_once")]
        indexes = [models.Index(fields=["person", "-id"], name="saved_own")]  # the Saved list, newest first


class Viewed(Mark):
    """Where somebody has read to in a thread: the newest answer or comment that was there (R6, R128)."""

    seen_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "item"], name="viewed_once")]
