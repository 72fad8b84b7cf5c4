"""What may be begun from a list: the buttons of its composer."""

from __future__ import annotations

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.kinds import Kind, top_kinds


def kinds_for(viewer: Viewer) -> list[Kind]:
    """Return the kinds the viewer may make, asking first: it is the easiest thing to begin with."""
    return sorted((k for k in top_kinds() if viewer.role >= k.made.needs), key=lambda kind: kind.name != "question")
