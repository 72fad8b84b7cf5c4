"""Everything that changes an item."""

from watercooler.spine.content.acts.attach import attach, describe, drop_abandoned, take_file, take_off
from watercooler.spine.content.acts.check import (
    MONTHS,
    USUAL_MONTHS,
    check,
    check_permitted,
    may_check,
    may_vouch,
    remind_of_checks,
    take_check_away,
    uncheck,
)
from watercooler.spine.content.acts.edit import edit, may_edit, restore_revision
from watercooler.spine.content.acts.glossary import change_term, explain_term, may_explain, remove_term
from watercooler.spine.content.acts.make import make, may_post, publish, publish_due
from watercooler.spine.content.acts.many import (
    Earlier,
    Written,
    copy_rows,
    link_many,
    make_many,
    new_ids,
    put_topics,
    rewrite,
)
from watercooler.spine.content.acts.place import change_access, highlight, may_highlight, move, take_down
from watercooler.spine.content.acts.remove import hold, may_moderate, may_remove, remove, restore
from watercooler.spine.content.acts.same_person import Legacy, check_same, join_people, legacy
from watercooler.spine.content.acts.topics import count_topics, known_elsewhere, merge, named, retag, tag, untag

__all__ = [
    "MONTHS",
    "USUAL_MONTHS",
    "Earlier",
    "Legacy",
    "Written",
    "attach",
    "change_access",
    "change_term",
    "check",
    "check_permitted",
    "check_same",
    "copy_rows",
    "count_topics",
    "describe",
    "drop_abandoned",
    "edit",
    "explain_term",
    "highlight",
    "hold",
    "join_people",
    "known_elsewhere",
    "legacy",
    "link_many",
    "make",
    "make_many",
    "may_check",
    "may_edit",
    "may_explain",
    "may_highlight",
    "may_moderate",
    "may_post",
    "may_remove",
    "may_vouch",
    "merge",
    "move",
    "named",
    "new_ids",
    "publish",
    "publish_due",
    "put_topics",
    "remind_of_checks",
    "remove",
    "remove_term",
    "restore",
    "restore_revision",
    "retag",
    "rewrite",
    "tag",
    "take_check_away",
    "take_down",
    "take_file",
    "take_off",
    "uncheck",
    "untag",
]
