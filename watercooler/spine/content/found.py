"""Finding an item for a viewer, or answering 404: for pages and for programs."""

from __future__ import annotations

from django.db.models import Q
from django.shortcuts import get_object_or_404

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.models import Item, ItemQuerySet
from watercooler.spine.content.visibility import State, visible

WAITING = (State.DRAFT, State.SCHEDULED, State.HELD)


def _whole() -> ItemQuerySet:
    return Item.objects.select_related("space__owner", "author", "root", "parent")


def readable(viewer: Viewer, pk: int) -> Item:
    """Return an item the viewer may read: live and theirs to see, or their own that waits. Raises Http404."""
    own = Q(author_id=viewer.person_id, state__in=WAITING)
    return get_object_or_404(_whole().filter(visible(viewer) | own), pk=pk)


def removed(viewer: Viewer, pk: int) -> Item:
    """Return an item that the viewer could bring back: their own, or one of a space they host. Raises Http404."""
    theirs = Q(author_id=viewer.person_id) | Q(space_id__in=viewer.hosted_space_ids)
    return get_object_or_404(_whole().filter(theirs), pk=pk)
