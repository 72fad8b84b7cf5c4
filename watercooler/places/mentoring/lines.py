"""What a line of the inbox says of mentoring. Never a word of what the two wrote to each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from watercooler.places.mentoring import verbs
from watercooler.projections.notifications.between import Between

SENTENCES: dict[str, str] = {
    verbs.ASKED.name: gettext_noop("%(people)s asks you to be their mentor"),
    verbs.ACCEPTED.name: gettext_noop("%(people)s would like to be your mentor. Next, say what you want to reach"),
    verbs.DECLINED.name: gettext_noop("%(people)s can’t be your mentor just now"),
    verbs.WITHDREW.name: gettext_noop("%(people)s no longer needs an answer about mentoring"),
    verbs.LAPSED.name: gettext_noop("%(people)s did not find the time. You are free to ask somebody else"),
    verbs.PROPOSED.name: gettext_noop("%(people)s wrote down what you could agree"),
    verbs.AGREED.name: gettext_noop("%(people)s agrees with how you work together"),
    verbs.SET_GOAL.name: gettext_noop("%(people)s set a goal for the two of you"),
    verbs.REACHED_GOAL.name: gettext_noop("%(people)s says that a goal is reached"),
    verbs.PLANNED.name: gettext_noop("%(people)s planned when you meet next"),
    verbs.MOVED.name: gettext_noop("%(people)s changed a meeting with you"),
    verbs.CALLED_OFF.name: gettext_noop("%(people)s called a meeting with you off"),
    verbs.MISSED.name: gettext_noop("%(people)s says that your meeting did not happen. Plan the next one"),
    verbs.NOTED.name: gettext_noop("%(people)s wrote down what you keep from a meeting"),
    verbs.GAVE_FEEDBACK.name: gettext_noop("%(people)s told you how the mentoring was for them"),
}
ANYTHING_ELSE = gettext_noop("%(people)s changed something in your mentoring")
REMINDERS = {
    "answer": gettext_noop("%(people)s is waiting for your answer about mentoring"),
    "end": gettext_noop("What you agreed with %(people)s ends soon. Close it, or go on"),
    "meeting": gettext_noop("You meet %(people)s within a day"),
}
ENDINGS = {
    "finished": gettext_noop("%(people)s closed your mentoring. Say how it was"),
    "early": gettext_noop("%(people)s ended your mentoring early. Say how it was, if you like"),
    "left": gettext_noop("%(people)s has left, so your mentoring is closed. What you reached stays yours"),
}


def sentence(verb: str, detail: Mapping[str, Any]) -> str:
    """Return what a line says, with %(people)s to fill."""
    if verb == verbs.REMINDED.name:
        return _(REMINDERS.get(str(detail.get("how")), REMINDERS["meeting"]))
    if verb == verbs.CLOSED.name:
        return _(ENDINGS.get(str(detail.get("how")), ENDINGS["finished"]))
    return _(SENTENCES.get(verb, ANYTHING_ELSE))


def url(verb: str, detail: Mapping[str, Any]) -> str:
    """Return the page of the two, or of the meeting that it is about."""
    page, meeting = f"/mentoring/{detail.get('mentoring', 0)}", detail.get("meeting")
    return f"{page}/meetings/{meeting}" if meeting else page


MENTORING = Between(
    kind="mentoring",
    thread="mentoring",
    verbs=frozenset({*SENTENCES, verbs.REMINDED.name, verbs.CLOSED.name}),
    sentence=sentence,
    url=url,
    why=gettext_lazy("It is between the two of you. Nobody else is told."),
    tile=("thanks", "heart-handshake"),
)
