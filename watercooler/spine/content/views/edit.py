"""Changing what is written: the edit page, earlier versions, taking away and bringing back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from watercooler.foundation.base.errors import NotAllowed, Refused, Stale
from watercooler.foundation.base.files.keep import Incoming
from watercooler.foundation.base.pages import Request, is_fragment, page, say, see
from watercooler.foundation.base.templates import render
from watercooler.foundation.base.whose import receive_own
from watercooler.spine.content import acts, difference
from watercooler.spine.content.forms import EditForm
from watercooler.spine.content.found import readable, removed
from watercooler.spine.content.models import Attachment, Item, Revision, Topic
from watercooler.spine.content.visibility import State


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Show an item's text to change it, or save the change; of two editors the later sees both texts."""
    receive_own(request) if request.method == "POST" else None
    item = readable(request.viewer, pk)
    if not acts.may_edit(request.viewer, item):
        raise NotAllowed(_("Only its author can change this."))
    if request.method == "GET":
        return _form(request, item, EditForm(initial=_now(item)))
    form = EditForm(request.POST)
    try:
        attached = _attach(request, item)
        if not form.is_valid():
            return _form(request, item, form, status=422)
        saved = _save(request, item, form, attached)
    except Stale as error:
        return _both(request, item, form, error)
    except Refused as error:
        if is_fragment(request):
            raise
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return _form(request, item, form, status=error.status)
    say(request, _("Saved."))
    return see(request, saved.url if saved.is_live else f"/items/{saved.pk}/edit")


def _now(item: Item) -> dict[str, Any]:
    names = Topic.objects.filter(pk__in=item.topic_ids).order_by("name").values_list("name", flat=True)
    return {"title": item.title, "source": item.source, "topics": ", ".join(names), "based_on": item.revision}


def _form(request: Request, item: Item, form: EditForm, status: int = 200, **more: Any) -> HttpResponse:
    composing = item.kind_of.composing
    context = {
        "item": item,
        "kind": item.kind_of,
        "composing": composing,
        "form": form,
        "has_topics": item.parent_id is None,
        "attached": _attached(request, item),
        "may_describe": request.viewer.person_id,
        **more,
    }
    return page(request, "content/edit.html", status=status, **context)


def _attached(request: Request, item: Item) -> list[Attachment]:
    """Return the files on the item, and those that came with a change that was not saved: they wait in its form."""
    came = [int(each) for each in request.POST.getlist("attachments") if each.isdecimal() and len(each) < 19][:50]
    waiting = Attachment.objects.filter(pk__in=came, person_id=request.viewer.person_id, item=None, message=None)
    return [*Attachment.objects.filter(item=item).order_by("pk"), *waiting.order_by("pk")]


def _attach(request: Request, item: Item) -> list[int]:
    """Keep files sent with the form, describe and take off those it says. Returns the ids of the new ones."""
    mine = [file for file in _attached(request, item) if file.person_id == request.viewer.person_id]
    for attachment in mine:
        alt = request.POST.get(f"alt-{attachment.pk}")
        if str(attachment.pk) in request.POST.getlist("take_off"):
            acts.take_off(request.viewer, attachment)
        elif alt is not None and alt != attachment.alt:
            acts.describe(request.viewer, attachment, alt)
    new = [file for file in request.FILES.getlist("files") if isinstance(file, Incoming)]
    return [acts.attach(request.viewer, file).pk for file in new]


def _save(request: Request, item: Item, form: EditForm, attached: list[int]) -> Item:
    typed = form.cleaned_data
    saved = acts.edit(
        request.viewer,
        item,
        title=typed["title"],
        source=typed["source"],
        based_on=typed["based_on"],
        note=typed["note"],
        attachments=attached + typed["attachments"],
    )
    if item.parent_id is None and "topics" in request.POST:
        acts.retag(request.viewer, saved, typed["topics"])
    return saved


def _both(request: Request, item: Item, form: EditForm, error: Stale) -> HttpResponse:
    """Answer a stale save with both texts, the difference marked, and one field that holds the two put together."""
    fresh = readable(request.viewer, item.pk)
    typed, based_on = form.cleaned_data, form.cleaned_data["based_on"]
    base = Revision.objects.filter(item=item, number=based_on).first()
    together = difference.merged(base.source if base else "", fresh.source, typed["source"])
    latest = Revision.objects.filter(item=item, number=fresh.revision - 1).select_related("author").first()
    now = {"source": together.text, "based_on": fresh.revision, "topics": ", ".join(typed["topics"])}
    form = EditForm(initial=typed | now)
    stale = {
        "sentence": error.sentence,
        "by": latest.author if latest else fresh.author,
        "at": latest.at if latest else fresh.edited_at,
        "theirs": difference.marked(typed["source"], fresh.source, only="ins"),
        "mine": difference.marked(fresh.source, typed["source"], only="ins"),
        "their_title": fresh.title if fresh.title != typed["title"] else "",
        "clashes": together.clashes,
    }
    if is_fragment(request):
        raise error
    return _form(request, fresh, form, status=409, stale=stale)


@require_GET
def history(request: Request, pk: int) -> HttpResponse:
    """Show every change of an item's text, newest first, with its difference."""
    item = readable(request.viewer, pk)
    found = list(Revision.objects.filter(item=item).select_related("author").order_by("-number")[:100])
    after_title, after = item.title, item.source
    changes = []
    for revision in found:
        words = difference.shortened(revision.source, after)
        titles = {"before_title": revision.title, "after_title": after_title}
        changes.append({"revision": revision, "number": revision.number + 1, "words": words, **titles})
        after_title, after = revision.title, revision.source
    may_restore = acts.may_edit(request.viewer, item)
    return page(request, "content/history.html", item=item, changes=changes, may_restore=may_restore)


@require_POST
def restore_revision(request: Request, pk: int, number: int) -> HttpResponse:
    """Bring an earlier text back, as one more change that can itself be taken back."""
    item = readable(request.viewer, pk)
    try:
        acts.restore_revision(request.viewer, item, number)
    except Revision.DoesNotExist:
        raise Http404 from None
    say(
        request,
        _("Version %(number)s is back.") % {"number": number},
        undo=f"/items/{pk}/history/{item.revision}/restore",
    )
    return see(request, item.url if item.is_live else f"/items/{pk}/edit")


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take an item away, with an offer to bring it back."""
    item = readable(request.viewer, pk)
    url, its_space = item.url, item.space.url
    acts.remove(request.viewer, item, request.POST.get("reason", ""))
    came_from = _came_from(request)
    if came_from == f"/items/{pk}/edit":  # nobody finds that page any more
        came_from = item.root.url if item.root is not None else urlsplit(url).path
    is_its_page = item.parent_id is None and came_from == urlsplit(url).path
    if is_fragment(request) and not is_its_page:
        return HttpResponse(render("content/removed.html", item_id=pk))
    say(request, _("Removed."), undo=f"/items/{pk}/restore")
    return see(request, its_space if is_its_page or not came_from else came_from)


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Bring a removed item back to where it was."""
    item = removed(request.viewer, pk)
    acts.restore(request.viewer, item)
    say(request, _("It is back."))
    came_from = _came_from(request)
    is_reply = item.parent_id is not None
    back = Item.objects.select_related("root", "space__owner").get(pk=pk)
    if back.state != State.LIVE:
        raise Http404
    return see(request, came_from if came_from and (is_reply or is_fragment(request)) else back.url)


def _came_from(request: Request) -> str:
    """Return the path of our own page that this was sent from; empty if it was another's or none."""
    url = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    ours = url.netloc == request.get_host() and url.path.startswith("/") and not url.path.startswith("//")
    return f"{url.path}?{url.query}" if ours and url.query else url.path if ours else ""
