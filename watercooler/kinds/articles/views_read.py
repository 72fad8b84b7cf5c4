"""Reading an article."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from watercooler.foundation.base.pages import Request, chrome, new_key, page
from watercooler.foundation.base.sent import number
from watercooler.kinds.articles import reads
from watercooler.spine.social.reads import minutes_to_read, with_contents


@require_safe
def show(request: Request, item_id: int, slug: str = "") -> HttpResponse:
    """Show an article as a page meant to last, with its comments below it, under its one right address."""
    after, at = number(request.GET.get("after", "")), number(request.GET.get("at", ""))
    thread = reads.thread(request.viewer, item_id, after, at)
    if thread is None:
        raise Http404
    if request.path != thread.top.url:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(thread.top.url + (f"?{query}" if query else ""))
    around = chrome(request.viewer, thread.ids)
    text, contents = with_contents(thread.top.safe_html)
    more = f"{thread.top.url}?after={thread.replies[-1].id}" if thread.has_more else ""
    return page(
        request,
        "articles/show.html",
        chrome=around,
        marks=around.marks,
        item=thread.top,
        text=text,
        contents=contents if len(contents) > 1 else [],
        minutes=minutes_to_read(thread.top.safe_html),
        thread=thread,
        new_key=new_key,
        new=thread.new_replies(request.viewer),
        more=more,
        starts_late=thread.starts_late,
    )
