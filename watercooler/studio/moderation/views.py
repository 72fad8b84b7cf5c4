"""The care desk: guide first, remove last. For others than hosts and administrators it does not exist."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.sent import number
from watercooler.spine.content.models import Item
from watercooler.spine.conversations.models import Report
from watercooler.spine.conversations.sight import cared_for
from watercooler.spine.social import acts as social
from watercooler.studio.moderation import reads
from watercooler.studio.moderation.choices import choices, duration


@require_safe
def desk(request: Request) -> HttpResponse:
    """Show what waits and, beside it, the one looked at."""
    return _desk(request, number(request.GET.get("item", "")))


def _desk(
    request: Request, item_id: int, *, error: str = "", note: str | None = None, outcome: str = "helped"
) -> HttpResponse:
    if not reads.has_desk(request.viewer):
        raise Http404
    cases = reads.queue(request.viewer)
    case = next((one for one in cases if one.id == item_id), cases[0] if cases else None)
    place = cases.index(case) if case else 0
    count, usual = reads.pace(request.viewer)
    return page(
        request,
        "moderation/desk.html",
        status=422 if error else 200,
        cases=cases,
        reported=Report.objects.filter(cared_for(request.viewer))[: reads.MOST].count(),
        case=case,
        is_chosen=bool(item_id),
        choices=choices(case) if case and case.may_read else [],
        before=cases[place - 1].id if place else 0,
        after=cases[place + 1].id if place + 1 < len(cases) else 0,
        decided_count=count,
        usual=duration(usual) if usual else "",
        error=error,
        note=note,
        outcome=outcome,
    )


def _item(request: Request, item_id: int) -> Item:
    item = reads.item_of(request.viewer, item_id) if reads.has_desk(request.viewer) else None
    if item is None:
        raise Http404
    return item


@require_POST
def decided(request: Request, item_id: int) -> HttpResponse:
    """Decide about one item and go on to the next."""
    item = _item(request, item_id)
    outcome, note = request.POST.get("outcome", ""), request.POST.get("note", "")
    try:
        closed = social.decide(request.viewer, item, outcome, note)
    except Invalid as refused:
        return _desk(request, item_id, error=refused.sentence, note=note, outcome=outcome)
    name = {"name": item.author.name}
    said = {
        "kept": _("Kept as it is."),
        "helped": _("%(name)s has your note.") % name,
        "held": _("Hidden for now. %(name)s has your note.") % name,
        "removed": _("Removed. %(name)s has your note.") % name,
    }
    if closed:
        say(request, said[outcome], f"/studio/care/{item_id}/undo")
    else:
        say(request, _("Somebody else decided this a moment ago."))
    return see(request, "/studio/care")


@require_POST
def undecided(request: Request, item_id: int) -> HttpResponse:
    """Take one's newest decision about an item back."""
    item = _item(request, item_id)
    if social.undecide(request.viewer, item):
        say(request, _("Taken back. It waits here again."))
    return see(request, f"/studio/care?item={item_id}")


@require_safe
def log(request: Request) -> HttpResponse:
    """Show what was decided, newest first."""
    if not reads.has_desk(request.viewer):
        raise Http404
    found = reads.log(request.viewer, _before(request.GET.get("before", "")))
    more = f"/studio/care/log?before={found[-1].at.timestamp():.6f}" if len(found) == reads.MOST else ""
    return page(request, "moderation/log.html", found=found, more=more)


def _before(text: str) -> datetime:
    try:
        return datetime.fromtimestamp(float(text), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return timezone.now()
