"""What its author alone finds: what a host has hidden, what waits for its hour, a draft, what was removed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from watercooler.foundation.base.pages import Request, page
from watercooler.spine.activity.models import Activity
from watercooler.spine.content.models import Attachment, Item
from watercooler.spine.content.verbs import HELD, REMOVED
from watercooler.spine.content.visibility import State

WAITING = (State.HELD, State.SCHEDULED, State.DRAFT, State.REMOVED)


def own_page(request: Request, item_id: int, kind: str = "") -> HttpResponse:
    """Show its author what nobody else can read, and why. Raises Http404 for everybody else.

    kind: what it must be, where the address says so. Cost: four queries; nobody comes here often.
    """
    kinds = {"kind": kind} if kind else {}
    mine = Item.objects.own(request.viewer).filter(state__in=WAITING, **kinds)
    item = get_object_or_404(mine.select_related("space__owner", "author", "root", "parent"), pk=item_id)
    gone = _taken(item)
    files = list(Attachment.objects.filter(item=item).order_by("pk"))
    return page(
        request,
        "social/waiting.html",
        place="spaces",
        item=item,
        state=State(item.state).name.lower(),
        reason=str(gone.detail.get("reason", "")) if gone else "",
        is_own_doing=gone is not None and gone.actor_id == request.viewer.person_id,
        photos=[(file.url, f"{file.url}?small", file.alt) for file in files if file.is_picture],
        documents=[file for file in files if not file.is_picture and file.url not in item.safe_html],
    )


def _taken(item: Item) -> Activity | None:
    """Return the act that hid or removed it, with the words of who did that."""
    verb = {State.HELD: HELD, State.REMOVED: REMOVED}.get(State(item.state))
    if verb is None:
        return None
    return Activity.objects.filter(item=item, verb=verb.name, undoes=None, undone_by=None).order_by("-id").first()
