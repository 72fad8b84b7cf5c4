"""Which programs act in somebody's name, for their own export."""

from __future__ import annotations

from typing import Any

from watercooler.doors.api.models import Token
from watercooler.foundation.base.viewer import Viewer

SAID = ("name", "scopes", "is_service", "made_at", "agreed_at", "used_at", "ends_at", "ended_at")


def told(viewer: Viewer) -> dict[str, list[dict[str, Any]]]:
    """Return somebody's access tokens, ended ones too, without what lets a program in. Cost: one query."""
    mine = Token.objects.filter(person_id=viewer.person_id).order_by("pk")
    return {"access_tokens": list(mine.values(*SAID))}
