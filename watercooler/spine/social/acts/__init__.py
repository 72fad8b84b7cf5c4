"""One function a verb, one for its undo."""

from watercooler.spine.social.acts.comment import comment
from watercooler.spine.social.acts.connect import (
    accept_connection,
    choose_connections,
    connect,
    decline_connection,
    end_connection,
    reconsider_connection,
    resume_connection,
)
from watercooler.spine.social.acts.flag import decide, flag, undecide, unflag
from watercooler.spine.social.acts.follow import follow, mute, unfollow
from watercooler.spine.social.acts.helped import helped, not_helped
from watercooler.spine.social.acts.introduce import (
    decline_introduction,
    introduce,
    meet,
    reconsider_introduction,
    take_back_introduction,
)
from watercooler.spine.social.acts.rate import rate, unrate
from watercooler.spine.social.acts.react import react, unreact
from watercooler.spine.social.acts.read import opened, read, read_by_who_took_part
from watercooler.spine.social.acts.recommend import recommend, take_back_recommendation
from watercooler.spine.social.acts.save import save, save_many, unsave
from watercooler.spine.social.acts.topics import merge_topics

__all__ = [
    "accept_connection",
    "choose_connections",
    "comment",
    "connect",
    "decide",
    "decline_connection",
    "decline_introduction",
    "end_connection",
    "flag",
    "follow",
    "helped",
    "introduce",
    "meet",
    "merge_topics",
    "mute",
    "not_helped",
    "opened",
    "rate",
    "react",
    "read",
    "read_by_who_took_part",
    "recommend",
    "reconsider_connection",
    "reconsider_introduction",
    "resume_connection",
    "save",
    "save_many",
    "take_back_introduction",
    "take_back_recommendation",
    "undecide",
    "unflag",
    "unfollow",
    "unrate",
    "unreact",
    "unsave",
]
