"""Whom somebody has told of what happens, for their own export."""

from __future__ import annotations

from typing import Any

from watercooler.doors.webhooks.models import Webhook
from watercooler.foundation.base.viewer import Viewer


def told(viewer: Viewer) -> dict[str, list[Any]]:
    """Return somebody's webhooks without the secrets that sign their messages. Cost: one query."""
    mine = Webhook.objects.filter(owner_id=viewer.person_id).order_by("pk")
    return {"webhooks": list(mine.values("name", "address", "verbs", "space_ids", "made_at", "delivered_at", "off"))}
