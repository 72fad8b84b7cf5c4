"""Which space a space is part of, changed afterwards.

A space below another is read by the same people as before: its place says where it is listed, never who reads it. Whom
a parent is hidden from, it stays hidden from: pages name it to those who may know of it, and it is offered to nobody
who is not in it.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.spaces.models import Purpose, Space
from watercooler.spine.spaces.verbs import CHANGED_SPACE, SpaceChange

PUT_BACK = timedelta(minutes=10)
"""How long a change can be undone."""

LOCK = 0x57415450
"""Advisory lock number: held while a space changes its place. Two moves that each make no circle could make one."""

BELOW = """
with recursive below as (
    select id from spaces_space where id = %s
    union select s.id from spaces_space s join below b on s.parent_id = b.id
) select id from below
"""


def parents_for(viewer: Viewer, space: Space) -> models.QuerySet[Space]:
    """Return what a space may become part of: what the viewer is in, but itself and what is below it. One query."""
    own = Space.objects.filter(pk__in=viewer.space_ids, purpose=Purpose.SPACE, archived_at=None)
    return own.exclude(pk__in=_below(space))


@transaction.atomic
def put_in(viewer: Viewer, space: Space, parent: Space | None) -> bool:
    """Make a space part of another, or let it stand alone (None). Returns False if it is so already.

    Raises NotAllowed for others than its hosts, Invalid for a parent that the viewer is not in, that is archived, or
    that is part of this space.
    """
    if not viewer.hosts(space.pk) or space.purpose != Purpose.SPACE:
        raise NotAllowed(_("Only a host can do this."))
    was = _placed(space)
    if parent is not None and not parents_for(viewer, space).filter(pk=parent.pk).exists():
        raise Invalid(_("It can’t be part of that space."), field="parent")
    if was == (parent.pk if parent else None):
        return False
    _put(space, parent.pk if parent else None)
    record(viewer, CHANGED_SPACE, space_id=space.pk, detail=SpaceChange(["parent"], was=was))
    return True


@transaction.atomic
def put_back(viewer: Viewer, space: Space) -> bool:
    """Undo one's own last change of place within ten minutes. Returns False if there is nothing to undo.

    It goes back also below a space that the viewer is not in, and does not say which that is. Raises NotAllowed,
    and Invalid where it would now be part of itself.
    """
    if not viewer.hosts(space.pk):
        raise NotAllowed(_("Only a host can do this."))
    _placed(space)
    lately = timezone.now() - PUT_BACK
    changes = Activity.objects.filter(verb=CHANGED_SPACE.name, space_id=space.pk, detail__fields=["parent"])
    last = changes.filter(undoes=None).order_by("-id").first()
    if last is None or last.at < lately:
        return False
    if take_back(viewer, CHANGED_SPACE, pk=last.pk) is None:
        return False
    was = last.detail.get("was")
    if was in _below(space):
        raise Invalid(_("It can’t be part of that space."), field="parent")
    _put(space, was)
    return True


def _placed(space: Space) -> int | None:
    """Return what a space is part of, while nobody else changes the place of any."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    found: int | None = Space.objects.values_list("parent_id", flat=True).get(pk=space.pk)
    return found


def _put(space: Space, parent_id: int | None) -> None:
    Space.objects.filter(pk=space.pk).update(parent_id=parent_id)
    space.parent_id = parent_id


def _below(space: Space) -> list[int]:
    """Return the ids of a space and of all that is part of it, however far down. Cost: one query."""
    with connection.cursor() as cursor:
        cursor.execute(BELOW, [space.pk])
        return [row[0] for row in cursor.fetchall()]
