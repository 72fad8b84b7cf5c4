"""Finding the space of an address, for this viewer."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.pages import Request, is_fragment, say, see
from watercooler.foundation.base.templates import render
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.base.words import gettext as _
from watercooler.places.space import reads
from watercooler.places.space.reads import SpacePage
from watercooler.projections.feed.reads import Place
from watercooler.spine.spaces.models import Space


def find(viewer: Viewer, slug: str) -> Space:
    """Return a space the viewer may know of. Raises Http404. Cost: one query."""
    return get_object_or_404(Space.objects.listed_for(viewer).select_related("owner"), slug=slug)


def find_hosted(viewer: Viewer, slug: str) -> Space:
    """Return a space the viewer looks after. Raises Http404, or NotAllowed for those who are only in it."""
    space = find(viewer, slug)
    if not viewer.hosts(space.pk):
        raise NotAllowed(_("Only a host can do this."))
    return space


def page_of(viewer: Viewer, slug: str, listed: str, after: str | None = None) -> SpacePage:
    """Return a space with one page of a list, as reads.show. Raises Http404."""
    page = reads.show(viewer, slug, listed, Place.read(after))
    if page is None:
        raise Http404
    return page


def back(request: Request, space: Space, sentence: str = "", undo: str = "") -> HttpResponse:
    """Go on after something was done: reload the space's own pages; elsewhere only say so, where script listens."""
    here = urlsplit(request.headers.get("HX-Current-URL", "")).path
    if is_fragment(request) and not here.startswith(space.url):
        return HttpResponse(render("base/toast.html", toast={"sentence": sentence, "undo": undo}) if sentence else "")
    if sentence:
        say(request, sentence, undo)
    return see(request, here if here.startswith(space.url) else space.url)
