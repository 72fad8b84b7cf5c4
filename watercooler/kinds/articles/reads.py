"""What an article's page shows."""

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.social.reads import Thread, talk


def thread(viewer: Viewer, item_id: int, after: int = 0, at: int = 0) -> Thread | None:
    """Return an article and at most 50 comments after the one `after`; None if not visible. One prepared query."""
    return talk(viewer, item_id, "article", after, at)
