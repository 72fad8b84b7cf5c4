"""Who is connected with whom, who introduced whom, and what people decide about being seen that way (R34)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from watercooler.spine.people.models import Person


class Tie(models.TextChoices):
    """How two people stand. DECLINED is known to the one who declined alone; ENDED is also what was withdrawn."""

    ASKED = "asked", _("Asked")
    CONNECTED = "connected", _("Connected")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", _("Ended")


class Connection(models.Model):
    """Two people, once, whoever asked: `one` has the lower id. The row stays and its state changes."""

    one = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asker = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=12, choices=Tie, default=Tie.ASKED)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    """When it was declined last; kept when the asker withdraws, so that asking again is no way of insisting."""
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="connection_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="connection_in_order"),
            models.CheckConstraint(condition=Q(asker=F("one")) | Q(asker=F("other")), name="connection_asked_by_one"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}: {self.state}"


class Introduction(models.Model):
    """Somebody introduced two colleagues to each other, with a note both read. When both say yes, they are connected.

    What one of them answered is theirs alone, until both said yes.
    """

    YES, NO = "yes", "no"
    ANSWERS = [(YES, _("Yes")), (NO, _("Not now"))]

    introducer = models.ForeignKey(Person, models.PROTECT, related_name="introductions")
    one = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    note = models.CharField(max_length=500)
    at = models.DateTimeField()
    one_answer = models.CharField(max_length=3, blank=True, choices=ANSWERS)
    other_answer = models.CharField(max_length=3, blank=True, choices=ANSWERS)
    met_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="introduction_in_order"),
            models.UniqueConstraint(
                fields=["introducer", "one", "other"], condition=Q(taken_back_at=None), name="introduced_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.introducer_id} introduced {self.one_id} and {self.other_id}"


class ConnectionChoice(models.Model):
    """What somebody decided about being seen with others. No row: neither."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    hides_connections = models.BooleanField(default=False)
    """Nobody is shown whom they and this person both know."""
    is_not_suggested = models.BooleanField(default=False)
    """Never among "people like you"."""

    def __str__(self) -> str:
        return f"{self.person_id} hides {self.hides_connections}"
