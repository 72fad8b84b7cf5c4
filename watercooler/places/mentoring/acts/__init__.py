"""What people do in mentoring, from the offer to the closing."""

from watercooler.places.mentoring.acts.agreeing import agree, propose
from watercooler.places.mentoring.acts.asking import accept, ask, decline, withdraw
from watercooler.places.mentoring.acts.closing import close, end_all_of, give_feedback
from watercooler.places.mentoring.acts.goals import let_goal_go, move_goal, set_goal
from watercooler.places.mentoring.acts.meetings import call_off, hold, miss, move, note, note_alone, plan
from watercooler.places.mentoring.acts.profiles import go_on, offer, pause, wish

__all__ = [
    "accept",
    "agree",
    "ask",
    "call_off",
    "close",
    "decline",
    "end_all_of",
    "give_feedback",
    "go_on",
    "hold",
    "let_goal_go",
    "miss",
    "move",
    "move_goal",
    "note",
    "note_alone",
    "offer",
    "pause",
    "plan",
    "propose",
    "set_goal",
    "wish",
    "withdraw",
]
