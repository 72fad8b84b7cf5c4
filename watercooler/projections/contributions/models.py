"""What each person has given: kept sums, so that a profile never adds up a life's work in a request."""

from __future__ import annotations

from django.db import models

from watercooler.spine.people.models import Person


class Contribution(models.Model):
    """One person's sums over their live items. helped: how often somebody said that one of these helped them."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    helped = models.IntegerField(default=0)
    posts = models.IntegerField(default=0)
    questions = models.IntegerField(default=0)
    answers = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    articles = models.IntegerField(default=0)
    improved = models.IntegerField(default=0)
    """Texts of others that this person made better."""

    class Meta:
        indexes = [models.Index(fields=["-helped"], name="contribution_helped")]  # people worth knowing

    def __str__(self) -> str:
        return f"{self.person_id} helped {self.helped}"
