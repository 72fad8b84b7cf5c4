"""Introducing two colleagues to each other, and what each of them makes of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.people.models import Person
from watercooler.spine.social.acts.connect import check_acquaintance, join_two, knows_back
from watercooler.spine.social.models import Introduction
from watercooler.spine.social.verbs import AGREED_TO_MEET, DECLINED_INTRODUCTION, INTRODUCED, Introducing


@transaction.atomic
def introduce(viewer: Viewer, one: Person, other: Person, note: str, at: datetime | None = None) -> Introduction:
    """Introduce two colleagues to each other; both read the note, and from whom it comes. Twice returns the first.

    Whether they are connected already is not told. Raises NotAllowed for oneself, Invalid where the note is missing or
    one of them may not know of another.
    """
    note = clean_line(note)[:500]
    if one.pk == other.pk:
        raise Invalid(_("Choose two different people."), field="to")
    if not note:
        raise Invalid(_("Say in a sentence why they should meet."), field="note")
    for person in (one, other):
        check_acquaintance(viewer, person)
    if not knows_back(one, other.pk) or not knows_back(other, one.pk):
        name = one.name if one.is_guest else other.name
        raise Invalid(_("%(name)s meets only people of the spaces they are in.") % {"name": name}, field="to")
    first, second = sorted([one.pk, other.pk])
    made, is_new = Introduction.objects.get_or_create(
        introducer_id=viewer.person_id,
        one_id=first,
        other_id=second,
        taken_back_at=None,
        defaults={"note": note, "at": at or timezone.now()},
    )
    if is_new:
        record(viewer, INTRODUCED, person_id=one.pk, detail=Introducing(made.pk, note), at=at)
    return made


@transaction.atomic
def take_back_introduction(viewer: Viewer, introduction: Introduction) -> bool:
    """Take an introduction back before the two have met. Returns False if that has happened, or it was taken back."""
    standing = Introduction.objects.filter(
        pk=introduction.pk, introducer_id=viewer.person_id, taken_back_at=None, met_at=None
    )
    if not standing.update(taken_back_at=timezone.now()):
        return False
    take_back(viewer, INTRODUCED, detail__introduction_id=introduction.pk)
    return True


@transaction.atomic
def meet(viewer: Viewer, introduction: Introduction) -> bool:
    """Say yes to an introduction. Returns whether the two are connected now: when both said yes.

    Raises NotAllowed for others than the two, Invalid where one of them has left or may not know the other any more.
    """
    row, other = _mine(viewer, introduction)
    check_acquaintance(viewer, other)
    is_first = row.one_id == viewer.person_id
    mine, theirs = (row.one_answer, row.other_answer) if is_first else (row.other_answer, row.one_answer)
    if mine == Introduction.YES:
        return row.met_at is not None
    _answer(viewer, row, Introduction.YES)
    if theirs != Introduction.YES:
        record(viewer, AGREED_TO_MEET, person_id=other.pk, detail=Introducing(row.pk))
        return False
    row.met_at = timezone.now()
    row.save(update_fields=["met_at"])
    join_two(viewer, other, row.pk)
    return True


@transaction.atomic
def decline_introduction(viewer: Viewer, introduction: Introduction) -> bool:
    """Say "not now", quietly: neither the introducer nor the other one is told. Returns False once they have met."""
    row, _other = _mine(viewer, introduction)
    if row.met_at is not None:
        return False
    take_back(viewer, AGREED_TO_MEET, detail__introduction_id=row.pk)
    _answer(viewer, row, Introduction.NO)
    record(viewer, DECLINED_INTRODUCTION, person_id=row.introducer_id, detail=Introducing(row.pk))
    return True


@transaction.atomic
def reconsider_introduction(viewer: Viewer, introduction: Introduction) -> bool:
    """Take one's answer back, as long as the two have not met. Returns False once they have, or without an answer."""
    row, _other = _mine(viewer, introduction)
    answer = row.one_answer if row.one_id == viewer.person_id else row.other_answer
    if row.met_at is not None or not answer:
        return False
    _answer(viewer, row, "")
    verb = AGREED_TO_MEET if answer == Introduction.YES else DECLINED_INTRODUCTION
    take_back(viewer, verb, detail__introduction_id=row.pk)
    return True


def _answer(viewer: Viewer, row: Introduction, answer: str) -> None:
    column = "one_answer" if row.one_id == viewer.person_id else "other_answer"
    setattr(row, column, answer)
    row.save(update_fields=[column])


def _mine(viewer: Viewer, introduction: Introduction) -> tuple[Introduction, Person]:
    """Return the row, locked, and the person the viewer was introduced to."""
    row = Introduction.objects.select_for_update().filter(pk=introduction.pk, taken_back_at=None).first()
    if row is None or viewer.person_id not in (row.one_id, row.other_id):
        raise NotAllowed(_("This is between the two who were introduced."))
    return row, row.other if row.one_id == viewer.person_id else row.one
