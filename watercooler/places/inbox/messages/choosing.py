"""Who may write to oneself: from whom one takes new messages, and whom one blocked or muted."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.words import gettext as _
from watercooler.places.inbox.messages.talking import LIST
from watercooler.spine.conversations import acts
from watercooler.spine.conversations.models import Openness
from watercooler.spine.conversations.openness import openness, silenced
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.sight import known_to


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: Request) -> HttpResponse:
    """Show and change who may write to the viewer."""
    if request.method == "POST":
        acts.open_to(request.viewer, request.POST.get("who", ""))
        say(request, _("Saved. It counts from now on."))
        return see(request, f"{LIST}/from")
    shown: dict[str, Any] = {
        "choices": Openness.WHO,
        "who": openness(request.viewer),
        "silenced": silenced(request.viewer),
    }
    return page(request, "inbox/messages/from.html", **shown)


def _person(request: Request, handle: str) -> Person:
    return get_object_or_404(Person.objects.filter(known_to(request.viewer)), handle=handle.lower())


@require_POST
def silence(request: Request, handle: str) -> HttpResponse:
    """Block somebody, or let what they begin be muted."""
    person, is_blocked = _person(request, handle), request.POST.get("how") == "blocked"
    acts.silence(request.viewer, person, is_blocked=is_blocked)
    name = {"name": person.name}
    words = _("You and %(name)s no longer write to each other here. They are not told.")
    muted = _("What %(name)s begins from now on is muted. They are not told.")
    say(request, (words if is_blocked else muted) % name, f"{LIST}/from/{person.handle}/undo")
    return _back(request)


@require_POST
def unsilence(request: Request, handle: str) -> HttpResponse:
    """Hear of somebody again."""
    person = _person(request, handle)
    acts.unsilence(request.viewer, person)
    say(request, _("%(name)s may write to you again.") % {"name": person.name})
    return _back(request)


def _back(request: Request) -> HttpResponse:
    back = request.POST.get("back", "")
    is_ours = back.startswith(LIST) and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return see(request, back if is_ours else f"{LIST}/from")
