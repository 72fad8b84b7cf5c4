"""Searches that people keep, and what was found for them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person

LONGEST_ASKED = 700
"""Letters outside English take six signs or more each in an address."""


class Tells(models.TextChoices):
    """When somebody hears of what a saved search finds."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    NEVER = "never", _("Never")


class SavedSearch(models.Model):
    """A search that somebody keeps under a name, with its filters and scope. Nobody else knows of it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_searches", db_index=False)
    name = models.CharField(max_length=80)
    asked = models.CharField(max_length=LONGEST_ASKED)
    """The search page's address after the question mark, always written in the same order."""
    tells = models.CharField(max_length=8, choices=Tells.choices, default=Tells.DAILY)
    told_before = models.CharField(max_length=8, blank=True)
    """What `tells` was before the inbox was asked for less; for its undo."""
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    """When its finds were last looked at from here."""
    keys = ArrayField(models.TextField(), default=list)
    """Stems of its rarest word, one of which an item must hold to be found; reckoned anew as words become rarer."""
    begins = models.CharField(max_length=60, blank=True)
    """How a stem may begin instead, where all words are still unknown here."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "asked"], name="search_saved_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # A new item finds the searches that may want it.
            GinIndex(fields=["keys"], name="search_saved_keys", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.name


class SavedFind(models.Model):
    """That a saved search found an item: a ledger, so that nobody hears of the same thing twice."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="finds", db_index=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    position = models.BigIntegerField()
    """Of the activity that made the item."""
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    """When it was decided whether to tell of it; None while it waits for the daily round."""
    is_told = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["search", "item"], name="search_found_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["search"], condition=Q(settled_at=None), name="search_find_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} for {self.search_id}"
