"""Asking, answering, and marking the answer that solved it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.text import excerpt
from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.questions.kind import ANSWER, QUESTION
from watercooler.kinds.questions.models import Question
from watercooler.kinds.questions.verbs import ACCEPTED, Accepting
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.content.acts import make
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space

PEEK = 220


@transaction.atomic
def ask(viewer: Viewer, space: Space, title: str, source: str, *, topics: Iterable[str] = (), **sending: Any) -> Item:
    """Ask a question in a space. `sending`: key, attachments, at. Raises what `make` raises."""
    item = make(viewer, QUESTION, space, title=title, source=source, topics=topics, card={"solved": False}, **sending)
    Question.objects.get_or_create(item=item)
    return item


@transaction.atomic
def answer(viewer: Viewer, question: Question, source: str, **sending: Any) -> Item:
    """Answer a question. `sending`: key, attachments, at. Raises what `make` raises."""
    made = make(viewer, ANSWER, question.item.space, source=source, parent=question.item, **sending)
    Question.objects.filter(pk=question.pk, first_answer_at=None).update(first_answer_at=made.published_at)
    return made


def may_accept(viewer: Viewer, question: Question) -> bool:
    """Say whether the viewer decides what solved it: who asked, or a host of the space."""
    return viewer.person_id == question.item.author_id or viewer.hosts(question.item.space_id)


@transaction.atomic
def accept(viewer: Viewer, question: Question, answer: Item, at: datetime | None = None) -> bool:
    """Mark the answer that solved an open question. Does nothing, and returns False, if it is solved already.

    The WHERE of the update is the lock: of two clicks one wins. Raises NotAllowed for others than asker and hosts.
    """
    if not may_accept(viewer, question):
        raise NotAllowed(_("Only the person who asked, or a host, can accept an answer."))
    if answer.parent_id != question.pk or answer.kind != "answer" or not answer.is_live:
        raise NotAllowed(_("That answer is not here any more."))
    now = at or timezone.now()
    still_open = Question.objects.filter(pk=question.pk, accepted_answer=None)
    if not still_open.update(accepted_answer=answer, solved_at=now):
        return False
    _show(question, _accepted(viewer, question, answer, now), 1)
    record(viewer, ACCEPTED, item=answer, detail=Accepting(question.pk), at=at)
    return True


@transaction.atomic
def unaccept(viewer: Viewer, question: Question) -> bool:
    """Open a solved question again. Returns False if it was open. Raises NotAllowed."""
    if not may_accept(viewer, question):
        raise NotAllowed(_("Only the person who asked, or a host, can change this."))
    question = Question.objects.select_for_update().get(pk=question.pk)
    answer_id = question.accepted_answer_id
    if answer_id is None:
        return False
    Question.objects.filter(pk=question.pk).update(accepted_answer=None, solved_at=None)
    _show(question, None, -1)
    take_back(viewer, ACCEPTED, whoever=True, item_id=answer_id, detail__question_id=question.pk)
    return True


def _accepted(viewer: Viewer, question: Question, answer: Item, now: datetime) -> dict[str, Any]:
    """Return what cards and the question's own page show of the answer: whose words, who accepted them, how soon."""
    author = Person.objects.only("name", "handle", "photo").get(pk=answer.author_id)
    asked_at = question.item.published_at or now
    return {
        "id": answer.pk,
        "name": author.name,
        "handle": author.handle,
        "photo": author.photo,
        "words": excerpt(answer.excerpt, PEEK),
        "by": viewer.name,
        "minutes": max(int((now - asked_at).total_seconds() // 60), 0),
    }


def _show(question: Question, accepted: dict[str, Any] | None, by: int) -> None:
    """Write on the question's card and in the space's counts whether it is solved, and by whose words."""
    card: dict[str, Any] = {"solved": accepted is not None}
    if accepted is not None:
        card["accepted"] = accepted
    Item.objects.filter(pk=question.pk).update(card=card, version=F("version") + 1)
    Space.objects.filter(pk=question.item.space_id).update(solved_count=F("solved_count") + by)
