"""Who can see an item: one rule, said once for querysets and once for hot reads, side by side.

An item is read by a viewer if it is live and its audience is one of the viewer's, or it lies in an open space that
the viewer, a guest, has joined. The audience is a column of the item: EVERYONE in open spaces and on walls, else the
space's id. So no list of all open spaces travels with a query, and the rule costs the same with 5,000 spaces as with 5.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Viewer


class State(models.IntegerChoices):
    """The life of an item. Only LIVE is read by anybody but its author."""

    LIVE = 1, _("Published")
    DRAFT = 2, _("Draft")
    SCHEDULED = 3, _("Scheduled")
    HELD = 4, _("Held for review")
    REMOVED = 5, _("Removed")
    HIDDEN = 6, _("Hidden with its thread")


def visible(viewer: Viewer, path: str = "") -> Q:
    """Return the filter for rows whose item this viewer may read.

    `path` leads from the filtered model to its item: "" on Item itself, "item" on a row that points to one.
    """
    at = f"{path}__" if path else ""
    mine = Q(**{f"{at}audience__in": viewer.audiences}) | Q(**{f"{at}space__in": viewer.guest_space_ids})
    return mine & Q(**{f"{at}state": State.LIVE})


VISIBLE = "(i.state = 1 and (i.audience = any(%(audiences)s) or i.space_id = any(%(guest_spaces)s)))"
"""The same rule for hot reads over `content_item i`; its values come from `visible_values`."""

READS_THERE = """(case when s.access = 'open' then 0 else s.id end = any(%(audiences)s)
    or s.id = any(%(guest_spaces)s))"""
"""Whether the viewer may read what lies in `spaces_space s`: what `Space.audience` says of its items."""

READ_SPACE = f"(select s.id from spaces_space s where s.slug = %(space)s and {READS_THERE})"
"""The space with this word in its address if the viewer may read what lies there; nothing, as for no space, if not. So
nobody learns by the time it takes whether a space is there that they may not know of."""

SAYS_TOPIC = f"""exists (select from content_item i where i.topic_ids @> array[{{topic}}] and i.parent_id is null
          and {VISIBLE})"""
"""Whether a topic may be named: by something on it that the viewer may read. Its name may come from a hidden item."""

MOST_ON_TOPIC = 99
ON_TOPIC = f"""(case when 0 = any(%(audiences)s) then {{topic}}.open_count else (select count(*) from (
    select from content_item i where i.topic_ids @> array[{{topic}}.id] and i.parent_id is null and {VISIBLE}
    limit {MOST_ON_TOPIC}) few) end)"""
"""How much is on a topic, to sort by: what every member may read, or for a guest what they may read themselves. So
what is hidden from somebody changes nothing of the order they see."""


def visible_values(viewer: Viewer) -> dict[str, Any]:
    """Return the values that VISIBLE needs."""
    return {"audiences": list(viewer.audiences), "guest_spaces": list(viewer.guest_space_ids)}
