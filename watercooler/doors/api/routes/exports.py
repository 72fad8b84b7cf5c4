"""Exports: what is one's own, a space one hosts; and, for administrators, everything."""

from typing import Annotated, cast

from django.http.response import HttpResponseBase
from ninja import Path

from watercooler.doors.api.confirming import confirm
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.files import CONTENT
from watercooler.doors.api.routes.found import listed_space
from watercooler.doors.api.shapes import outlets as shapes
from watercooler.doors.api.shapes.common import LARGEST_ID, SpaceBrief
from watercooler.doors.exporting import acts, reads
from watercooler.doors.exporting.kept import path_of
from watercooler.doors.exporting.models import Export, Scope
from watercooler.doors.exporting.scopes import may_export
from watercooler.foundation.base.files.send import send
from watercooler.spine.spaces.models import Space

routes = Routes("Exports")
ExportId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The `id` of an export that the caller asked for.")]
HERE = (Scope.OWN, Scope.SPACE)
"""What the scope "outlets" is enough for; everything needs "administer", to ask for it and to fetch it."""


def _told(export: Export) -> shapes.Export:
    space = export.space
    return shapes.Export(
        id=export.pk,
        scope=cast(shapes.ScopeName, export.scope),
        space=SpaceBrief.of(space.slug, space.name, space.purpose) if space else None,
        state="ready" if export.ready_at else "failed" if export.failed_at else "waiting",
        asked_at=export.asked_at,
        ready_at=export.ready_at,
        ends_at=export.ends_at,
        size_bytes=export.size_bytes,
    )


def _one(request: Asked, export_id: int, *scopes: Scope) -> Export:
    export = reads.one(request.viewer, export_id)
    if export is None or export.scope not in scopes or not _may(request, export):
        raise nothing_here()
    return export


def _may(request: Asked, export: Export) -> bool:
    return may_export(request.viewer, export.scope, export.space)


def _ask(request: Asked, scope: Scope, space: Space | None = None) -> shapes.Export:
    if not may_export(request.viewer, scope, space):
        raise nothing_here()
    if scope in acts.WHOLE:
        confirm(request)
    made = acts.ask(request.viewer, scope, space)
    return _told(_one(request, made.pk, scope))


def _content(request: Asked, export_id: int, *scopes: Scope) -> HttpResponseBase:
    export = reads.fetchable(request.viewer, export_id)
    if export is None or export.scope not in scopes:
        raise nothing_here()
    if export.scope in acts.WHOLE:
        confirm(request)
    name, tag = reads.file_name(request.viewer, export), export.stored.partition(".")[0]
    return send(request, path_of(export.stored), "application/zip", name, tag)


@routes.read("/exports", shapes.Exports, scope="outlets")
def listed(request: Asked) -> shapes.Exports:
    """List one’s exports of what is one’s own and of spaces, at most 20.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    return shapes.Exports(exports=[_told(one) for one in reads.of_scopes(request.viewer, *HERE)])


@routes.write("POST", "/exports", shapes.Export, scope="outlets", status=201)
def ask(request: Asked, sent: shapes.Exporting) -> shapes.Export:
    """Ask for everything of one’s own, or for a space one hosts.

    It is written in the background; ask for it again until its state is “ready”. A browser’s session has to have
    confirmed lately who it is.

    Who may: everybody, of what they gave; hosts, of their space. Asking again while one is written gives that one.
    Refuses: 403 for a session that has not confirmed lately who it is, of one’s own; 404 for a space the caller does
    not host; 429 above ten in a day.
    """
    space = listed_space(request, sent.space) if sent.space is not None else None
    return _ask(request, Scope.OWN if space is None else Scope.SPACE, space)


@routes.read("/exports/{id:export_id}", shapes.Export, scope="outlets")
def show(request: Asked, export_id: ExportId) -> shapes.Export:
    """Say how far an export of one’s own is.

    Who may: who asked for it, and still may.
    Refuses: 404 for everybody else, and once it has ended.
    """
    return _told(_one(request, export_id, *HERE))


@routes.read("/exports/{id:export_id}/content", None, scope="outlets", status=200, extra=CONTENT)
def content(request: Asked, export_id: ExportId) -> HttpResponseBase:
    """Send an export that is ready, a ZIP file: whole, or the part that Range asks for.

    Who may: who asked for it, and still may.
    Refuses: 403 for a session that has not confirmed lately who it is, of one’s own; 404 for everybody else, and
    before it is ready; 416 for a part that lies outside of it.
    """
    return _content(request, export_id, *HERE)


@routes.write("DELETE", "/exports/{id:export_id}", scope="outlets")
def throw_away(request: Asked, export_id: ExportId) -> None:
    """Remove an export before it ends.

    Who may: who asked for it, and still may.
    Refuses: 404 for everybody else.
    """
    acts.throw_away(request.viewer, _one(request, export_id, *HERE))


@routes.read("/administration/exports", shapes.Exports, scope="administer")
def listed_everything(request: Asked) -> shapes.Exports:
    """List one’s exports of everything, at most 20. For others than administrators there are none.

    Who may: administrators, of what they asked for.
    Refuses: 404 for everybody else.
    """
    if not may_export(request.viewer, Scope.EVERYTHING):
        raise nothing_here()
    return shapes.Exports(exports=[_told(one) for one in reads.of_scopes(request.viewer, Scope.EVERYTHING)])


@routes.write("POST", "/administration/exports", shapes.Export, scope="administer", status=201)
def ask_everything(request: Asked) -> shapes.Export:
    """Ask for everything there is.

    A browser’s session has to have confirmed lately who it is, to ask for it and to fetch it.

    Who may: administrators. Asking again while one is written gives that one.
    Refuses: 403 for a session that has not confirmed lately who it is; 404 for everybody else; 429 above ten in a day.
    """
    return _ask(request, Scope.EVERYTHING)


@routes.read("/administration/exports/{id:export_id}", shapes.Export, scope="administer")
def show_everything(request: Asked, export_id: ExportId) -> shapes.Export:
    """Say how far an export of everything is.

    Who may: the administrator who asked for it.
    Refuses: 404 for everybody else, and once it has ended.
    """
    return _told(_one(request, export_id, Scope.EVERYTHING))


@routes.read("/administration/exports/{id:export_id}/content", None, scope="administer", status=200, extra=CONTENT)
def content_everything(request: Asked, export_id: ExportId) -> HttpResponseBase:
    """Send an export of everything that is ready, a ZIP file: whole, or the part that Range asks for.

    Who may: the administrator who asked for it.
    Refuses: 403 for a session that has not confirmed lately who it is; 404 for everybody else, and before it is ready;
    416 for a part that lies outside of it.
    """
    return _content(request, export_id, Scope.EVERYTHING)


@routes.write("DELETE", "/administration/exports/{id:export_id}", scope="administer")
def throw_everything_away(request: Asked, export_id: ExportId) -> None:
    """Remove an export of everything before it ends.

    Who may: the administrator who asked for it.
    Refuses: 404 for everybody else.
    """
    acts.throw_away(request.viewer, _one(request, export_id, Scope.EVERYTHING))
