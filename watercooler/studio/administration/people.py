"""The list of everybody, for whoever looks after the directory."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from watercooler.foundation.base.pages import Request, page
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Role
from watercooler.spine.people.models import Person
from watercooler.studio.administration.access import administrators_only

PAGE = 50

SHOWN: dict[str, Q] = {
    "": Q(is_active=True),
    "guests": Q(is_active=True, role=Role.GUEST.value),
    "administrators": Q(is_active=True, role=Role.ADMINISTRATOR.value),
    "waiting": Q(is_active=True, last_login=None),
    "left": Q(is_active=False),
}


@require_GET
@administrators_only
def show(request: Request) -> HttpResponse:
    """Show fifty people at a time, by name, as far as they fit what was typed."""
    words = clean_line(request.GET.get("q", ""))[:80]
    which = request.GET.get("which", "")
    which = which if which in SHOWN else ""
    found = list(_found(words, which, request.GET.get("after", ""))[: PAGE + 1])
    more = ""
    if len(found) > PAGE:
        last = found[PAGE - 1]
        more = "?" + urlencode({"q": words, "which": which, "after": f"{last.name.lower()}|{last.pk}"})
    labels = {
        "": _("Everybody"),
        "guests": _("Guests"),
        "administrators": _("Administrators"),
        "waiting": _("Not here yet"),
        "left": _("Left"),
    }
    tabs = [(labels[name], "/studio/people?" + urlencode({"q": words, "which": name}), name == which) for name in SHOWN]
    return page(
        request, "administration/people.html", found=found[:PAGE], words=words, which=which, tabs=tabs, more=more
    )


def _found(words: str, which: str, after: str) -> QuerySet[Person, Any]:
    people = Person.objects.filter(SHOWN[which]).select_related("site", "sponsor").alias(low=Lower("name"))
    for word in words.split():
        people = people.filter(
            Q(name__icontains=word) | Q(handle__icontains=word) | Q(email__icontains=word) | Q(job__icontains=word)
        )
    name, _bar, number = after.rpartition("|")
    if name and number.isdecimal() and len(number) < 16:
        people = people.filter(Q(low__gt=name) | Q(low=name, pk__gt=int(number)))
    return people.order_by("low", "pk")
