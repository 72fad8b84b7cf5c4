"""The directory of spaces."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from watercooler.foundation.base.pages import Request, is_fragment, page
from watercooler.foundation.base.templates import render
from watercooler.places.space import directory as reads
from watercooler.projections.feed.reads import Place
from watercooler.spine.spaces.reads import suggested


@require_safe
def directory(request: Request) -> HttpResponse:
    """Show the spaces one may know of. Cost: two queries, and one for suggestions where nothing was asked for."""
    words = request.GET.get("q", "")[:80].replace("\0", "")
    chosen = {f: [v for v in request.GET.getlist(f) if v in values] for f, values in reads.FACETS.items()}
    after = Place.read(request.GET.get("after"))
    spaces, next_place = reads.directory(request.viewer, words, chosen, after)
    asked = [("q", words)] if words else []
    asked += [(facet, value) for facet, values in chosen.items() for value in values]
    shown: dict[str, Any] = {
        "spaces": spaces,
        "more": f"/spaces?{urlencode([*asked, ('after', next_place)])}" if next_place else "",
        "words": words,
        "is_asked": bool(asked),
    }
    if is_fragment(request):
        return HttpResponse(render("space/directory_list.html", viewer=request.viewer, **shown))
    near = [] if asked or not after.is_start else suggested(request.viewer, 3)
    return page(
        request,
        "space/directory.html",
        suggested=near,
        facets=_facets(chosen),
        chips=_chips(asked),
        **shown,
    )


def _named() -> dict[str, tuple[str, dict[str, str]]]:
    return {
        "mine": (
            _("Yours"),
            {
                "joined": _("Joined"),
                "hosted": _("You look after"),
                "invited": _("Asked or invited"),
                "not": _("Not joined"),
            },
        ),
        "access": (_("Access"), {"open": _("Open"), "closed": _("Closed"), "secret": _("Secret")}),
        "alive": (_("Last post"), {"week": _("This week"), "month": _("This month"), "quiet": _("Quiet")}),
        "size": (_("Size"), {"small": _("Under 20 people"), "medium": _("20 to 99"), "large": _("100 or more")}),
    }


def _facets(chosen: dict[str, list[str]]) -> list[tuple[str, str, list[tuple[str, str, None, bool]]]]:
    return [
        (legend, facet, [(value, label, None, value in chosen[facet]) for value, label in options.items()])
        for facet, (legend, options) in _named().items()
    ]


def _chips(asked: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return (label, address without it) of everything the list is narrowed by."""
    names = _named()
    return [
        (
            f"“{value}”" if key == "q" else names[key][1][value],
            "/spaces?" + urlencode([pair for pair in asked if pair != (key, value)]),
        )
        for key, value in asked
    ]
