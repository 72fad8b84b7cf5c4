"""What a post's page shows."""

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.social.reads import Thread, talk


def thread(viewer: Viewer, item_id: int, after: int = 0, at: int = 0) -> Thread | None:
    """Return a post and at most 50 comments after the one `after`; None if not visible. Cost: one prepared query."""
    return talk(viewer, item_id, "post", after, at)
