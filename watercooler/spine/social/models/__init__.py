"""What people did with items: one small table a verb, each row one person's standing act."""

from watercooler.spine.social.models.connections import Connection, ConnectionChoice, Introduction, Tie
from watercooler.spine.social.models.flags import Flag
from watercooler.spine.social.models.follows import Follow
from watercooler.spine.social.models.marks import Helped, Rating, Reaction, Saved, Viewed
from watercooler.spine.social.models.recommendations import Recommendation

__all__ = [
    "Connection",
    "ConnectionChoice",
    "Flag",
    "Follow",
    "Helped",
    "Introduction",
    "Rating",
    "Reaction",
    "Recommendation",
    "Saved",
    "Tie",
    "Viewed",
]
