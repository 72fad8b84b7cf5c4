"""Goals of two people while their mentoring runs."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, Stale
from watercooler.foundation.base.viewer import Viewer
from watercooler.places.mentoring.acts.agreeing import MOST_GOALS
from watercooler.places.mentoring.acts.standing import line, locked, within
from watercooler.places.mentoring.models import Goal, Mentoring, State
from watercooler.places.mentoring.verbs import LET_GOAL_GO, MOVED_GOAL, REACHED_GOAL, SET_GOAL, Between
from watercooler.spine.activity.record import record


@transaction.atomic
def set_goal(viewer: Viewer, mentoring: Mentoring, words: str) -> Goal:
    """Set one more goal. Raises Invalid for one that is there already, or one too many."""
    held = locked(viewer, mentoring, State.RUNNING)
    words = line("words", words, 160, missing=_("What would you like to reach? A few words are enough."))
    standing = Goal.objects.filter(mentoring=held, let_go_at=None)
    if standing.filter(words__iexact=words).exists():
        raise Invalid(_("This goal is there already."), field="words")
    if standing.filter(reached_at=None).count() >= MOST_GOALS:
        raise Invalid(_("Six at once are enough. Reach one, or let one go."), field="words")
    now = timezone.now()
    goal = Goal.objects.create(mentoring=held, words=words, set_by_id=viewer.person_id, set_at=now, changed_at=now)
    record(viewer, SET_GOAL, person_id=held.other_id(viewer.person_id), detail=Between(held.pk))
    return goal


@transaction.atomic
def move_goal(viewer: Viewer, goal: Goal, progress: int) -> Goal:
    """Say how far a goal has come, in hundredths; 100 is reached, and less than that takes it back."""
    held = locked(viewer, goal.mentoring, State.RUNNING)
    now = timezone.now()
    goal = _standing(goal)
    was_reached = goal.reached_at is not None
    goal.progress, goal.changed_at = within("progress", progress, 0, 100), now
    goal.reached_at = (goal.reached_at or now) if progress == 100 else None
    goal.save(update_fields=["progress", "changed_at", "reached_at"])
    verb = REACHED_GOAL if goal.reached_at and not was_reached else MOVED_GOAL
    record(viewer, verb, person_id=held.other_id(viewer.person_id), detail=Between(held.pk))
    return goal


@transaction.atomic
def let_goal_go(viewer: Viewer, goal: Goal) -> Goal:
    """Let a goal go that no longer fits. It is kept, and counts for nothing."""
    held = locked(viewer, goal.mentoring, State.RUNNING)
    goal, now = _standing(goal), timezone.now()
    goal.let_go_at = goal.changed_at = now
    goal.save(update_fields=["let_go_at", "changed_at"])
    record(viewer, LET_GOAL_GO, person_id=held.other_id(viewer.person_id), detail=Between(held.pk))
    return goal


def _standing(goal: Goal) -> Goal:
    found = Goal.objects.filter(pk=goal.pk, let_go_at=None).first()
    if found is None:
        raise Stale(_("This goal was let go meanwhile."))
    return found
