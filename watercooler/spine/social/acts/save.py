"""Keeping something for later."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.content.models import Item
from watercooler.spine.social.acts.marking import check_readable, put, take
from watercooler.spine.social.models import Saved
from watercooler.spine.social.verbs import SAVED


@transaction.atomic
def save(viewer: Viewer, item: Item, at: datetime | None = None) -> bool:
    """Keep an item in the viewer's own list. Twice changes nothing. Raises NotAllowed."""
    check_readable(viewer, item)
    if not put(Saved, viewer, item, at):
        return False
    record(viewer, SAVED, item=item, at=at)
    return True


@transaction.atomic
def unsave(viewer: Viewer, item: Item) -> bool:
    """Take it off the list. Returns False if it was not there."""
    if not take(Saved, viewer, item):
        return False
    take_back(viewer, SAVED, item_id=item.pk)
    return True
