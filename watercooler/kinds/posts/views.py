"""A post's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from watercooler.foundation.base.pages import Request, chrome, new_key, page
from watercooler.foundation.base.sent import number
from watercooler.kinds.posts import reads
from watercooler.spine.social.kept import part, talked
from watercooler.spine.social.waiting import own_page


@require_safe
def show(request: Request, item_id: int) -> HttpResponse:
    """Show a post with its comments, oldest first."""
    after, at = number(request.GET.get("after", "")), number(request.GET.get("at", ""))
    thread = reads.thread(request.viewer, item_id, after, at)
    if thread is None:
        return own_page(request, item_id, "post")
    around = chrome(request.viewer, thread.ids)
    more = f"{thread.top.url}?after={thread.replies[-1].id}" if thread.has_more else ""
    return page(
        request,
        "posts/show.html",
        chrome=around,
        item=thread.top,
        posted=part("posts/posted.html", thread.top, around.marks, request.viewer),
        replies=talked(thread, around.marks, request.viewer),
        new_key=new_key,
        new=thread.new_replies(request.viewer),
        more=more,
        starts_late=thread.starts_late,
    )
