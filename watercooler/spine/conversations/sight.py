"""Who sees a private message: who takes part in its conversation, from when they came on. Nobody else, in any role."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q

from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.spine.conversations.models import Participant, Report


def seen(viewer: Viewer) -> Q:
    """Return the rule as a filter of Message querysets."""
    mine = Participant.objects.filter(
        conversation_id=OuterRef("conversation_id"),
        person_id=viewer.person_id,
        left_at=None,
        sees_after__lt=OuterRef("number"),
    )
    return Q(Exists(mine))


def cared_for(viewer: Viewer) -> Q:
    """Return the filter of open reports that the viewer decides: administrators do, never their own, nor about their
    own words."""
    mine = Q(person_id=viewer.person_id) | Q(message__author_id=viewer.person_id)
    return Q(decided_at=None) & ~mine if viewer.is_administrator else Q(pk__in=())


def files(viewer: Viewer) -> Q:
    """Return the filter for attachments on a message the viewer sees, or decides about while it is reported."""
    taking_part = Q(
        message__removed_at=None,
        message__conversation__participants__person_id=viewer.person_id,
        message__conversation__participants__left_at=None,
        message__conversation__participants__sees_after__lt=F("message__number"),
    )
    if not viewer.is_administrator:
        return taking_part
    return taking_part | Q(message__in=Report.objects.filter(cared_for(viewer)).values("message"))


APART = f"""
select g.id, g.name, o.id, o.name from people_person g join people_person o on o.id <> g.id
where g.role = {Role.GUEST.value} and g.id = any(%(people)s) and o.id = any(%(people)s) and not exists (
    select from spaces_membership a join spaces_membership b on b.space_id = a.space_id
    where a.person_id = g.id and b.person_id = o.id
      and a.standing in ('host', 'member') and b.standing in ('host', 'member'))
order by g.name, o.name
"""


@dataclass(frozen=True, slots=True)
class Apart:
    """A guest and another person who share no space."""

    guest_id: int
    guest: str
    other_id: int
    other: str


def apart(people: list[int]) -> list[Apart]:
    """Return each guest with each other of these people whom they meet in no space. Cost: one query."""
    with connection.cursor() as cursor:
        cursor.execute(APART, {"people": people})
        return [Apart(*row) for row in cursor.fetchall()]
