"""Feedback richer than a like: useful? correct? applied it? and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.content.models import Item
from watercooler.spine.social.acts.marking import check_readable, count, take
from watercooler.spine.social.models import Rating
from watercooler.spine.social.verbs import RATED, RatingGiven


@transaction.atomic
def rate(
    viewer: Viewer,
    item: Item,
    *,
    useful: bool | None = None,
    correct: bool | None = None,
    applied: bool | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """Rate an item, or change one's rating. "Not correct" needs a reason. Raises Invalid, NotAllowed for one's own."""
    check_readable(viewer, item)
    if item.author_id == viewer.person_id:
        raise NotAllowed(_("Others rate what you wrote."))
    reason = clean_line(reason)[:500]
    if (useful, correct, applied) == (None, None, None):
        raise Invalid(_("Answer at least one of the three."), field="useful")
    if correct is False and not reason:
        raise Invalid(_("Say what is wrong, so that it can be put right."), field="reason")
    values = {"useful": useful, "correct": correct, "applied": applied, "reason": reason, "at": at or timezone.now()}
    _row, is_new = Rating.objects.update_or_create(item=item, person_id=viewer.person_id, defaults=values)
    if is_new:
        count(item, "rating_count", 1)
    else:
        take_back(viewer, RATED, item_id=item.pk)
    record(viewer, RATED, item=item, detail=RatingGiven(useful, correct, applied, reason), at=at)


@transaction.atomic
def unrate(viewer: Viewer, item: Item) -> bool:
    """Take one's rating back. Returns False if there was none."""
    if not take(Rating, viewer, item):
        return False
    count(item, "rating_count", -1)
    take_back(viewer, RATED, item_id=item.pk)
    return True
