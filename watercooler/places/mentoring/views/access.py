"""Who gets in: members, and to what two people share only the two. For everybody else it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from watercooler.foundation.base.pages import Request
from watercooler.foundation.base.viewer import Role
from watercooler.places.mentoring import reads
from watercooler.places.mentoring.models import Goal, Meeting, Mentoring

type View = Callable[..., HttpResponse]


def members_only(view: View) -> View:
    """Answer 404 to guests."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.viewer.is_member:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def leads_only(view: View) -> View:
    """Answer 404 to whoever looks after nobody's learning."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.viewer.role < Role.LEAD:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def own(request: Request, pk: int) -> Mentoring:
    """Return a mentoring of the viewer's; 404 for everybody else."""
    found = reads.found(request.viewer, pk)
    if found is None:
        raise Http404
    return found


def own_meeting(request: Request, pk: int, meeting_id: int) -> Meeting:
    """Return a meeting of the viewer's; 404 for everybody else."""
    found = reads.meeting(request.viewer, pk, meeting_id)
    if found is None:
        raise Http404
    return found


def own_goal(request: Request, pk: int, goal_id: int) -> Goal:
    """Return a goal of the viewer's; 404 for everybody else."""
    ours = own(request, pk)
    goal = Goal.objects.filter(pk=goal_id, mentoring=ours).first()
    if goal is None:
        raise Http404
    goal.mentoring = ours
    return goal
