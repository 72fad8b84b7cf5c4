"""Suggestions: who took part where, what is picked for each person, and what they want suggested no more."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from watercooler.spine.content.models import Item, Topic
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space


class Engagement(models.Model):
    """That somebody took part in a thread: wrote in it, was helped by it, kept it. It nominates; the item decides.

    `acts` and `at` count everything and choose for this person alone. `open_acts` and `open_at` leave out what nobody
    else may know, as saving: only these speak to others.
    """

    person_id = models.BigIntegerField()
    thread_id = models.BigIntegerField()
    space_id = models.BigIntegerField()
    acts = models.IntegerField()
    at = models.DateTimeField()
    open_acts = models.IntegerField()
    open_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person_id", "thread_id"], name="engaged_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            # What somebody took part in last.
            models.Index("person_id", F("at").desc(), name="engaged_person"),
            # Who else took part in a thread, and when somebody last did.
            models.Index("thread_id", F("open_at").desc(), condition=Q(open_acts__gt=0), name="engaged_thread"),
            # What is alive in a space.
            models.Index("space_id", F("open_at").desc(), condition=Q(open_acts__gt=0), name="engaged_space"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.thread_id}"


class Shelf(models.Model):
    """What is picked for one person, best first, as Home reads it: four lists side by side.

    keys: where in Home's order a pick stands, in seconds since 1970. whys: see picks.py. abouts: the item that a
    reason names, or 0. Whether the person may still read a pick, or what its reason names, is decided when they look.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    made_at = models.DateTimeField()
    item_ids = ArrayField(models.BigIntegerField(), default=list)
    keys = ArrayField(models.BigIntegerField(), default=list)
    whys = ArrayField(models.CharField(max_length=8), default=list)
    abouts = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["made_at"], name="shelf_oldest")]  # made anew

    def __str__(self) -> str:
        return f"{len(self.item_ids)} for {self.person_id}"


ONE_OF = ("item", "colleague", "space", "topic")


class NotForMe(models.Model):
    """Somebody wants no suggestion of a thing, or of anything by a colleague, in a space or on a topic, until they
    take that back. What they follow still reaches them; only suggestions end."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="+")
    colleague = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, colleague=None, space=None, topic=None)
                | Q(item=None, colleague__isnull=False, space=None, topic=None)
                | Q(item=None, colleague=None, space__isnull=False, topic=None)
                | Q(item=None, colleague=None, space=None, topic__isnull=False),
                name="not_for_me_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["person", what], condition=Q(**{f"{what}__isnull": False}), name=f"not_for_me_{what}"
                )
                for what in ONE_OF
            ),
        ]

    def __str__(self) -> str:
        return f"not for {self.person_id}"
