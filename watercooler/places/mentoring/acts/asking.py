"""From a request to its answer. A place is taken with the yes, and given back with the closing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed, TooMany
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.places.mentoring.acts.standing import locked, members_only, only, several, words
from watercooler.places.mentoring.models import OPEN, MenteeProfile, Mentoring, MentorProfile, State
from watercooler.places.mentoring.verbs import ACCEPTED, ASKED, DECLINED, WITHDREW, Between
from watercooler.spine.activity.record import record
from watercooler.spine.people.models import Person

MOST_ASKED = 3
"""How many requests of one person wait at once: a mentor who is asked is meant, not one of twenty."""


@transaction.atomic
def ask(
    viewer: Viewer, mentor: Person, note: str, wants: Iterable[str] = (), key: uuid.UUID | None = None
) -> Mentoring:
    """Ask somebody to be one's mentor, with a note. The same `key` twice is one request.

    Raises NotAllowed for oneself and, unless it was wished for, one's own line; Invalid for somebody who has no place
    free or who is asked already; TooMany while three requests wait.
    """
    members_only(viewer)
    if key and (sent := Mentoring.objects.filter(key=key, mentee_id=viewer.person_id).first()):
        return sent
    note = words("note", note, 1000, missing=_("Say in a few words what you hope for. It is what they read first."))
    # One's own row is the lock of how many of one's requests wait.
    mentee = Person.objects.select_for_update(of=("self",)).get(pk=viewer.person_id)
    _check_may_ask(mentee, mentor)
    try:
        with transaction.atomic():
            asked = Mentoring.objects.create(
                mentor=mentor,
                mentee=mentee,
                note=note,
                wants=several("wants", wants, 60, 5),
                asked_at=timezone.now(),
                key=key or uuid.uuid4(),
            )
    except IntegrityError:
        raise _already(mentor) from None
    record(viewer, ASKED, person_id=mentor.pk, detail=Between(asked.pk))
    return asked


def _already(mentor: Person) -> Invalid:
    return Invalid(_("You and %(name)s are in touch about this already.") % {"name": mentor.name})


def _check_may_ask(mentee: Person, mentor: Person) -> None:
    if mentor.pk == mentee.pk:
        raise NotAllowed(_("A mentor is somebody else. Have a look at who has a place free."))
    name = {"name": mentor.name}
    profile = MentorProfile.objects.filter(pk=mentor.pk).first()
    if not mentor.is_active or mentor.role < Role.MEMBER or profile is None:
        raise Invalid(_("%(name)s is not a mentor at the moment.") % name)
    if mentor.pk == mentee.manager_id or mentor.manager_id == mentee.pk:
        wishes = MenteeProfile.objects.filter(pk=mentee.pk).first()
        if wishes is None or not wishes.with_own_line:
            raise NotAllowed(
                _(
                    "You and %(name)s report to each other. A mentor from outside speaks more freely; if you want it "
                    "all the same, say so in what you would like to learn."
                )
                % name
            )
    if Mentoring.objects.filter(mentor=mentor, mentee=mentee, state__in=OPEN).exists():
        raise _already(mentor)
    if not is_free(profile):
        raise Invalid(_("%(name)s has no place free just now. Somebody else may.") % name)
    if Mentoring.objects.filter(mentee=mentee, state=State.ASKED).count() >= MOST_ASKED:
        raise TooMany(_("Three people are thinking about your request already. Wait for an answer, or take one back."))


def is_free(profile: MentorProfile) -> bool:
    """Say whether somebody takes new people now: a place is free, and they do not pause."""
    return profile.free > 0 and not is_resting(profile)


def is_resting(profile: MentorProfile) -> bool:
    """Say whether somebody pauses today."""
    return profile.is_paused and (profile.paused_until is None or profile.paused_until > timezone.localdate())


@transaction.atomic
def accept(viewer: Viewer, mentoring: Mentoring, answer: str = "") -> Mentoring:
    """Say yes to being somebody's mentor, which takes one of one's places. What they agree comes next.

    Raises Invalid if no place is left, Stale if it was answered or taken back meanwhile. The WHERE of the update is the
    lock: of two answers at once to the last place one is refused.
    """
    held = locked(viewer, mentoring, State.ASKED)
    only(viewer, held.mentor_id, _("Only the person who was asked can answer."))
    held.answer = words("answer", answer, 600)
    mine = MentorProfile.objects.filter(pk=held.mentor_id, taken__lt=F("places"))
    if not mine.update(taken=F("taken") + 1):
        raise Invalid(_("All your places are taken. Give yourself one more first, or decline and suggest somebody."))
    held.state, held.answered_at, held.reminded_at = State.AGREEING, timezone.now(), None
    held.save(update_fields=["state", "answer", "answered_at", "reminded_at"])
    record(viewer, ACCEPTED, person_id=held.mentee_id, detail=Between(held.pk))
    return held


@transaction.atomic
def decline(viewer: Viewer, mentoring: Mentoring, answer: str = "", suggested: Person | None = None) -> Mentoring:
    """Say that it does not fit, in kind words and perhaps with somebody else who may. Raises Stale, Invalid."""
    held = locked(viewer, mentoring, State.ASKED)
    only(viewer, held.mentor_id, _("Only the person who was asked can answer."))
    if suggested is not None and suggested.pk in (held.mentor_id, held.mentee_id):
        raise Invalid(_("Suggest somebody other than the two of you."), field="suggested")
    held.answer, held.suggested = words("answer", answer, 600), suggested
    held.state, held.answered_at = State.DECLINED, timezone.now()
    held.save(update_fields=["state", "answer", "suggested", "answered_at"])
    record(viewer, DECLINED, person_id=held.mentee_id, detail=Between(held.pk))
    return held


@transaction.atomic
def withdraw(viewer: Viewer, mentoring: Mentoring) -> Mentoring:
    """Take one's request back before it is answered. Raises Stale if it is."""
    held = locked(viewer, mentoring, State.ASKED)
    only(viewer, held.mentee_id, _("Only the person who asked can take it back."))
    held.state, held.answered_at = State.WITHDRAWN, timezone.now()
    held.save(update_fields=["state", "answered_at"])
    record(viewer, WITHDREW, person_id=held.mentor_id, detail=Between(held.pk))
    return held


def give_place_back(mentoring: Mentoring) -> None:
    """Free the place that a mentoring took. The caller changes its state in the same transaction."""
    MentorProfile.objects.filter(pk=mentoring.mentor_id, taken__gt=0).update(taken=F("taken") - 1)
