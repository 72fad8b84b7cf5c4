"""What one has begun and not published: drafts, and articles that wait for their hour."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.pages import Request, is_fragment, page, say, see
from watercooler.kinds.articles import acts
from watercooler.kinds.articles.forms import TimingForm, local, spoken
from watercooler.kinds.articles.reads import home_zone, waiting
from watercooler.spine.content.acts import publish as publish_item
from watercooler.spine.content.models import Item
from watercooler.spine.content.visibility import State


@require_GET
def drafts(request: Request) -> HttpResponse:
    """Show the viewer's own drafts and scheduled articles."""
    return _list(request)


def _list(request: Request, wrong: dict[int, TimingForm] | None = None, status: int = 200) -> HttpResponse:
    zone = home_zone(request.viewer)
    scheduled: list[dict[str, Any]] = []
    begun: list[dict[str, Any]] = []
    for item in waiting(request.viewer):
        row = {
            "item": item,
            "at": local(item.publish_at, zone),
            "when": spoken(item.publish_at, zone),
            "form": (wrong or {}).get(item.pk),
        }
        (scheduled if item.state == State.SCHEDULED else begun).append(row)
    return page(request, "articles/drafts.html", status=status, scheduled=scheduled, begun=begun, zone=zone)


def _own(request: Request, pk: int, *states: State) -> Item:
    mine = Item.objects.own(request.viewer).select_related("space__owner", "root")
    return get_object_or_404(mine, pk=pk, kind="article", state__in=states or (State.DRAFT, State.SCHEDULED))


@require_POST
def publish(request: Request, pk: int) -> HttpResponse:
    """Publish one's own draft now."""
    item = _own(request, pk)
    acts.check_ready(item)
    publish_item(request.viewer, item)
    item.refresh_from_db()
    say(request, _("Published."), undo=f"/items/{pk}/remove")
    return see(request, item.url)


@require_POST
def schedule(request: Request, pk: int) -> HttpResponse:
    """Set, change or (with no hour) take away the hour at which it appears."""
    item = _own(request, pk)
    form = TimingForm(request.POST)
    try:
        if not form.is_valid():
            field, sentences = next(iter(form.errors.items()))
            raise Invalid(str(sentences[0]), field=field)
        acts.schedule(request.viewer, item, form.cleaned_data["publish_at"])
    except Invalid as error:
        if is_fragment(request):
            raise
        if error.field not in form.errors:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return _list(request, {pk: form}, status=error.status)
    is_set = form.cleaned_data["publish_at"] is not None
    say(request, _("Scheduled. You can change it until then.") if is_set else _("It is a plain draft again."))
    return see(request, "/me/drafts")


@require_POST
def throw_away(request: Request, pk: int) -> HttpResponse:
    """Throw a draft away, with an offer to bring it back."""
    acts.throw_away(request.viewer, _own(request, pk))
    say(request, _("Thrown away."), undo=f"/me/drafts/{pk}/back")
    return see(request, "/me/drafts")


@require_POST
def bring_back(request: Request, pk: int) -> HttpResponse:
    """Bring a thrown-away draft back."""
    acts.bring_back(request.viewer, _own(request, pk, State.REMOVED))
    return see(request, "/me/drafts")
