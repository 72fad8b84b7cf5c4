"""Mails that the mail server has not taken yet, or would not take."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Unsent(models.Model):
    """A mail from when it is written until the mail server has it. One that was refused stays to be read about."""

    address = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    """As an administrator may read it: without a code that lets somebody in."""
    sealed = models.TextField()
    """What is sent, since it may let somebody in. Empty once it is not tried again."""
    lets_in = models.BooleanField(default=False)
    """It holds an invitation's link, which another way in makes worthless."""
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    """From then on it is of no use to anybody."""
    tries = models.IntegerField(default=0)
    why = models.CharField(max_length=300, blank=True)
    """What the mail server said last, or why it was not reached. Empty while nothing went wrong."""
    again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["again_at"], name="unsent_again"),  # what is due
        ]

    def __str__(self) -> str:
        return self.subject
