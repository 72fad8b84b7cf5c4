"""Who knows: the telling words of everything that shows knowledge, and what people say about being found by it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from watercooler.spine.content.models import Item, Topic
from watercooler.spine.people.models import Person


class Entry(models.Model):
    """A live item by its most telling words. It nominates; whether a viewer may see the item, the item decides."""

    # Written from the item itself, which is never deleted: the database need not look for it once more.
    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="+", db_constraint=False)
    root_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    shows_knowledge = models.BooleanField()
    """An answer or a page speaks for its author, a post or a comment below one only if it helped somebody, and then
    alone stands here; a question only for what was asked before.
    """
    space_id = models.BigIntegerField()
    audience = models.BigIntegerField()
    at = models.DateTimeField()
    topic_ids = ArrayField(models.BigIntegerField(), default=list)
    """The thread's topics, whatever part of it this is."""
    keys = ArrayField(models.IntegerField(), default=list)
    """At most 60 stems and the topics, each as a number (stem_key): 240 bytes instead of a text."""
    language = models.CharField(max_length=2, default="en")
    """In which its words were stemmed."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # What holds these words. New rows wait in a short list and are merged in bulk.
            GinIndex(fields=["keys"], name="expert_keys", fastupdate=True, gin_pending_list_limit=512),
            # What a person is known for, newest first.
            models.Index(fields=["person_id", "-at"], condition=models.Q(shows_knowledge=True), name="expert_person"),
            # Who lately answered in a space.
            models.Index(fields=["space_id", "-at"], condition=models.Q(shows_knowledge=True), name="expert_lately"),
            # A single word that very many hold: newest first, until enough are found.
            models.Index(fields=["-at"], name="expert_newest"),
            # Topics that were merged.
            GinIndex(fields=["topic_ids"], name="expert_topics"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} by {self.person_id}"


class Stem(models.Model):
    """In how many entries that every member may read a key stands; key 0 counts the entries, that of "@de" the German
    ones. Hidden ones never count:
    the order of what a stranger finds must not change with what they may not know of.
    """

    key = models.IntegerField(primary_key=True)
    entries = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.entries}"


class KnownPerson(models.Model):
    """Whose topics are kept as `KnownTopic`, since when, and whether something happened to their evidence since."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    is_stale = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at"], condition=models.Q(is_stale=True), name="known_stale"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {'stale' if self.is_stale else 'kept'}"


class KnownTopic(models.Model):
    """What somebody is known for among those who read one audience: summed up before a profile is looked at."""

    pk = models.CompositePrimaryKey("person_id", "audience", "topic_id")
    person_id = models.BigIntegerField()
    audience = models.BigIntegerField()
    topic_id = models.BigIntegerField()
    accepted = models.IntegerField()
    helped = models.IntegerField()
    score = models.FloatField()
    item_ids = ArrayField(models.BigIntegerField())
    """The best three proofs."""

    def __str__(self) -> str:
        return f"{self.person_id} in {self.topic_id} for {self.audience}"


class Findable(models.Model):
    """Whether somebody is named as an expert at all, and whether questions are put before them. No row: both."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    is_out = models.BooleanField(default=False)
    takes_nudges = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.person_id} {'out' if self.is_out else 'in'}"


class HiddenTopic(models.Model):
    """A topic that somebody does not want to be known for."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="hidden_once")]

    def __str__(self) -> str:
        return f"{self.person_id} hides {self.topic_id}"


class Nudge(models.Model):
    """That a question was put before somebody who may know: a ledger, decided once and never again by a rebuild."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    alike = models.IntegerField(default=0)
    """How many of their answers and pages spoke for them: the reason, in the notification."""
    declined_at = models.DateTimeField(null=True, blank=True)
    """When they said "Not me"."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="nudged_once")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-at"], name="nudge_load"),  # how much lately; what they declined
        ]

    def __str__(self) -> str:
        return f"{self.item_id} before {self.person_id}"
