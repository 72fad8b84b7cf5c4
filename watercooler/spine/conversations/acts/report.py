"""Asking for a message to be looked at, and what is decided. The one way that words leave a conversation."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.conversations.acts.places import changed, place
from watercooler.spine.conversations.acts.say import take_away
from watercooler.spine.conversations.models import Conversation, Line, Message, Report, ReportedLine
from watercooler.spine.conversations.sight import cared_for, seen
from watercooler.spine.conversations.verbs import (
    CARED_FOR_MESSAGE,
    DECIDED_REPORT,
    REPORTED_MESSAGE,
    Caring,
    DecidingReport,
    Reporting,
)
from watercooler.spine.people.models import Person

BEFORE = 3
"""So many messages before a reported one go with it."""


def carers(viewer: Viewer, message: Message) -> list[Person]:
    """Return who would read a report of the viewer's about this message. Cost: one query."""
    active = Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    still_here = active.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))
    return list(still_here.exclude(pk__in=[viewer.person_id, message.author_id]).order_by("name", "pk"))


def passed_on(viewer: Viewer, message: Message) -> list[Message]:
    """Return what a report hands on: the message and at most BEFORE that were said before it, as the viewer sees them.

    Cost: two queries.
    """
    said = Message.objects.filter(seen(viewer), kind=Line.SAID, removed_at=None, number__lte=message.number)
    lines = said.filter(conversation_id=message.conversation_id).select_related("author").order_by("-number")
    return list(lines.prefetch_related("attachments")[: BEFORE + 1])[::-1]


@transaction.atomic
def report(viewer: Viewer, message: Message, reason: str, note: str = "") -> bool:
    """Hand a message to who looks after the organisation. Returns False if the viewer's report of it is open.

    Raises NotAllowed for who does not see it, Invalid for one's own, one that is gone, and where nobody could look.
    """
    place(viewer, message.conversation_id)
    lines = passed_on(viewer, message)
    if message.author_id == viewer.person_id or not lines or lines[-1].pk != message.pk:
        raise Invalid(_("Only a message of somebody else that stands can be reported."))
    if reason not in dict(Report.REASONS):
        raise Invalid(_("Choose a reason."), field="reason")
    if not carers(viewer, message):
        raise Invalid(
            _("Nobody else looks after Watercooler here, so nobody could read this. Talk to somebody you trust.")
        )
    said = {"reason": reason, "note": clean_line(note)[:500], "at": timezone.now()}
    made, is_new = Report.objects.get_or_create(
        message=message, person_id=viewer.person_id, decided_at=None, defaults=said
    )
    if not is_new:
        return False
    ReportedLine.objects.bulk_create(_copy(made, line) for line in lines)
    record(viewer, REPORTED_MESSAGE, detail=Reporting(made.pk))
    return True


def _copy(made: Report, line: Message) -> ReportedLine:
    names = [file.name for file in line.attachments.all()]
    return ReportedLine(
        report=made,
        number=line.number,
        author_id=line.author_id,
        at=line.at,
        safe_html=line.safe_html,
        file_names=names,
    )


@transaction.atomic
def unreport(viewer: Viewer, message: Message) -> bool:
    """Take one's open report back: the copy is gone with it. Returns False if there is none."""
    mine = (
        Report.objects.select_for_update().filter(message=message, person_id=viewer.person_id, decided_at=None).first()
    )
    if mine is None:
        return False
    take_back(viewer, REPORTED_MESSAGE, detail__report_id=mine.pk)
    mine.delete()
    return True


@transaction.atomic
def decide_report(viewer: Viewer, waiting: Report, outcome: str, note: str = "") -> int:
    """Close all reports of a message: leave it, write to its author, or remove it. The copies are thrown away.

    Returns how many were closed; 0 if somebody was faster. Raises NotAllowed for others than administrators, who
    reported it and who wrote it; Invalid where the author would be told nothing.
    """
    here = Conversation.objects.select_for_update().get(messages=waiting.message_id)
    if not Report.objects.filter(cared_for(viewer), pk=waiting.pk).exists():
        if Report.objects.filter(pk=waiting.pk, decided_at__isnull=False).exists() and viewer.is_administrator:
            return 0
        raise NotAllowed(_("Only another administrator can decide this."))
    note = clean_line(note)[:500]
    if outcome not in dict(Report.OUTCOMES):
        raise Invalid(_("Choose what to do."), field="outcome")
    if outcome != "kept" and not note:
        raise Invalid(_("Tell the author why, in a sentence."), field="note")
    message = Message.objects.get(pk=waiting.message_id)
    closed = _close(viewer, message, outcome, note if outcome != "kept" else "")
    if outcome == "removed" and closed:  # else somebody else decided, a moment before: their word stands
        take_away(viewer, message, is_after_report=True)
        changed(viewer, here)
    if outcome != "kept" and closed:
        care = Caring(message.pk, here.pk, message.number, outcome, note)
        record(viewer, CARED_FOR_MESSAGE, person_id=message.author_id, detail=care)
    return closed


def _close(viewer: Viewer, message: Message, outcome: str, note: str) -> int:
    still_open = Report.objects.select_for_update().filter(message=message, decided_at=None)
    reports = list(still_open.order_by("pk"))
    ids, now = [each.pk for each in reports], timezone.now()
    Report.objects.filter(pk__in=ids).update(
        decided_by_id=viewer.person_id, decided_at=now, outcome=outcome, outcome_note=note
    )
    ReportedLine.objects.filter(report__in=ids).delete()
    for each in reports:
        record(viewer, DECIDED_REPORT, person_id=each.person_id, detail=DecidingReport(each.pk, outcome))
    return len(ids)
