"""Putting topics on things, and taking them off."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.foundation.base.pages import Request, is_fragment, page, say
from watercooler.foundation.base.sent import back, tried
from watercooler.foundation.base.templates import render
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Role
from watercooler.spine.content import acts
from watercooler.spine.content.models import Item, Tagging, Topic
from watercooler.spine.social import reads
from watercooler.spine.social.forms import TagForm
from watercooler.spine.social.views.answering import readable


@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: Request, item_id: int) -> HttpResponse:
    """Show an item's topics with who added them, and add one."""
    item = readable(request, item_id)
    form = TagForm(request.POST or None)
    if request.method == "POST":
        form = TagForm(request.POST)
        added: list[Topic] = []
        if tried(request, form, lambda: added.append(acts.tag(request.viewer, item, form.cleaned_data["topic"]))):
            sentence = _("Added %(topic)s.") % {"topic": added[0].name}
            return _answer(request, item, sentence, f"/items/{item.pk}/tags/{added[0].slug}/undo")
    context = {"item": item, "form": form, "taggings": taggings(request, item)}
    if is_fragment(request):
        return HttpResponse(render("social/tags_form.html", viewer=request.viewer, **context))
    return page(request, "social/tags.html", place="spaces", status=422 if form.errors else 200, **context)


def taggings(request: Request, item: Item) -> list[tuple[Tagging, bool]]:
    """Return (tagging, whether the viewer may take it off) of an item, by name."""
    found = Tagging.objects.filter(item=item).select_related("topic", "person").order_by("topic__name")
    viewer = request.viewer
    may_all = item.author_id == viewer.person_id or viewer.hosts(item.space_id) or viewer.role >= Role.LEAD
    return [(one, may_all or one.person_id == viewer.person_id) for one in found]


@require_POST
def untag(request: Request, item_id: int, slug: str) -> HttpResponse:
    item = readable(request, item_id)
    topic = get_object_or_404(Topic, slug=slug, taggings__item=item)
    acts.untag(request.viewer, item, topic)
    return _answer(request, item, _("Took off %(topic)s.") % {"topic": topic.name}, "")


def _answer(request: Request, item: Item, sentence: str, undo: str) -> HttpResponse:
    if is_fragment(request):
        toast = {"sentence": sentence, "undo": undo}
        parts = {"item": reads.said(request.viewer, item.pk), "form": TagForm(), "toast": toast}
        return HttpResponse(
            render("social/tags_changed.html", viewer=request.viewer, taggings=taggings(request, item), **parts)
        )
    say(request, sentence, undo)
    return HttpResponseRedirect(back(request, f"/items/{item.pk}/tags"))


@require_safe
def offers(request: Request, item_id: int) -> HttpResponse:
    """Return topics that begin like what is being typed, most used first, as options."""
    readable(request, item_id)
    typed = clean_line(request.GET.get("topic", "")).lstrip("#")[:60]
    topics = reads.topics_like(request.viewer, typed) if typed else []
    return HttpResponse(render("social/offers.html", people=[], spaces=[], topics=topics))
