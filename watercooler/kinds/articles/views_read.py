"""Reading an article."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from watercooler.foundation.base.pages import Request, chrome, is_fragment, new_key, page
from watercooler.foundation.base.sent import number
from watercooler.foundation.base.templates import render
from watercooler.kinds.articles import reads
from watercooler.spine.content.models import Item
from watercooler.spine.social.kept import part, talked
from watercooler.spine.social.reads import minutes_to_read, with_contents
from watercooler.spine.social.waiting import own_page


@require_safe
def show(request: Request, item_id: int, slug: str = "") -> HttpResponse:
    """Show an article as a page meant to last, with its comments below it, under its one right address."""
    after, at = number(request.GET.get("after", "")), number(request.GET.get("at", ""))
    thread = reads.thread(request.viewer, item_id, after, at)
    if thread is None:
        return own_page(request, item_id, "article")
    if request.path != thread.top.url:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(thread.top.url + (f"?{query}" if query else ""))
    around = chrome(request.viewer, thread.ids)
    text, contents = with_contents(thread.top.html)
    minutes = minutes_to_read(thread.top.safe_html)
    more = f"{thread.top.url}?after={thread.replies[-1].id}" if thread.has_more else ""
    return page(
        request,
        "articles/show.html",
        chrome=around,
        item=thread.top,
        sheet=part("articles/sheet.html", thread.top, around.marks, request.viewer, text=text, minutes=minutes),
        contents=contents if len(contents) > 1 else [],
        replies=talked(thread, around.marks, request.viewer),
        new_key=new_key,
        new=thread.new_replies(request.viewer),
        more=more,
        starts_late=thread.starts_late,
    )


@require_safe
def alike(request: Request, item_id: int) -> HttpResponse:
    """Show questions and articles on the same topics. Fetched after the page itself."""
    readable = Item.objects.visible_to(request.viewer).filter(kind="article").select_related("author")
    article = get_object_or_404(readable, pk=item_id)
    related = import_string(settings.RELATED)
    articles, questions = (
        related(request.viewer, item_id, kind, most) for kind, most in (("article", 4), ("question", 5))
    )
    if is_fragment(request):
        return HttpResponse(render("articles/alike.html", articles=articles, questions=questions))
    return page(
        request, "articles/alike_page.html", place="spaces", item=article, articles=articles, questions=questions
    )
