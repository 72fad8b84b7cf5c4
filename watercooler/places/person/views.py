"""Profiles, portraits, and the people directory."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode
from zlib import crc32

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_GET
from minijinja import safe

from watercooler.foundation.base import pages
from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.pages import Request
from watercooler.foundation.base.templates import render
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.foundation.base.words import gettext as _
from watercooler.places.person import directory, reads
from watercooler.projections.experts.known_for import claims
from watercooler.spine.content.reads import cards
from watercooler.spine.people import portraits

PEEK = 3
MEMBERS_TABS = ("wall", "blog", "articles")
"""What guests have none of: only what was there before they became one is shown."""
WATERS = (195, 220, 150, 260, 75, 285)
"""Hues of the rings behind a face: one for each unit, all of them calm."""
YEAR = 60 * 60 * 24 * 365


@require_GET
def profile(request: Request, handle: str, tab: str = "about") -> HttpResponse:
    """Show a person. 404 for one whom this viewer may not know of, as for one who does not exist."""
    after = request.GET.get("after", "")
    found = reads.profile(request.viewer, handle, tab, after, limit=PEEK if tab == "about" else reads.PAGE)
    if found is None or (tab in MEMBERS_TABS and not found.items and found.facts["role"] == Role.GUEST):
        raise Http404
    are_cards = tab != "answers"
    chrome = pages.chrome(request.viewer, listed=found.items if are_cards else ())
    return pages.page(
        request,
        "person/show.html",
        chrome=chrome,
        **_about(request.viewer, found.facts),
        frame=_frame(request.viewer, found, tab)._asdict(),
        tab=tab,
        cards=cards(chrome.cards, chrome.marks, request.viewer.language) if are_cards else [],
        answers=[] if are_cards else found.items,
        more=f"?{urlencode({'after': found.more})}" if found.more and tab != "about" else "",
        has_more=bool(found.more),
    )


def _about(viewer: Viewer, person: dict[str, Any]) -> dict[str, Any]:
    return {
        "person": person,
        "is_me": person["id"] == viewer.person_id,
        "is_guest": person["role"] == Role.GUEST,
        "first_name": person["name"].split(" ")[0],
    }


class Frame(NamedTuple):
    """What stands around the list of a profile: its head with the tabs, what somebody is known for, the rail."""

    head: Any
    known: Any
    rail: Any


_frames: Kept[Frame] = Kept(1_000)


def _frame(viewer: Viewer, found: reads.Profile, tab: str) -> Frame:
    """Return what stands around the list. It is the same for all who stand alike to the person, and kept."""

    def make() -> Frame:
        person = found.facts
        shown = {
            "viewer": viewer,
            **_about(viewer, person),
            "portrait": portraits.large(person["photo"]),
            "is_open": person["status"] in directory.open_statuses(),
            "hue": WATERS[crc32((person["unit"] or person["name"]).encode()) % len(WATERS)],
            "tabs": _tabs(person, tab),
            "known_for": claims(person["known_for"]),
        }
        return Frame(*(safe(render(f"person/{name}.html", **shown)) for name in ("head", "known", "rail")))

    is_me = found.facts["id"] == viewer.person_id
    return _frames.get((found.told, tab, get_language(), viewer.is_member, is_me), make)


def _tabs(person: dict[str, Any], here: str) -> list[tuple[str, str, bool, int | None]]:
    base = f"/people/{person['handle']}"
    counted = {"answers": person["answers"], "articles": person["articles"]}
    labels = {
        "about": _("About"),
        "wall": _("Wall"),
        "blog": _("Blog"),
        "answers": _("Answers"),
        "articles": _("Articles"),
    }
    return [
        (label, base if tab == "about" else f"{base}/{tab}", tab == here, counted.get(tab) or None)
        for tab, label in labels.items()
        if tab == here or not (tab in MEMBERS_TABS and person["role"] == Role.GUEST)
    ]


@require_GET
def people(request: Request) -> HttpResponse:
    """Show the directory: search, facets, thirty people at a time."""
    wanted = _wanted(request)
    found, more = directory.find(request.viewer, wanted, request.GET.get("after", ""))
    chrome = pages.chrome(request.viewer)
    chosen = {name: request.GET.getlist(name)[:20] for name in FACETS}
    rows = directory.facets(wanted) if request.viewer.is_member else []
    return pages.page(
        request,
        "person/directory.html",
        chrome=chrome,
        found=found,
        words=wanted.words,
        count=next((row.people for row in rows if row.facet == "all"), None),
        groups=_groups(rows, chosen) if request.viewer.is_member else [],
        chosen=_chips(request, rows, chosen),
        more="?" + urlencode({"q": wanted.words, **chosen, "after": more}, doseq=True) if more else "",
        is_first="after" not in request.GET,
    )


FACETS = ("open", "site", "unit", "skill", "language")


def _wanted(request: Request) -> directory.Wanted:
    def numbers(name: str) -> list[int]:
        return [int(v) for v in request.GET.getlist(name)[:20] if v.isdecimal() and len(v) < 10]

    def words(name: str) -> list[str]:
        return [clean_line(v)[:60] for v in request.GET.getlist(name)[:20]]

    return directory.Wanted(
        words=clean_line(request.GET.get("q", ""))[:80],
        site=numbers("site"),
        unit=numbers("unit"),
        skill=words("skill"),
        language=words("language"),
        is_open=request.GET.get("open") == "1",
    )


def _groups(rows: list[Any], chosen: dict[str, list[str]]) -> list[tuple[str, str, list[tuple[str, str, int, bool]]]]:
    """Return (legend, facet, options) of each facet with anybody in it; a ticked one stays though nobody is left."""
    legends = {
        "open": _("Now"),
        "site": _("Site"),
        "unit": _("Unit"),
        "skill": _("Knows about"),
        "language": _("Speaks"),
    }
    groups = []
    for facet, legend in legends.items():
        options = [
            (r.value, r.label or _("Open to questions"), r.people, r.value in chosen[facet])
            for r in rows
            if r.facet == facet and (r.people or r.value in chosen[facet])
        ]
        named = {value for value, *_rest in options}
        gone = [value for value in chosen[facet] if value not in named and facet in {"skill", "language"}]
        options += [(value, value, 0, True) for value in gone]
        options.sort(key=lambda option: not option[3])  # what is ticked stays in sight
        if options:
            groups.append((legend, facet, options))
    return groups


def _chips(request: Request, rows: list[Any], chosen: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return (label, address without it) of each ticked facet."""
    if not request.viewer.is_member:
        return []
    labels = {(r.facet, r.value): r.label or _("Open to questions") for r in [*directory.facets(), *rows]}
    chips = []
    for name, values in chosen.items():
        for value in values:
            rest = {**chosen, name: [v for v in values if v != value], "q": request.GET.get("q", "")}
            chips.append((labels.get((name, value), value), "/people?" + urlencode(rest, doseq=True)))
    return chips


@require_GET
def portrait(request: Request, name: str) -> HttpResponseBase:
    """Send a portrait. Its name changes with its content, so that a browser need never ask again."""
    path = portraits.folder() / name
    if not portraits.NAME.fullmatch(name) or not path.is_file():
        raise Http404
    kind = "image/svg+xml" if name.endswith(".svg") else "image/webp"
    response = FileResponse(path.open("rb"), content_type=kind)
    response["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
