"""Exports that people asked for, and where they lie until they end."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space


class Scope(models.TextChoices):
    """How much an export holds."""

    OWN = "own", _("What you wrote")
    SPACE = "space", _("A space")
    EVERYTHING = "everything", _("Everything")


class Export(models.Model):
    """One export, its owner's alone. stored: its unguessable name, empty until it is ready. ends_at: gone after it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    scope = models.CharField(max_length=10, choices=Scope)
    space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField()
    stored = models.CharField(max_length=80, blank=True)
    size_bytes = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "scope", "space"],
                condition=Q(ready_at=None, failed_at=None),
                name="one_export_at_a_time",
                nulls_distinct=False,
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-asked_at"], name="export_person"),  # one's own exports, newest first
        ]

    def __str__(self) -> str:
        return f"{self.scope} for {self.person_id}"

    @property
    def size(self) -> str:
        return (
            f"{self.size_bytes / 1024 / 1024:,.1f} MB"
            if self.size_bytes >= 100_000
            else f"{self.size_bytes // 1024 + 1} kB"
        )

    @property
    def url(self) -> str:
        return f"/me/exports/{self.pk}"
