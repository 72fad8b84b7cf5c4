"""Joining an imported person with the colleague they are: who that is, then once more before it is done."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.pages import Request, page, say, see
from watercooler.foundation.base.text import clean_line
from watercooler.places.person.directory import forget_facets
from watercooler.spine.content.acts import check_same, join_people, legacy
from watercooler.spine.people.models import Person
from watercooler.spine.people.naming import one_named
from watercooler.studio.administration import entries
from watercooler.studio.administration.access import administrators_only


@require_http_methods(["GET", "POST"])
@administrators_only
def show(request: Request, handle: str) -> HttpResponse:
    """Ask which colleague an imported person is, show what would become theirs, and do so after a second yes."""
    imported = entries.entry_of(handle)
    if imported is None:
        raise Http404
    typed = clean_line((request.POST if request.method == "POST" else request.GET).get("handle", "")).lstrip("@")
    try:
        colleague = _colleague(request, imported, typed) if typed else None
    except Invalid as error:
        return _page(request, imported, None, typed, str(error.sentence), 422)
    if request.method != "POST" or colleague is None:
        return _page(request, imported, colleague, typed)
    if "sure" not in request.POST:
        return _page(request, imported, colleague, typed, _("Say that you are sure: there is no way back."), 422)
    join_people(request.viewer, imported, colleague)
    forget_facets()
    names = {"name": imported.name, "colleague": colleague.name}
    say(request, _("What %(name)s wrote is %(colleague)s’s now.") % names)
    return see(request, f"/studio/people/{colleague.handle}")


def _colleague(request: Request, imported: Person, typed: str) -> Person:
    found = Person.objects.filter(handle=typed.lower()).first()
    found = found or one_named(Person.objects.filter(is_active=True).exclude(pk=imported.pk), typed)
    check_same(request.viewer, imported, found)
    return found


def _page(
    request: Request, imported: Person, colleague: Person | None, typed: str, refused: str = "", status: int = 200
) -> HttpResponse:
    return page(
        request,
        "administration/same.html",
        status=status,
        person=imported,
        colleague=colleague,
        typed=typed,
        refused=refused,
        legacy=legacy(imported) if colleague else None,
    )
