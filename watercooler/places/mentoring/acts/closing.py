"""The end of a mentoring, whoever ends it and however, and what the two say of it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.kinds.posts.acts import post
from watercooler.places.mentoring.acts.asking import give_place_back
from watercooler.places.mentoring.acts.standing import locked, words
from watercooler.places.mentoring.models import (
    OPEN,
    TAKING_A_PLACE,
    Ending,
    Feedback,
    Meeting,
    MeetingState,
    Mentoring,
    State,
    Useful,
)
from watercooler.places.mentoring.verbs import CLOSED, GAVE_FEEDBACK, Between, Settled
from watercooler.spine.activity.record import record
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.viewer import build


@transaction.atomic
def close(viewer: Viewer, mentoring: Mentoring, ending: str = Ending.FINISHED, parting_words: str = "") -> Mentoring:
    """Close a mentoring, at its end or early. Either of the two may, and the place is free again. Raises Stale."""
    held = locked(viewer, mentoring, *TAKING_A_PLACE)
    if ending not in (Ending.FINISHED, Ending.EARLY):
        raise Invalid(_("Say whether it came to its end or ends early."), field="ending")
    if held.state == State.AGREEING:
        ending = Ending.EARLY
    held.parting_words = words("parting_words", parting_words, 600)
    _end(viewer, held, Ending(ending))
    return held


def _end(viewer: Viewer, held: Mentoring, ending: Ending) -> None:
    """Write that it is over, call off what was planned, and free the place."""
    now = timezone.now()
    if held.state in TAKING_A_PLACE:
        give_place_back(held)
    held.state, held.ending, held.closed_at, held.closed_by_id = State.CLOSED, ending, now, viewer.person_id
    held.save(update_fields=["state", "ending", "closed_at", "closed_by", "parting_words"])
    call_off_to_come(held)
    record(viewer, CLOSED, person_id=held.other_id(viewer.person_id), detail=Settled(held.pk, how=ending))


def call_off_to_come(held: Mentoring) -> None:
    """Call off what was planned, when there is no mentoring any more in which to meet. Cost: one statement."""
    now = timezone.now()
    coming = Meeting.objects.filter(mentoring=held, state=MeetingState.PLANNED, starts_at__gt=now)
    coming.update(state=MeetingState.CALLED_OFF, changed_at=now, sequence=F("sequence") + 1)


@transaction.atomic
def end_all_of(viewer: Viewer, person: Person) -> int:
    """End every mentoring of somebody who leaves, kindly: the other one is told, and a place is free again.

    Recorded as theirs, since their leaving ends it, whoever wrote it into the directory. Returns how many there were.
    """
    leaving = Viewer(person_id=person.pk, role=Role.MEMBER, name=person.name, handle=person.handle)
    mine = Mentoring.objects.filter(state__in=OPEN)
    mine = mine.filter(mentor=person) | mine.filter(mentee=person)
    found = list(mine.select_for_update(of=("self",)).order_by("pk"))
    for held in found:
        _end(leaving, held, Ending.LEFT)
    return len(found)


@transaction.atomic
def give_feedback(
    viewer: Viewer,
    mentoring: Mentoring,
    *,
    useful: str,
    came_of_it: str = "",
    thanks: str = "",
    is_shared: bool = False,
) -> Feedback:
    """Say, once, how it was. The other one reads it. Thanks are posted if both gave theirs to be shared.

    Raises Invalid for a second time, or thanks to be shared without words; Stale while it is not closed.
    """
    held = locked(viewer, mentoring, State.CLOSED)
    if useful not in Useful.values:
        raise Invalid(_("Say in one word how useful it was."), field="useful")
    if Feedback.objects.filter(mentoring=held, person_id=viewer.person_id).exists():
        raise Invalid(_("You have said how it went. Thank you."))
    missing = _("Write the thanks that may be shared.") if is_shared else ""
    given = Feedback.objects.create(
        mentoring=held,
        person_id=viewer.person_id,
        useful=useful,
        came_of_it=words("came_of_it", came_of_it, 1000),
        thanks=words("thanks", thanks, 400, missing=missing),
        is_shared=is_shared,
        at=timezone.now(),
    )
    record(viewer, GAVE_FEEDBACK, person_id=held.other_id(viewer.person_id), detail=Between(held.pk))
    _share_if_both_want_it(held)
    return given


def _share_if_both_want_it(held: Mentoring) -> None:
    """Post each one's thanks on their own wall, as their own words, once both gave them to be shared."""
    both = list(Feedback.objects.filter(mentoring=held, is_shared=True, shared_at=None).select_related("person"))
    if len(both) < 2 or not all(each.person.is_active for each in both):
        return
    for each in both:
        author = build(each.person_id)
        thanked = held.other(each.person_id)
        wall = Space.objects.get(pk=author.wall_id)
        post(author, wall, f"@{thanked.handle} {each.thanks}")
        each.shared_at = timezone.now()
        each.save(update_fields=["shared_at"])
