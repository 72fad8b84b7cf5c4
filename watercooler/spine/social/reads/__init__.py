"""What pages show of threads, of whom things helped, and of what is near them."""

from watercooler.spine.social.reads.helped import Helper, Ripple, helped, ripple
from watercooler.spine.social.reads.text import minutes_to_read, with_contents
from watercooler.spine.social.reads.thread import (
    COMMENTS_OPENED,
    COMMENTS_SHOWN,
    NEWEST,
    SAID_COLUMNS,
    SAID_JOINS,
    SHOWN,
    Said,
    Thread,
    comments,
    gathered,
    ids,
    said,
    talk,
)
from watercooler.spine.social.reads.topics import Near, topic_known_to, topics_like

__all__ = [
    "COMMENTS_OPENED",
    "COMMENTS_SHOWN",
    "NEWEST",
    "SAID_COLUMNS",
    "SAID_JOINS",
    "SHOWN",
    "Helper",
    "Near",
    "Ripple",
    "Said",
    "Thread",
    "comments",
    "gathered",
    "helped",
    "ids",
    "minutes_to_read",
    "ripple",
    "said",
    "talk",
    "topic_known_to",
    "topics_like",
    "with_contents",
]
