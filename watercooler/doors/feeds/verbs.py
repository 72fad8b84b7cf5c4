"""What is done with feeds from outside."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Role
from watercooler.spine.activity.verbs import OURS, Verb


@dataclass(frozen=True, slots=True)
class FeedChange:
    """Which feed."""

    feed_id: int


ADDED_FEED = Verb(
    "added_feed",
    OURS + "added-feed",
    _("%(actor)s lets a feed from outside into %(space)s"),
    needs=Role.MEMBER,
    is_public=False,
    detail=FeedChange,
)
REMOVED_FEED = Verb(
    "removed_feed",
    OURS + "removed-feed",
    _("%(actor)s took a feed from outside off %(space)s"),
    needs=Role.MEMBER,
    is_public=False,
    detail=FeedChange,
)
