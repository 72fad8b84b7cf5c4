"""Handing something on to a person or a space, with a note (R14)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.content.acts.make import may_post
from watercooler.spine.content.models import Item
from watercooler.spine.people.models import Person
from watercooler.spine.social.acts.marking import check_readable, count
from watercooler.spine.social.models import Recommendation
from watercooler.spine.social.verbs import RECOMMENDED, Recommending
from watercooler.spine.spaces.models import Space
from watercooler.spine.spaces.viewer import build


@transaction.atomic
def recommend(
    viewer: Viewer, item: Item, to: Person | Space, note: str = "", at: datetime | None = None
) -> Recommendation:
    """Hand an item on; twice returns the first. Raises NotAllowed, or Invalid where they can't read it."""
    check_readable(viewer, item)
    is_person = isinstance(to, Person)
    if is_person and not build(to.pk).reads(item.audience, item.space_id):
        raise Invalid(_("%(name)s is not in that space and couldn’t open this.") % {"name": to.name}, field="to")
    if isinstance(to, Space) and not (may_post(viewer, to) and (item.audience == 0 or item.space_id == to.pk)):
        raise Invalid(_("Not everybody in %(space)s could open this.") % {"space": to.name}, field="to")
    if is_person and to.pk == viewer.person_id:
        raise NotAllowed(_("Save it for yourself instead."))
    target = {"to_person": to} if is_person else {"to_space": to}
    standing = Recommendation.objects.filter(
        item=item, sender_id=viewer.person_id, taken_back_at=None, **target
    ).first()
    if standing:
        return standing
    note = clean_line(note)[:500]
    made = Recommendation.objects.create(
        item=item, sender_id=viewer.person_id, note=note, at=at or timezone.now(), **target
    )
    count(item, "share_count", 1)
    record(viewer, RECOMMENDED, item=item, detail=Recommending(made.pk, note), at=at)
    return made


@transaction.atomic
def take_back_recommendation(viewer: Viewer, recommendation: Recommendation) -> bool:
    """Take a recommendation back; the receiver no longer sees it. Returns False if it was taken back already."""
    standing = Recommendation.objects.filter(pk=recommendation.pk, sender_id=viewer.person_id, taken_back_at=None)
    if not standing.update(taken_back_at=timezone.now()):
        return False
    count(recommendation.item, "share_count", -1)
    take_back(viewer, RECOMMENDED, item_id=recommendation.item_id, detail__recommendation_id=recommendation.pk)
    return True
