"""Asking for exports and fetching them: one's own, a space's, everything."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.doors.exporting import acts, reads
from watercooler.doors.exporting.kept import DAYS, path_of
from watercooler.doors.exporting.models import Export, Scope
from watercooler.doors.exporting.scopes import may_export
from watercooler.foundation.base.files.send import send
from watercooler.foundation.base.pages import Request, fragment, page, say, see
from watercooler.spine.spaces.models import Purpose, Space


def _answer(request: Request, template: str, scope: Scope, address: str, space: Space | None = None) -> HttpResponse:
    """Show a page that offers one export, or ask for it."""
    if not may_export(request.viewer, scope, space):
        raise Http404
    if request.method == "POST":
        return _asked(request, scope, address, space)
    shown = _shown(request, scope, space, address)
    if request.GET.get("part") == "list":
        return fragment(request, "exporting/list.html", otherwise=address, **shown)
    return page(request, f"exporting/{template}.html", space=space, **shown)


def _asked(request: Request, scope: Scope, address: str, space: Space | None) -> HttpResponse:
    if scope in acts.WHOLE:
        _confirm(request)
    acts.ask(request.viewer, scope, space)
    say(request, _("We’re putting it together. It appears here when it is ready."))
    return see(request, address)


@reauthentication_required  # type: ignore[untyped-decorator]
def _confirm(request: Request) -> None:
    """Ask who it is once more where that was long ago: all of somebody's words are nothing for a passer-by."""


def _shown(request: Request, scope: Scope, space: Space | None, address: str) -> dict[str, Any]:
    exports = reads.listed(request.viewer, scope, space)
    waiting = any(each.ready_at is None and each.failed_at is None for each in exports)
    return {"exports": exports, "address": address, "waiting": waiting, "days": DAYS}


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: Request) -> HttpResponse:
    """Offer somebody everything they wrote."""
    return _answer(request, "mine", Scope.OWN, "/me/export")


@require_http_methods(["GET", "HEAD", "POST"])
def of_space(request: Request, slug: str) -> HttpResponse:
    """Offer a host everything of their space."""
    space = get_object_or_404(Space, slug=slug, purpose=Purpose.SPACE)
    return _answer(request, "space", Scope.SPACE, f"{space.url}export", space)


@require_http_methods(["GET", "HEAD", "POST"])
def everything(request: Request) -> HttpResponse:
    """Offer an administrator everything."""
    return _answer(request, "everything", Scope.EVERYTHING, "/studio/export")


@require_safe
def download(request: Request, pk: int) -> HttpResponseBase:
    """Send an export to who asked for it, as long as it has not ended and they still may have it."""
    export = reads.fetchable(request.viewer, pk)
    if export is None:
        raise Http404
    if export.scope in acts.WHOLE:
        _confirm(request)
    name, tag = reads.file_name(request.viewer, export), export.stored.partition(".")[0]
    return send(request, path_of(export.stored), "application/zip", name, tag)


@require_POST
def thrown_away(request: Request, pk: int) -> HttpResponse:
    """Remove an export before it ends."""
    export = get_object_or_404(Export.objects.select_related("space"), pk=pk, person_id=request.viewer.person_id)
    back = (
        f"{export.space.url}export" if export.space else "/me/export" if export.scope == Scope.OWN else "/studio/export"
    )
    acts.throw_away(request.viewer, export)
    say(request, _("The file is gone."))
    return see(request, back)
