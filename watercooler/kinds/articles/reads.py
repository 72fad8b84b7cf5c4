"""What pages show of articles: the one that is read, and those not published yet."""

from __future__ import annotations

from django.conf import settings

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.models import Item
from watercooler.spine.content.visibility import State
from watercooler.spine.people.models import Person
from watercooler.spine.social.reads import Thread, talk


def thread(viewer: Viewer, item_id: int, after: int = 0, at: int = 0) -> Thread | None:
    """Return an article and at most 50 comments after the one `after`; None if not visible. One prepared query."""
    return talk(viewer, item_id, "article", after, at)


def waiting(viewer: Viewer) -> list[Item]:
    """Return the viewer's own drafts and scheduled articles: next to appear first, then newest. At most 200."""
    mine = Item.objects.own(viewer).filter(kind="article", state__in=[State.DRAFT, State.SCHEDULED])
    return list(mine.select_related("space__owner").order_by("publish_at", "-made_at", "-id")[:200])


def home_zone(viewer: Viewer) -> str:
    """Return the time zone of the viewer's site, or the installation's. Cost: one query."""
    found = Person.objects.filter(pk=viewer.person_id).values_list("site__time_zone", flat=True).first()
    return found or settings.TIME_ZONE
