"""A small answer without words."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.content.models import Item
from watercooler.spine.social.acts.marking import check_readable, put, take
from watercooler.spine.social.models import Reaction
from watercooler.spine.social.verbs import REACTED, Reacting

COUNT = """
update content_item set version = version + 1, reactions = jsonb_strip_nulls(jsonb_set(reactions, array[%(reaction)s],
    coalesce(to_jsonb(nullif(coalesce((reactions->>%(reaction)s)::int, 0) + %(by)s, 0)), 'null'::jsonb)))
where id = %(item)s
"""


@transaction.atomic
def react(viewer: Viewer, item: Item, reaction: str, at: datetime | None = None) -> bool:
    """Leave a reaction. The same one twice changes nothing. Raises Invalid for one that is not on the list."""
    check_readable(viewer, item)
    if reaction not in Reaction.SIGNS:
        raise Invalid(_("Choose one of the reactions shown."), field="reaction")
    if not put(Reaction, viewer, item, at, reaction=reaction):
        return False
    _count(item, reaction, 1)
    record(viewer, REACTED, item=item, detail=Reacting(reaction), at=at)
    return True


@transaction.atomic
def unreact(viewer: Viewer, item: Item, reaction: str) -> bool:
    """Take a reaction back. Returns False if it was not left."""
    if not take(Reaction, viewer, item, reaction=reaction):
        return False
    _count(item, reaction, -1)
    take_back(viewer, REACTED, item_id=item.pk, detail__reaction=reaction)
    return True


def _count(item: Item, reaction: str, by: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"reaction": reaction, "by": by, "item": item.pk})
