"""Commenting on anything."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.acts import make
from watercooler.spine.content.models import Item
from watercooler.spine.social.kind import COMMENT


def comment(
    viewer: Viewer,
    on: Item,
    source: str,
    *,
    key: UUID | None = None,
    attachments: tuple[int, ...] = (),
    at: datetime | None = None,
) -> Item:
    """Write a comment below an item; one on a comment stands beside it, so that talk stays one level deep.

    Raises what `make` raises.
    """
    if on.kind == COMMENT.name and on.parent is not None:
        on = on.parent
    return make(viewer, COMMENT, on.space, source=source, parent=on, key=key, attachments=attachments, at=at)
