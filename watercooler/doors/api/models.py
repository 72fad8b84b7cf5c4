"""Access tokens, and what was answered to writes that may be sent again."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from watercooler.spine.people.models import Person


class Token(models.Model):
    """A secret that lets a program act as one person, who answers for it (R91). Only its hash is kept.

    person: in whose name it acts. made_by: who made it; somebody else only where an administrator made a service
    token, which then does nothing until the person agreed.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    is_service = models.BooleanField(default=False)
    beginning = models.CharField(max_length=12)
    """How the secret begins, to recognise it by."""
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret, in hexadecimal. The secret has 190 random bits: no slower hash is needed."""
    scopes = ArrayField(models.CharField(max_length=20))
    made_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-id"], name="token_person"),  # somebody's settings
            # The studio's list.
            models.Index(fields=["-id"], condition=models.Q(is_service=True), name="token_service"),
        ]

    def __str__(self) -> str:
        return f"{self.beginning}… of {self.person_id}"

    @property
    def state(self) -> str:
        """Return "ended", "expired", "waiting" for its person, or "working"."""
        if self.ended_at is not None:
            return "ended"
        if self.ends_at <= timezone.now():
            return "expired"
        return "working" if self.agreed_at is not None else "waiting"


class Answered(models.Model):
    """What one write was answered, kept a day under the key its sender gave it. Without a status it is under way."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of method, address and body."""
    status = models.SmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "key"], name="answered_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["at"], name="answered_at")]  # the hourly sweep

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"
