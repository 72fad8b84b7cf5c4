"""Home, what stands beside it, and whom one follows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from watercooler.foundation.base.pages import Request, chrome, fragment, is_fragment, page
from watercooler.foundation.base.templates import rendered
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.base.words import gettext as _
from watercooler.places.home import reads
from watercooler.places.home.entries import entries
from watercooler.places.home.follows import TABS as FOLLOWING_TABS
from watercooler.places.home.follows import followed
from watercooler.places.home.rail import rail
from watercooler.places.home.sql import MOST_COUNTED, TABS
from watercooler.projections.feed.composer import composer
from watercooler.projections.feed.reads import Place
from watercooler.projections.recommendations import suggest

FEW = 3
"""How many people, spaces and topics stand beside Home."""


@require_safe
def home(request: Request) -> HttpResponse:
    """Show one tab of Home. Cost: two prepared queries; the page after it, fetched by script, costs the same."""
    viewer = request.viewer
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "for-you"
    after = Place.read(request.GET.get("after"))
    found = reads.page(viewer, tab, after)
    around = chrome(viewer, listed=found.listed)
    suggested = found.suggested() if tab == "for-you" else ()
    shown: dict[str, Any] = {
        "tab": tab,
        "entries": entries(
            around.cards, around.marks, viewer.language, found.reasons(around.cards), found.asks(), suggested
        ),
        "more": f"/home?{urlencode({'tab': tab, 'after': found.next})}" if found.next else "",
        "is_start": after.is_start,
    }
    if is_fragment(request):
        return HttpResponse(rendered("home/list.html", viewer=viewer, **shown))
    return page(
        request,
        "home/show.html",
        chrome=around,
        tabs=_tabs(tab, found.help_count),
        greeting=_greeting(viewer),
        help_count=found.help_count,
        composer=composer(viewer, _("What do you want to ask or share?"))
        if viewer.is_member or viewer.space_ids
        else "",
        **shown,
    )


def _tabs(tab: str, help_count: int) -> list[tuple[str, str, bool, int | str | None]]:
    named = {"for-you": _("For you"), "following": _("Following"), "help-out": _("Help out"), "saved": _("Saved")}
    count = {"help-out": f"{MOST_COUNTED}+" if help_count == MOST_COUNTED else help_count or None}
    return [
        (name, "/home" if key == "for-you" else f"/home?tab={key}", key == tab, count.get(key))
        for key, name in named.items()
    ]


def _greeting(viewer: Viewer) -> str:
    """Return "Morning, Priya" by the clock of the organisation."""
    hour, name = timezone.localtime().hour, {"name": viewer.name.split()[0]}
    if 5 <= hour < 12:
        return _("Morning, %(name)s") % name
    if 12 <= hour < 18:
        return _("Afternoon, %(name)s") % name
    return _("Evening, %(name)s") % name


@require_safe
def beside(request: Request) -> HttpResponse:
    """Show what stands beside Home, fetched once the page stands."""
    viewer = request.viewer
    return fragment(request, "home/rail.html", otherwise="/home", rail=rail(viewer), **suggest.lists(viewer, FEW))


@require_safe
def following(request: Request) -> HttpResponse:
    """Show whom and what the viewer follows, and who follows them (R2)."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in FOLLOWING_TABS else "people"
    lines, more = followed(request.viewer, tab, Place.read(request.GET.get("after")))
    named = {
        "people": _("People"),
        "spaces": _("Spaces"),
        "topics": _("Topics"),
        "items": _("Questions and posts"),
        "followers": _("Who follows you"),
    }
    return page(
        request,
        "home/following.html",
        tab=tab,
        tabs=[(name, f"/me/following?tab={key}", key == tab, None) for key, name in named.items()],
        lines=lines,
        more=f"/me/following?tab={tab}&after={more}" if more else "",
    )
