"""Asking, answering, and marking the answer that solved it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import excerpt
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.kinds.questions.kind import ANSWER, QUESTION
from watercooler.kinds.questions.models import Question
from watercooler.kinds.questions.verbs import ACCEPTED, LINKED, UNLINKED, Accepting, Linking
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.record import Past, record, record_many, take_back
from watercooler.spine.content.acts import Written, copy_rows, make, make_many
from watercooler.spine.content.models import Item, Link
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
    if question.first_answer_at is None:
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
    answer.refresh_from_db(fields=["card"])  # somebody may have checked it since it was read
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
    asked_at = question.item.published_at or now
    return _accepted_card(answer, viewer.name, max(int((now - asked_at).total_seconds() // 60), 0))


def _accepted_card(answer: Item, by: str, minutes: int) -> dict[str, Any]:
    author = answer.author
    check = {"checked": answer.card["checked"]} if answer.card.get("checked") else {}
    return {
        "id": answer.pk,
        "name": author.name,
        "handle": author.handle,
        "photo": author.photo,
        "words": excerpt(answer.excerpt, PEEK),
        "by": by,
        "minutes": minutes,
        **check,
    }


def _show(question: Question, accepted: dict[str, Any] | None, by: int) -> None:
    """Write on the question's card and in the space's counts whether it is solved, and by whose words."""
    card: dict[str, Any] = {"solved": accepted is not None}
    if question.item.card.get("same"):
        card["same"] = True
    if accepted is not None:
        card["accepted"] = accepted
    Item.objects.filter(pk=question.pk).update(card=card, version=F("version") + 1)
    Space.objects.filter(pk=question.item.space_id).update(solved_count=F("solved_count") + by)


@transaction.atomic
def ask_many(space: Space, written: Sequence[Written]) -> list[int]:
    """Bring in questions asked elsewhere. Returns their ids in order. Raises what `make_many` raises."""
    ids = make_many(QUESTION, space, [replace(each, card={"solved": False}) for each in written])
    copy_rows("questions_question", ["item_id"], ([item_id] for item_id in ids))
    return ids


_FIRST_ANSWERS = """
update questions_question q set first_answer_at = least(coalesce(q.first_answer_at, a.at), a.at)
from (select parent_id, min(published_at) as at from content_item where id = any(%s) group by 1) a
where q.item_id = a.parent_id
"""


@transaction.atomic
def answer_many(space: Space, written: Sequence[Written]) -> list[int]:
    """Bring in answers given elsewhere. Returns their ids in order. Raises what `make_many` raises."""
    ids = make_many(ANSWER, space, written)
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_ANSWERS, [ids])
    return ids


_SOLVED = """
with solved as (
    update questions_question q set accepted_answer_id = s.answer_id, solved_at = s.at
    from unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::jsonb[]) s (question_id, answer_id, at, card)
    where q.item_id = s.question_id returning s.question_id, s.card
)
update content_item i set card = (i.card - 'accepted') || solved.card, version = i.version + 1
from solved where i.id = solved.question_id
"""


@transaction.atomic
def accept_many(space: Space, accepted: Sequence[tuple[int, int, datetime]]) -> int:
    """Mark the answers that askers accepted elsewhere: (question, answer, time). Returns how many were marked now.

    Left alone: a question that is solved already, and an answer to another one. Cost: four statements.
    """
    times = {(question_id, answer_id): at for question_id, answer_id, at in accepted}
    answers = Item.objects.filter(pk__in=[answer_id for _question, answer_id in times], kind="answer", space=space)
    still_open = answers.filter(parent__question__accepted_answer=None).select_related("author", "parent__author")
    acts, rows = [], []
    for chosen in still_open:
        asked = chosen.parent
        if asked is None or (asked.pk, chosen.pk) not in times:
            continue
        question_id, at = asked.pk, times[asked.pk, chosen.pk]
        when = max(at, chosen.published_at or at)
        minutes = max(int((when - (asked.published_at or when)).total_seconds() // 60), 0)
        card = {"solved": True, "accepted": _accepted_card(chosen, asked.author.name, minutes)}
        rows.append((question_id, chosen.pk, when, json.dumps(card)))
        detail = Accepting(question_id)
        acts.append(Past(asked.author_id, ACCEPTED, when, chosen.pk, "answer", None, space.pk, detail))
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_SOLVED, [list(column) for column in zip(*rows, strict=True)])
        Space.objects.filter(pk=space.pk).update(solved_count=F("solved_count") + len(rows))
        record_many(acts)
    return len(rows)


_OPEN = """
update content_item set card = (card - 'accepted') || '{"solved": false}', version = version + 1 where id = any(%s)
"""


def decided_here(questions: Collection[int]) -> set[int]:
    """Return those of these questions where somebody here accepted an answer, or took that back. Cost: one query."""
    acts = Activity.objects.filter(verb=ACCEPTED.name, is_imported=False, item__parent_id__in=questions)
    return {number for number in acts.values_list("item__parent_id", flat=True) if number}


@transaction.atomic
def reopen_many(space: Space, questions: Collection[int], at: datetime) -> int:
    """Open questions again whose answer is accepted no more where they came from. Returns how many.

    Importers alone call this, with questions that are not `decided_here`. Cost: six statements.
    """
    solved = Question.objects.select_for_update().filter(pk__in=questions, accepted_answer__isnull=False)
    answers = dict(solved.values_list("accepted_answer_id", "pk"))
    standing = Activity.objects.filter(verb=ACCEPTED.name, item_id__in=answers, undoes=None, undone_by=None)
    Activity.objects.bulk_create(
        Activity(actor_id=act.actor_id, verb=act.verb, item_id=act.item_id, space_id=act.space_id, at=at, undoes=act,
                 is_imported=True)
        for act in standing
    )  # fmt: skip
    Question.objects.filter(pk__in=answers.values()).update(accepted_answer=None, solved_at=None)
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [list(answers.values())])
    Space.objects.filter(pk=space.pk).update(solved_count=F("solved_count") - len(answers))
    return len(answers)


def may_link(viewer: Viewer, question: Question) -> bool:
    """Say whether the viewer may link this question with another one.

    Who asked it, who solved it, the hosts of its space, and learning leads and administrators. Cost: one query, of
    those alone who are none of the others.
    """
    leads = viewer.hosts(question.item.space_id) or viewer.role >= Role.LEAD
    return leads or viewer.person_id == question.item.author_id or _solved(viewer, question)


def _solved(viewer: Viewer, question: Question) -> bool:
    if not viewer.is_known or question.accepted_answer_id is None:
        return False
    return Item.objects.filter(pk=question.accepted_answer_id, author_id=viewer.person_id).exists()


def _check_link(viewer: Viewer, question: Question, other: Question) -> None:
    if not may_link(viewer, question):
        raise NotAllowed(
            _("Only who asked or solved it, a host, a learning lead or an administrator can link questions.")
        )
    both = [question.pk, other.pk]
    if question.pk == other.pk:
        raise Invalid(_("That is the same question. Name another one."), field="other")
    if Question.objects.visible_to(viewer).filter(pk__in=both).count() < len(both):
        raise Invalid(_("There is no such question here."), field="other")
    list(Question.objects.select_for_update().filter(pk__in=both).order_by("pk"))  # of two clicks the second waits


@transaction.atomic
def link(viewer: Viewer, question: Question, other: Question, *, is_same: bool) -> bool:
    """Link a question with another one: as related, or with is_same as asked before, which leads its readers there.

    Returns False if it is linked so already; the other kind of link between both makes way. Raises NotAllowed, and
    Invalid for a question that leads back here. Cost: about seven statements.
    """
    _check_link(viewer, question, other)
    kind = "duplicate" if is_same else "related"
    if is_same and other.pk in _leading_to(question):
        raise Invalid(_("That question already leads to this one."), field="other")
    between = _between(question, other)
    standing = between.filter(kind=kind, item_id=question.pk) if is_same else between.filter(kind=kind)
    if standing.exists():
        return False
    if between.exists():
        unlink(viewer, question, other)
    Link.objects.create(item_id=question.pk, other_id=other.pk, kind=kind, at=timezone.now())
    mark_same([question.pk])
    record(viewer, LINKED, item=question.item, detail=Linking(other.pk, is_same))
    return True


@transaction.atomic
def unlink(viewer: Viewer, question: Question, other: Question) -> bool:
    """Take every link between two questions away, also one that came with an import. Returns False if there is none.

    Who may link may do so, whoever linked them. Raises NotAllowed. Cost: about seven statements.
    """
    _check_link(viewer, question, other)
    gone, _kinds = _between(question, other).delete()
    if not gone:
        return False
    mark_same([question.pk, other.pk])
    undone = [
        take_back(viewer, LINKED, whoever=True, item_id=a.pk, detail__other_id=b.pk)
        for a, b in ((question, other), (other, question))
    ]
    if not any(undone):
        record(viewer, UNLINKED, item=question.item, detail=Linking(other.pk))
    return True


def _between(question: Question, other: Question) -> QuerySet[Link]:
    both = Q(item_id=question.pk, other_id=other.pk) | Q(item_id=other.pk, other_id=question.pk)
    return Link.objects.filter(both)


def _leading_to(question: Question) -> set[int]:
    """Return every question whose readers are led to this one, over however many others. Cost: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_LEADING, [question.pk])
        return {row[0] for row in cursor.fetchall()}


_LEADING = """
with recursive earlier as (
    select item_id from content_link where other_id = %s and kind = 'duplicate'
    union select l.item_id from content_link l join earlier e on l.other_id = e.item_id and l.kind = 'duplicate'
) select item_id from earlier
"""
_SAME = """
update content_item i set version = i.version + 1, card = case when n.same then i.card || '{"same": true}'
    else i.card - 'same' end
from (select u.id, exists (select from content_link l where l.item_id = u.id and l.kind = 'duplicate') as same
      from unnest(%s::bigint[]) u (id)) n
where i.id = n.id and i.kind = 'question' and n.same <> (i.card ? 'same')
"""


def mark_same(questions: Collection[int]) -> None:
    """Write on the cards of these questions whether they were asked before. Cost: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SAME, [list(questions)])


def parted_here(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return those of these pairs whose link somebody here took away. Cost: one query."""
    acts = Activity.objects.filter(verb=UNLINKED.name, item_id__in={n for pair in pairs for n in pair})
    parted = {
        (item_id, int(detail["other_id"])) for item_id, detail in acts.values_list("item_id", "detail") if item_id
    }
    return {(a, b) for a, b in pairs if (a, b) in parted or (b, a) in parted}
