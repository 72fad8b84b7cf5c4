"""One's connections, requests and people alike; whom two people both know; and contact cards."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.places.person import reads
from watercooler.places.person.alike import alike as people_alike
from watercooler.places.person.card import card as written
from watercooler.spine.people.models import Person
from watercooler.spine.people.reads import organisation
from watercooler.spine.social import acts
from watercooler.spine.social.models import ConnectionChoice
from watercooler.spine.social.reads import connections as ties

BESIDE = 4


def _segments(here: str) -> list[tuple[str, str, bool]]:
    tabs = (("", _("Connections")), ("/requests", _("Requests")), ("/alike", _("People like you")))
    return [(label, f"/me/connections{name}", name == here) for name, label in tabs]


@require_GET
def own(request: Request) -> HttpResponse:
    """Show one's connections by name, and who sees them. Cost: four queries."""
    viewer, words = request.viewer, clean_line(request.GET.get("q", ""))[:80]
    found, more = ties.connections(viewer, words, request.GET.get("after", ""))
    is_start = "after" not in request.GET
    return page(
        request,
        "person/connections.html",
        place="people",
        segments=_segments(""),
        found=found,
        words=words,
        is_start=is_start,
        more="?" + urlencode({"q": words, "after": more}) if more else "",
        alike=people_alike(viewer, BESIDE) if is_start and not words else [],
        choice=ConnectionChoice.objects.filter(person_id=viewer.person_id).first() or ConnectionChoice(),
    )


@require_GET
def requests(request: Request) -> HttpResponse:
    """Show who would like to connect, what one asked oneself, and whom one introduced. Cost: four queries."""
    viewer = request.viewer
    return page(
        request,
        "person/connection_requests.html",
        place="people",
        segments=_segments("/requests"),
        people=ties.waiting(viewer),
        sent=ties.sent(viewer),
        made=ties.introductions_made(viewer),
    )


@require_GET
def alike(request: Request) -> HttpResponse:
    """Show people like oneself, each with a reason. Cost: two queries."""
    return page(
        request, "person/alike.html", place="people", segments=_segments("/alike"), alike=people_alike(request.viewer)
    )


@require_POST
def seen(request: Request) -> HttpResponse:
    """Keep who sees whom one knows, and whether one is suggested to people alike."""
    hides, hidden = "hides_connections" in request.POST, "is_not_suggested" in request.POST
    acts.choose_connections(request.viewer, hides=hides, is_not_suggested=hidden)
    say(request, _("Saved."))
    return see(request, "/me/connections")


@require_GET
def both_know(request: Request, handle: str) -> HttpResponse:
    """Show whom the viewer and this person both know. 404 for somebody the viewer may not know of, or is."""
    found = reads.profile(request.viewer, handle, "wall", limit=1)
    if found is None or found.facts["id"] == request.viewer.person_id:
        raise Http404
    people = ties.both_know(request.viewer, found.facts["id"])
    return page(request, "person/both_know.html", place="people", person=found.facts, people=people)


@require_GET
def card(request: Request, handle: str) -> HttpResponse:
    """Send a contact card. 404 for somebody the viewer may not know of, or who has left."""
    found = card_of(request.viewer, handle.lower())
    if found is None:
        raise Http404
    response = HttpResponse(found, content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{handle.lower()}.vcf"'
    response["Cache-Control"] = "private, no-store"
    return response


def card_of(viewer: Viewer, handle: str) -> str | None:
    """Return somebody's contact card, or None. The e-mail address is on those of one's connections, and one's own.

    Cost: one query, and one for the address.
    """
    found = reads.profile(viewer, handle, "wall", limit=1)
    if found is None or not found.facts["is_active"]:
        return None
    person, org = found.facts, organisation() or {"name": ""}
    may_write = person["id"] == viewer.person_id or person["tie"] == "connected"
    email = Person.objects.values_list("email", flat=True).get(pk=person["id"]) if may_write else ""
    return written(person, org["name"], f"{settings.SITE_URL}/people/{person['handle']}", email)
