"""The list of everybody, for whoever looks after the directory."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from watercooler.foundation.base import posting
from watercooler.foundation.base.pages import Request, page
from watercooler.foundation.base.text import clean_line
from watercooler.studio.administration.access import administrators_only
from watercooler.studio.administration.entries import SHOWN, listed


@require_GET
@administrators_only
def show(request: Request) -> HttpResponse:
    """Show fifty people at a time, by name, as far as they fit what was typed."""
    words = clean_line(request.GET.get("q", ""))[:80]
    which = request.GET.get("which", "")
    which = which if which in SHOWN else ""
    found, place = listed(words, which, request.GET.get("after", ""))
    more = "?" + urlencode({"q": words, "which": which, "after": place}) if place else ""
    labels = {
        "": _("Everybody"),
        "guests": _("Guests"),
        "administrators": _("Administrators"),
        "waiting": _("Not here yet"),
        "left": _("Left"),
    }
    tabs = [(labels[name], "/studio/people?" + urlencode({"q": words, "which": name}), name == which) for name in SHOWN]
    return page(
        request,
        "administration/people.html",
        found=found,
        words=words,
        which=which,
        tabs=tabs,
        more=more,
        unsent=posting.failed(),
    )
