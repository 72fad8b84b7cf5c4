"""What is done in mentoring. All of it is private: who may know are the two people, and nobody is shown the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.text import Words
from watercooler.foundation.base.viewer import Role
from watercooler.spine.activity.verbs import OURS, Verb


@dataclass(frozen=True, slots=True)
class Between:
    """Which mentoring an act belongs to, never what was said in it. meeting: its id, if it is about one."""

    mentoring: int
    meeting: int = 0


@dataclass(frozen=True, slots=True)
class Settled(Between):
    """Why it ended, or what somebody is reminded of, in one word of a fixed list."""

    how: str = ""


def _verb(name: str, sentence: Words, detail: Any = Between) -> Verb:
    iri = OURS + name.replace("_", "-")
    return Verb(name, iri, sentence, needs=Role.MEMBER, is_public=False, detail=detail)


OFFERED = _verb("offered_mentoring", _("%(actor)s offers to mentor"), None)
PAUSED = _verb("paused_mentoring", _("%(actor)s pauses mentoring"), None)
WENT_ON = _verb("went_on_mentoring", _("%(actor)s mentors again"), None)
WISHED = _verb("wished_for_mentoring", _("%(actor)s said what they want to learn with a mentor"), None)

ASKED = _verb("asked_to_be_mentored", _("%(actor)s asked %(person)s to be their mentor"))
ACCEPTED = _verb("took_on_mentee", _("%(actor)s said yes to mentoring %(person)s"))
DECLINED = _verb("declined_mentee", _("%(actor)s could not mentor %(person)s"))
WITHDREW = _verb("withdrew_mentoring", _("%(actor)s took back what they asked of %(person)s"))
LAPSED = _verb("let_mentoring_lapse", _("%(actor)s did not answer %(person)s in time"))

PROPOSED = _verb("proposed_agreement", _("%(actor)s wrote down an agreement with %(person)s"))
AGREED = _verb("agreed_agreement", _("%(actor)s agreed with %(person)s how they work"))

SET_GOAL = _verb("set_goal", _("%(actor)s set a goal with %(person)s"))
MOVED_GOAL = _verb("moved_goal", _("%(actor)s came further with a goal shared with %(person)s"))
REACHED_GOAL = _verb("reached_goal", _("%(actor)s reached a goal shared with %(person)s"))
LET_GOAL_GO = _verb("let_goal_go", _("%(actor)s let a goal shared with %(person)s go"))

PLANNED = _verb("planned_meeting", _("%(actor)s planned a meeting with %(person)s"))
MOVED = _verb("moved_meeting", _("%(actor)s moved a meeting with %(person)s"))
CALLED_OFF = _verb("called_off_meeting", _("%(actor)s called off a meeting with %(person)s"))
MET = _verb("met_as_planned", _("%(actor)s met %(person)s"))
MISSED = _verb("missed_meeting", _("%(actor)s and %(person)s missed a meeting"))
NOTED = _verb("noted_meeting", _("%(actor)s wrote what they and %(person)s keep from a meeting"))
NOTED_ALONE = _verb("noted_for_oneself", _("%(actor)s wrote a note for themselves"))
REMINDED = _verb("reminded_of_mentoring", _("%(actor)s and %(person)s meet soon"), Settled)

CLOSED = _verb("closed_mentoring", _("%(actor)s closed the mentoring with %(person)s"), Settled)
GAVE_FEEDBACK = _verb("said_how_mentoring_went", _("%(actor)s told %(person)s how the mentoring went"))
