"""What all verbs share: finding the item, and answering a browser with or without script."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from watercooler.foundation.base.pages import Request, chrome, is_fragment, say
from watercooler.foundation.base.sent import back
from watercooler.foundation.base.templates import render
from watercooler.spine.content.models import Item
from watercooler.spine.social import reads
from watercooler.spine.social.kept import Eyes


def readable(request: Request, item_id: int) -> Item:
    """Return the item with what its addresses need. Raises Http404 unless the viewer may read it."""
    found = Item.objects.visible_to(request.viewer).select_related("space__owner", "author", "root", "parent")
    return get_object_or_404(found, pk=item_id)


def done(request: Request, item: Item, sentence: str = "", undo: str = "", toast: bool = True) -> HttpResponse:
    """Answer a verb: to a script the changed parts, else the page it came from with a toast.

    undo: the address that takes it back. toast: whether a script gets the sentence too; a button that shows by itself
    what was done does not need it.
    """
    if is_fragment(request):
        told = {"sentence": sentence, "undo": undo} if toast and sentence else None
        return HttpResponse(render("social/changed.html", **changed(request, item), toast=told))
    if sentence:
        say(request, sentence, undo)
    return HttpResponseRedirect(back(request, item.url, f"#item-{item.pk}"))


def changed(request: Request, item: Item) -> dict[str, object]:
    """Return what the parts of one item are rendered from, as it is now."""
    marks = chrome(request.viewer, [item.pk]).marks
    found = reads.said(request.viewer, item.pk)
    eyes = Eyes.of(request.viewer, [found] if found else [])
    return {"item": found, "marks": marks, "eyes": eyes}


def told(request: Request, sentence: str, undo: str, otherwise: str) -> HttpResponse:
    """Answer a verb on a person, topic or space, whose button has turned over already."""
    if is_fragment(request):
        return HttpResponse(render("base/toast.html", toast={"sentence": sentence, "undo": undo}))
    say(request, sentence, undo)
    return HttpResponseRedirect(back(request, otherwise))
