"""This helped me."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.content.models import Item
from watercooler.spine.social.acts.marking import check_readable, count, put, take
from watercooler.spine.social.models import Helped, Recommendation
from watercooler.spine.social.verbs import HELPED


@transaction.atomic
def helped(viewer: Viewer, item: Item, at: datetime | None = None) -> bool:
    """Say that an item helped the viewer. Twice counts once. Raises NotAllowed for one's own things."""
    check_readable(viewer, item)
    if item.author_id == viewer.person_id:
        raise NotAllowed(_("Others say whether this helped."))
    if not put(Helped, viewer, item, at):
        return False
    count(item, "helped_count", 1)
    record(viewer, HELPED, item=item, at=at)
    mine = Recommendation.objects.filter(item=item, to_person_id=viewer.person_id, used_at=None, taken_back_at=None)
    mine.update(used_at=at or timezone.now())
    return True


@transaction.atomic
def not_helped(viewer: Viewer, item: Item) -> bool:
    """Take it back. Returns False if it was not said."""
    if not take(Helped, viewer, item):
        return False
    count(item, "helped_count", -1)
    take_back(viewer, HELPED, item_id=item.pk)
    return True
