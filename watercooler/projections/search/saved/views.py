"""One's own saved searches: kept from the page of a search, listed, renamed, let go."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.foundation.base.pages import Request, chrome, fragment, page, say, see
from watercooler.foundation.base.sent import back
from watercooler.projections.search import acts
from watercooler.projections.search.saved import reads
from watercooler.projections.search.saved.asked import NAMES, called, canonical, given
from watercooler.projections.search.saved.models import SavedSearch, Tells

FEW = 4
"""How many of one's saved searches stand beside results."""


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: Request) -> HttpResponse:
    """Show what the viewer keeps; or keep a search."""
    if request.method == "POST":
        return _save(request)
    viewer = request.viewer
    rows = reads.described(viewer)
    return page(request, "search/saved.html", chrome=chrome(viewer), rows=rows, choices=Tells.choices)


def _save(request: Request) -> HttpResponse:
    sent = request.POST
    asked = {name: sent.get(name, "") for name in NAMES}
    saved = acts.save_search(request.viewer, asked, sent.get("name", ""), sent.get("tells", Tells.DAILY))
    say(request, _("Saved. It stands beside every search, and under your searches."))
    return see(request, f"/search?{saved.asked}")


def _offer(request: Request) -> dict[str, Any]:
    """Return what the form that keeps a search shows. Raises Http404 without words."""
    asked = canonical({name: request.GET.get(name, "") for name in NAMES})
    if not asked:
        raise Http404
    mine = reads.mine(request.viewer)
    kept = next((one for one in mine if one.asked == asked), None)
    return {
        "asked": asked,
        "kept": kept,
        "tells_words": Tells(kept.tells).label if kept else "",
        "given": given(asked),
        "title": kept.name if kept else called(request.viewer, asked),
        "others": [one for one in mine if one.asked != asked],
        "choices": Tells.choices,
        "few": FEW,
    }


@require_safe
def new(request: Request) -> HttpResponse:
    """Show the form that keeps a search, for browsers without script."""
    return page(request, "search/save.html", chrome=chrome(request.viewer), **_offer(request))


@require_safe
def beside(request: Request) -> HttpResponse:
    """Show what stands beside results: the form, and what the viewer keeps already."""
    return fragment(request, "search/save_part.html", "/me/searches/new?" + request.GET.urlencode(), **_offer(request))


def _own(request: Request, search_id: int) -> SavedSearch:
    return get_object_or_404(SavedSearch, pk=search_id, person_id=request.viewer.person_id)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, search_id: int) -> HttpResponse:
    """Open a saved search, its newest finds first where there are new ones; or change its name and when it tells."""
    saved = _own(request, search_id)
    if request.method == "POST":
        acts.change_search(
            request.viewer, saved, name=request.POST.get("name", ""), tells=request.POST.get("tells", "")
        )
        say(request, _("Kept."))
        return see(request, back(request, "/me/searches"))
    has_new = saved.finds.filter(at__gt=saved.looked_at).exists()
    acts.looked_at(request.viewer, saved)
    return HttpResponseRedirect(f"/search?{saved.asked}{'&sort=newest' if has_new else ''}")


@require_POST
def remove(request: Request, search_id: int) -> HttpResponse:
    """Let a saved search go."""
    saved = _own(request, search_id)
    acts.remove_search(request.viewer, saved)
    say(request, _("“%(name)s” is no longer saved.") % {"name": saved.name})
    return see(request, "/me/searches")
