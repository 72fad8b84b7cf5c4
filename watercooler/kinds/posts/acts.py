"""Sharing a post."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from watercooler.foundation.base.viewer import Viewer
from watercooler.kinds.posts.kind import POST
from watercooler.spine.content.acts import make
from watercooler.spine.content.models import Item
from watercooler.spine.spaces.models import Space


def post(
    viewer: Viewer, space: Space, source: str, *, title: str = "", topics: Iterable[str] = (), **sending: Any
) -> Item:
    """Share a short update in a space or on a wall. `sending`: key, attachments, at. Raises what `make` raises."""
    return make(viewer, POST, space, title=title, source=source, topics=topics, **sending)
