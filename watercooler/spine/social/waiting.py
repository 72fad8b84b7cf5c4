"""What its author alone reads: a thing that a host has hidden, that waits for its hour, or that is a draft."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from watercooler.foundation.base.pages import Request, page
from watercooler.spine.activity.models import Activity
from watercooler.spine.content.models import Attachment, Item
from watercooler.spine.content.verbs import HELD
from watercooler.spine.content.visibility import State

WAITING = (State.HELD, State.SCHEDULED, State.DRAFT)


def own_page(request: Request, item_id: int, kind: str = "") -> HttpResponse:
    """Show its author what nobody else can read, and why. Raises Http404 for everybody else.

    kind: what it must be, where the address says so. Cost: four queries; nobody comes here often.
    """
    kinds = {"kind": kind} if kind else {}
    mine = Item.objects.own(request.viewer).filter(state__in=WAITING, **kinds)
    item = get_object_or_404(mine.select_related("space__owner", "author", "root", "parent"), pk=item_id)
    files = list(Attachment.objects.filter(item=item).order_by("pk"))
    return page(
        request,
        "social/waiting.html",
        place="spaces",
        item=item,
        state=State(item.state).name.lower(),
        reason=_reason(item) if item.state == State.HELD else "",
        photos=[(file.url, f"{file.url}?small", file.alt) for file in files if file.is_picture],
        documents=[file for file in files if not file.is_picture and file.url not in item.safe_html],
    )


def _reason(item: Item) -> str:
    """Return why it was hidden, in the words of who hid it."""
    holding = Activity.objects.filter(item=item, verb=HELD.name, undoes=None, undone_by=None).order_by("-id").first()
    return str(holding.detail.get("reason", "")) if holding else ""
