"""Helped, saved and reactions."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.foundation.base.pages import Request, chrome, is_fragment, page
from watercooler.foundation.base.sent import number
from watercooler.foundation.base.templates import render
from watercooler.spine.social import acts, reads
from watercooler.spine.social.models import Reaction
from watercooler.spine.social.views.answering import changed, done, readable


@require_http_methods(["GET", "HEAD", "POST"])
def helped(request: Request, item_id: int) -> HttpResponse:
    """Say that it helped; or, asked for as a page, list whom it helped."""
    if request.method != "POST":
        return helped_people(request, item_id)
    item = readable(request, item_id)
    acts.helped(request.viewer, item)
    return done(request, item, _("Marked as helped."), f"/items/{item.pk}/helped/undo", toast=False)


@require_POST
def not_helped(request: Request, item_id: int) -> HttpResponse:
    item = readable(request, item_id)
    acts.not_helped(request.viewer, item)
    return done(request, item, _("Taken back."), f"/items/{item.pk}/helped", toast=False)


@require_safe
def helped_people(request: Request, item_id: int) -> HttpResponse:
    item = readable(request, item_id)
    people = reads.helped(item.pk, number(request.GET.get("before", "")))
    shown = people[: reads.SHOWN]
    more = f"/items/{item.pk}/helped?before={shown[-1].id}" if len(people) > len(shown) else ""
    return page(request, "social/helped.html", place="spaces", item=item, people=shown, more=more)


@require_POST
def saved(request: Request, item_id: int) -> HttpResponse:
    item = readable(request, item_id)
    acts.save(request.viewer, item)
    return done(request, item, _("Saved. You find it on Home, under Saved."), f"/items/{item.pk}/saved/undo")


@require_POST
def not_saved(request: Request, item_id: int) -> HttpResponse:
    item = readable(request, item_id)
    acts.unsave(request.viewer, item)
    return done(request, item, _("Taken off your saved things."), f"/items/{item.pk}/saved")


@require_http_methods(["GET", "HEAD", "POST"])
def react(request: Request, item_id: int) -> HttpResponse:
    """Offer the reactions as a form, and take the chosen one."""
    item = readable(request, item_id)
    if request.method == "POST":
        return _react(request, item_id, request.POST.get("reaction", ""))
    if is_fragment(request):
        return HttpResponse(render("social/react_form.html", **changed(request, item)))
    around = chrome(request.viewer, [item.pk])
    found = reads.said(request.viewer, item.pk)
    return page(request, "social/react.html", place="spaces", chrome=around, item=found, marks=around.marks, about=item)


@require_POST
def reaction(request: Request, item_id: int, name: str) -> HttpResponse:
    if name not in Reaction.SIGNS:
        raise Http404
    return _react(request, item_id, name)


def _react(request: Request, item_id: int, name: str) -> HttpResponse:
    item = readable(request, item_id)
    acts.react(request.viewer, item, name)
    return done(request, item, _("Reaction added."), f"/items/{item.pk}/reactions/{name}/undo", toast=False)


@require_POST
def no_reaction(request: Request, item_id: int, name: str) -> HttpResponse:
    if name not in Reaction.SIGNS:
        raise Http404
    item = readable(request, item_id)
    acts.unreact(request.viewer, item, name)
    return done(request, item, _("Reaction taken back."), f"/items/{item.pk}/reactions/{name}", toast=False)
