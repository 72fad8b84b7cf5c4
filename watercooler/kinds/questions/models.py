"""What a question adds to its item."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.models import Item, ItemQuerySet
from watercooler.spine.content.visibility import visible


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, viewer: Viewer) -> QuestionQuerySet:
        return self.filter(visible(viewer, "item")).select_related("item__space", "item__author")


class Question(models.Model):
    """The answer its asker accepted, and how long that took."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True)
    accepted_answer = models.OneToOneField(Item, models.SET_NULL, null=True, blank=True, related_name="+")
    solved_at = models.DateTimeField(null=True, blank=True)
    first_answer_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Help out: what nobody has answered yet.
            models.Index(fields=["item"], condition=models.Q(first_answer_at=None), name="question_unanswered"),
        ]

    def __str__(self) -> str:
        return f"Question {self.item_id}"

    @property
    def is_solved(self) -> bool:
        return self.accepted_answer_id is not None

    @property
    def answers(self) -> ItemQuerySet:
        return Item.objects.filter(parent_id=self.item_id, kind="answer")
