"""What pages show of the organisation and its people."""

from __future__ import annotations

import time
from typing import Any

from watercooler.foundation.base.static import built
from watercooler.foundation.database import hot

KEPT_SECONDS = 30
_kept: tuple[float, dict[str, Any] | None] = (0.0, None)


def organisation() -> dict[str, Any] | None:
    """Return {name, logo, is_demo}, or None before the first-run page was filled in. Cost: one query in 30 s."""
    global _kept
    if _kept[0] < time.monotonic():
        row = hot.one("select name, logo, is_demo from people_organisation")
        _kept = (time.monotonic() + KEPT_SECONDS, _shown(row) if row else None)
    return _kept[1]


def _shown(row: Any) -> dict[str, Any]:
    """Return the row with its logo's address; a name without a slash is a drawing of our own."""
    logo = row.logo if not row.logo or row.logo.startswith("/") else built(row.logo)
    return {"name": row.name, "logo": logo, "is_demo": row.is_demo}


def forget_organisation() -> None:
    """Read the organisation anew: after the first-run page, after a change of name."""
    global _kept
    _kept = (0.0, None)
