"""Everything that changes a conversation. Who adds a line holds the conversation's row, so lines have one order."""

from watercooler.spine.conversations.acts.begin import begin, begin_group
from watercooler.spine.conversations.acts.checks import MOST_PEOPLE, check_reachable, may_write_to, no_new
from watercooler.spine.conversations.acts.choose import open_to, silence, unsilence
from watercooler.spine.conversations.acts.people import add, leave, mute, rename, unmute
from watercooler.spine.conversations.acts.read import read, recount
from watercooler.spine.conversations.acts.report import carers, decide_report, passed_on, report, unreport
from watercooler.spine.conversations.acts.say import LONGEST, edit, empty_removed, remove, restore, send, sent_before

__all__ = [
    "LONGEST",
    "MOST_PEOPLE",
    "add",
    "begin",
    "begin_group",
    "carers",
    "check_reachable",
    "decide_report",
    "edit",
    "empty_removed",
    "leave",
    "may_write_to",
    "mute",
    "no_new",
    "open_to",
    "passed_on",
    "read",
    "recount",
    "remove",
    "rename",
    "report",
    "restore",
    "send",
    "sent_before",
    "silence",
    "unmute",
    "unreport",
    "unsilence",
]
