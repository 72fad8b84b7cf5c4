"""What two people agree. Whoever writes a version agrees to it; it counts when the other one does too."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Stale
from watercooler.foundation.base.text import months_after
from watercooler.foundation.base.viewer import Viewer
from watercooler.places.mentoring.acts.standing import chosen_rhythm, chosen_ways, locked, several, within, words
from watercooler.places.mentoring.models import TAKING_A_PLACE, Agreement, Goal, Mentoring, State
from watercooler.places.mentoring.verbs import AGREED, PROPOSED, Between
from watercooler.spine.activity.record import record

MOST_GOALS = 6


@transaction.atomic
def propose(
    viewer: Viewer,
    mentoring: Mentoring,
    *,
    goals: Iterable[str],
    rhythm: str,
    minutes: int,
    months: int,
    ways: Iterable[str] = (),
    between_us: str = "",
    based_on: int = 0,
) -> Agreement:
    """Write the next version of an agreement. The writer agrees with it; the one before holds until both do.

    based_on: the newest version that the writer saw. Raises Stale if there is a newer one, Invalid.
    """
    held = locked(viewer, mentoring, *TAKING_A_PLACE)
    newest = newest_version(held)
    if based_on != newest:
        raise Stale(_("A newer version was written meanwhile. Read it first; yours is kept in the form."))
    now, is_mentor = timezone.now(), viewer.person_id == held.mentor_id
    written = Agreement.objects.create(
        mentoring=held,
        version=newest + 1,
        written_by_id=viewer.person_id,
        written_at=now,
        goals=several("goals", goals, 160, MOST_GOALS, missing=_("Write down at least one thing to reach.")),
        rhythm=chosen_rhythm(rhythm),
        minutes=within("minutes", minutes, 10, 480),
        months=within("months", months, 1, 24),
        ways=chosen_ways(ways),
        between_us=words("between_us", between_us, 1000),
        mentor_agreed_at=now if is_mentor else None,
        mentee_agreed_at=None if is_mentor else now,
    )
    record(viewer, PROPOSED, person_id=held.other_id(viewer.person_id), detail=Between(held.pk))
    return written


def newest_version(mentoring: Mentoring) -> int:
    """Return the number of the newest version, 0 for none."""
    found = Agreement.objects.filter(mentoring=mentoring).order_by("-version").values_list("version", flat=True)
    return found.first() or 0


@transaction.atomic
def agree(viewer: Viewer, mentoring: Mentoring, version: int) -> bool:
    """Agree with the newest version. With the second yes it counts, and the mentoring runs.

    Returns False if the viewer had agreed before. Raises Stale if a newer version was written meanwhile.
    """
    held = locked(viewer, mentoring, *TAKING_A_PLACE)
    if version != newest_version(held):
        raise Stale(_("A newer version was written meanwhile. Read it first."))
    agreement, now = Agreement.objects.get(mentoring=held, version=version), timezone.now()
    name = "mentor_agreed_at" if viewer.person_id == held.mentor_id else "mentee_agreed_at"
    if getattr(agreement, name) is not None:
        return False
    setattr(agreement, name, now)
    agreement.save(update_fields=[name])
    if agreement.is_agreed:
        _let_it_count(held, agreement)
    record(viewer, AGREED, person_id=held.other_id(viewer.person_id), detail=Between(held.pk))
    return True


def _let_it_count(held: Mentoring, agreement: Agreement) -> None:
    now = timezone.now()
    held.state, held.begun_at, held.reminded_at = State.RUNNING, held.begun_at or now, None
    held.ends_on = months_after(timezone.localdate(now), agreement.months)
    held.save(update_fields=["state", "begun_at", "ends_on", "reminded_at"])
    standing = Goal.objects.filter(mentoring=held, let_go_at=None)
    kept = set(standing.values_list("words", flat=True))
    standing.filter(reached_at=None).exclude(words__in=agreement.goals).update(let_go_at=now, changed_at=now)
    Goal.objects.bulk_create(
        Goal(mentoring=held, words=each, set_by_id=agreement.written_by_id, set_at=now, changed_at=now)
        for each in agreement.goals
        if each not in kept
    )
