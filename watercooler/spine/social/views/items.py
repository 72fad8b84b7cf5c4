"""The permanent address of an item, and how far it was read."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from watercooler.foundation.base.pages import Request
from watercooler.foundation.base.sent import number
from watercooler.spine.content.models import Item
from watercooler.spine.social import acts
from watercooler.spine.social.reads import COMMENTS_SHOWN, SHOWN
from watercooler.spine.social.views.answering import readable
from watercooler.spine.social.waiting import own_page


@require_safe
def item(request: Request, item_id: int) -> HttpResponse:
    """Send the reader to the item's own page, or to its place in its thread; its author alone if it is hidden."""
    found = Item.objects.visible_to(request.viewer).select_related("space__owner", "root", "parent")
    item = found.filter(pk=item_id).first()
    return own_page(request, item_id) if item is None else HttpResponseRedirect(place(item))


def place(item: Item) -> str:
    """Return the address at which the item is really on the page, behind "more" or not."""
    page, _hash, anchor = item.url.partition("#")
    if item.parent is None or item.root is None:
        return page
    is_behind = item.parent.comment_count > COMMENTS_SHOWN or item.root.answer_count > SHOWN
    return f"{page}?at={item.pk}#{anchor}" if is_behind else f"{page}#{anchor}"


@require_POST
def seen(request: Request, item_id: int) -> HttpResponse:
    """Remember how far the viewer has read, told by the page itself once it has been looked at."""
    item = readable(request, item_id)
    newest = number(request.POST.get("newest", ""))
    acts.read(request.viewer, item, newest)
    acts.opened(request.viewer, item, newest)
    return HttpResponse(status=204)
