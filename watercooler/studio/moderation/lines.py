"""What a line of the inbox says of reported messages. Never a word of what was said in a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from watercooler.projections.notifications.between import Between
from watercooler.spine.conversations import verbs

OUTCOMES = {
    "kept": gettext_lazy("%(people)s looked at the message you reported, and it stays"),
    "helped": gettext_lazy("%(people)s wrote to the author of the message you reported"),
    "removed": gettext_lazy("%(people)s removed the message you reported"),
}


def _reported(verb: str, detail: Mapping[str, Any]) -> str:
    return _("A private message was reported and needs a careful look")


def _decided(verb: str, detail: Mapping[str, Any]) -> str:
    return str(OUTCOMES.get(str(detail.get("outcome")), OUTCOMES["kept"]))


def _cared_for(verb: str, detail: Mapping[str, Any]) -> str:
    if detail.get("outcome") == "removed":
        return _("%(people)s removed a message of yours after a report")
    return _("%(people)s has a word about a message of yours")


def _desk(verb: str, detail: Mapping[str, Any]) -> str:
    return f"/studio/care/messages?report={detail.get('report_id', 0)}"


def _message(verb: str, detail: Mapping[str, Any]) -> str:
    number = detail.get("number", 1)
    return f"/inbox/messages/{detail.get('conversation_id', 0)}?at={number}#m-{number}"


REPORTED = Between(
    kind="reported",
    thread="report_id",
    verbs=frozenset({verbs.REPORTED_MESSAGE.name}),
    sentence=_reported,
    url=_desk,
    why=gettext_lazy("You look after Watercooler. Only you and other administrators are told."),
    tile=("thanks", "flag"),
)
DECIDED = Between(
    kind="report",
    thread="report_id",
    verbs=frozenset({verbs.DECIDED_REPORT.name}),
    sentence=_decided,
    url=lambda verb, detail: "/inbox/messages",
    why=gettext_lazy("You reported this. Who wrote it is not told by whom."),
    tile=("wiki", "flag"),
)
CARED_FOR = Between(
    kind="message_care",
    thread="message_id",
    verbs=frozenset({verbs.CARED_FOR_MESSAGE.name}),
    sentence=_cared_for,
    url=_message,
    why=gettext_lazy("You wrote this, and somebody asked for it to be looked at."),
    tile=("wiki", "shield-check"),
)
