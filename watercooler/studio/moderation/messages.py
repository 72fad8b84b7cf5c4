"""Reported private messages: the copies that reports brought here, and what is decided. Nothing else of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from minijinja import safe

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.sent import number
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.conversations import acts
from watercooler.spine.conversations.models import Report
from watercooler.spine.conversations.sight import cared_for

MOST = 50


def waiting(viewer: Viewer) -> list[Report]:
    """Return the open reports that the viewer decides, oldest first, at most MOST. Cost: four queries."""
    reports = Report.objects.filter(cared_for(viewer)).select_related("person", "message__author")
    return list(reports.prefetch_related("lines__author", "message__attachments").order_by("at", "pk")[:MOST])


def decided(viewer: Viewer) -> list[Report]:
    """Return what was decided last, newest first, without a word of the messages. Cost: one query."""
    if not viewer.is_administrator:
        return []
    closed = Report.objects.filter(decided_at__isnull=False).select_related("decided_by", "message__author")
    return list(closed.exclude(message__author_id=viewer.person_id).order_by("-decided_at", "-pk")[:MOST])


def found(viewer: Viewer, report_id: int) -> Report | None:
    """Return a report that the viewer may decide, or that another administrator decided already."""
    if not viewer.is_administrator:
        return None
    mine = Report.objects.filter(cared_for(viewer)) | Report.objects.filter(decided_at__isnull=False)
    return mine.exclude(message__author_id=viewer.person_id).filter(pk=report_id).first()


@require_safe
def desk(request: Request) -> HttpResponse:
    """Show what waits and, below, what was decided."""
    return _desk(request, number(request.GET.get("report", "")))


def _desk(request: Request, report_id: int, error: str = "", note: str = "", outcome: str = "helped") -> HttpResponse:
    if not request.viewer.is_administrator:
        raise Http404
    reports = waiting(request.viewer)
    reports.sort(key=lambda each: each.pk != report_id)  # the one asked for stands first
    shown: dict[str, Any] = {"reports": reports, "decided": decided(request.viewer), "chosen": report_id, "safe": safe}
    typed = {"error": error, "note": note, "outcome": outcome}
    return page(request, "moderation/messages.html", status=422 if error else 200, **shown, **typed)


@require_POST
def decide(request: Request, report_id: int) -> HttpResponse:
    """Decide about a reported message."""
    report = found(request.viewer, report_id)
    if report is None:
        raise Http404
    outcome, note = request.POST.get("outcome", ""), request.POST.get("note", "")
    try:
        closed = acts.decide_report(request.viewer, report, outcome, note)
    except Invalid as refused:
        return _desk(request, report_id, refused.sentence, note, outcome)
    said = {
        "kept": _("Left as it is. Who reported it is told."),
        "helped": _("Your note is on its way. Who reported it is told."),
        "removed": _("Removed, with your note to who wrote it. Who reported it is told."),
    }
    say(request, said[outcome] if closed else _("Somebody else decided this a moment ago."))
    return see(request, "/studio/care/messages")
