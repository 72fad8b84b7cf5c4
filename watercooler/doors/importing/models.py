"""What came from outside: which of our rows it became, and what is kept of it as history."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space


class Counterpart(models.Model):
    """What a thing outside became here, so that a second import finds it and an interrupted one goes on.

    source: where it was, for example "beer.stackexchange.com". name: what it was called there, for example "post/12".
    Written in the transaction of the row it names. At most one of person, space and item; none is a plain note.
    """

    source = models.TextField()
    name = models.TextField()
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "name"], name="counterpart_once"),
            models.CheckConstraint(
                condition=Q(person=None, space=None) | Q(person=None, item=None) | Q(space=None, item=None),
                name="counterpart_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.name}"


class Badge(models.Model):
    """A badge somebody earned elsewhere. Kept as history: nothing here is won by badges."""

    source = models.TextField()
    number = models.BigIntegerField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    rank = models.SmallIntegerField(default=3)
    """1 gold, 2 silver, 3 bronze."""
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "number"], name="badge_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "at"], name="badge_person"),  # one person's history
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.name}"
