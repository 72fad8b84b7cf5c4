"""Webhooks: addresses that are told what happens, and what was sent to each."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from watercooler.spine.activity.models import Activity
from watercooler.spine.people.models import Person


class Webhook(models.Model):
    """One address that one person has told. What it hears is what they may see, at the moment of sending."""

    class Off(models.TextChoices):
        """Why nothing is sent."""

        BY_HAND = "by_hand", _("Switched off")
        FAILING = "failing", _("Switched off: it did not answer for days")
        GONE = "gone", _("Switched off: it said that it wants nothing more")
        OWNER = "owner", _("Switched off: its owner has left")

    owner = models.ForeignKey(Person, models.CASCADE, related_name="webhooks", db_index=False)
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=1000)
    verbs = ArrayField(models.CharField(max_length=40), default=list)
    """Names of verbs; empty means all that others may know of."""
    space_ids = ArrayField(models.BigIntegerField(), default=list)
    """Empty means every space, which only administrators may choose."""
    secret = models.CharField(max_length=300)
    """Sealed, as the one before it."""
    old_secret = models.CharField(max_length=300, blank=True)
    old_secret_ends_at = models.DateTimeField(null=True, blank=True)
    after_position = models.BigIntegerField(default=0)
    """It hears of activities after this one: of nothing that happened before it was there."""
    off = models.CharField(max_length=8, choices=Off, blank=True)
    made_at = models.DateTimeField()
    failures = models.IntegerField(default=0)
    """Tries that failed since the last that did not."""
    failing_since = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner"], name="webhook_owner"),  # a person's own list
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"/studio/webhooks/{self.pk}"


class Delivery(models.Model):
    """One activity on its way to one address. A ledger, not a projection: what was sent is not sent again."""

    class State(models.IntegerChoices):
        WAITING = 1, _("Waiting")
        DELIVERED = 2, _("Delivered")
        GIVEN_UP = 3, _("Given up")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", db_index=False)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="+", db_index=False)
    """None for a test that its owner sent."""
    message = models.CharField(max_length=60)
    """The id that stays the same however often it is sent."""
    type = models.CharField(max_length=60)
    state = models.SmallIntegerField(choices=State, default=State.WAITING)
    attempts = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    body = models.TextField(blank=True)
    """What was sent the last time; empty before the first."""
    status = models.SmallIntegerField(null=True, blank=True)
    answer = models.TextField(blank=True)
    problem = models.CharField(max_length=200, blank=True)
    milliseconds = models.IntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["webhook", "activity"], name="told_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # What a webhook's page lists, newest first.
            models.Index(fields=["webhook", "-id"], name="delivery_newest"),
            # What is due, of one webhook and of all.
            models.Index(fields=["next_at"], condition=models.Q(state=1), name="delivery_due"),
            models.Index(fields=["made_at"], name="delivery_made"),  # the sweep of what is old
        ]

    def __str__(self) -> str:
        return f"{self.type} to {self.webhook_id}"

    @property
    def url(self) -> str:
        return f"/studio/webhooks/{self.webhook_id}/deliveries/{self.pk}"
