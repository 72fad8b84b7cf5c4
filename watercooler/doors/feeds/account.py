"""Which feeds somebody reads elsewhere, for their own export."""

from __future__ import annotations

from typing import Any

from watercooler.doors.feeds.models import FeedKey
from watercooler.foundation.base.viewer import Viewer


def told(viewer: Viewer) -> dict[str, list[Any]]:
    """Return of which feeds somebody has private addresses, without the addresses. Cost: one query."""
    mine = FeedKey.objects.filter(person_id=viewer.person_id).order_by("pk")
    return {"private_feeds": list(mine.values("feed", "name", "made_at", "read_at"))}
