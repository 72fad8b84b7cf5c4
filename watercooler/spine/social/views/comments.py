"""Comments on anything."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from watercooler.foundation.base.pages import Request, chrome, is_fragment, new_key, say
from watercooler.foundation.base.sent import sent_with
from watercooler.foundation.base.templates import render
from watercooler.spine.content.models import Item
from watercooler.spine.social import acts, reads
from watercooler.spine.social.kept import Eyes, talked
from watercooler.spine.social.views.answering import readable


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: Request, item_id: int) -> HttpResponse:
    """Return all comments below an item as a part, or write one. A comment on a comment stands beside it."""
    item = readable(request, item_id)
    about = item.parent if item.kind == "comment" and item.parent is not None else item
    if request.method == "POST":
        made = acts.comment(request.viewer, about, request.POST.get("source", ""), **sent_with(request))
        if not is_fragment(request):
            say(request, _("Comment posted."), f"/items/{made.pk}/remove")
            return HttpResponseRedirect(f"{about.url.partition('#')[0]}?at={made.pk}#item-{made.pk}")
        if "whole" in request.POST:
            return _talk(request, about, made)
    elif not is_fragment(request):
        return HttpResponseRedirect(f"{about.url.partition('#')[0]}#comments-{about.pk}")
    return HttpResponse(render("social/comments.html", **_below(request, about)))


def _below(request: Request, about: Item) -> dict[str, object]:
    found = reads.said(request.viewer, about.pk)
    if found is None:
        raise Http404
    found.comments = reads.comments(request.viewer, about.pk)
    marks = chrome(request.viewer, [about.pk, *reads.ids(found.comments)]).marks
    return {"item": found, "marks": marks, "eyes": Eyes.of(request.viewer, found.comments), "new_key": new_key}


def _talk(request: Request, about: Item, made: Item) -> HttpResponse:
    """Return the talk below a post or article, and its form empty again."""
    thread = reads.talk(request.viewer, about.pk, about.kind, at=made.pk)
    if thread is None:
        raise Http404
    replies = talked(thread, chrome(request.viewer, thread.ids).marks, request.viewer)
    parts = {"viewer": request.viewer, "item": thread.top, "replies": replies, "new_key": new_key, "more": ""}
    return HttpResponse(render("social/talk_changed.html", **parts, starts_late=thread.starts_late))
