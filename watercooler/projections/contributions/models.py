"""What each person has given: kept sums, so that a profile never adds up a life's work in a request."""

from __future__ import annotations

from django.db import models

from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space


class Contribution(models.Model):
    """One person's sums over their live items in one space: whoever may not read there is not told how many.

    helped: how often somebody said that one of these helped them.
    """

    pk = models.CompositePrimaryKey("person_id", "space_id")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    space = models.ForeignKey(Space, models.CASCADE, related_name="+")
    helped = models.IntegerField(default=0)
    posts = models.IntegerField(default=0)
    questions = models.IntegerField(default=0)
    answers = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    articles = models.IntegerField(default=0)
    improved = models.IntegerField(default=0)
    """Texts of others that this person made better."""

    def __str__(self) -> str:
        return f"{self.person_id} helped {self.helped} in {self.space_id}"
