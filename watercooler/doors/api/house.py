"""The API put together: its operations under /api/v1, each behind the guard, and the specification made of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path, register_converter
from django.urls.converters import IntConverter
from ninja import NinjaAPI

from watercooler.doors.api import problems
from watercooler.doors.api.answering import dumped, tag_of
from watercooler.doors.api.bodies import Careful
from watercooler.doors.api.guard import guarded, nothing
from watercooler.doors.api.specification import finished

ROOT = "api/v1"
VERSION = "1"


class IdConverter(IntConverter):
    """A number that the database can hold; anything else is the address of nothing."""

    regex = "[0-9]{1,18}"


class NumberConverter(IntConverter):
    """A number that counts things."""

    regex = "[0-9]{1,9}"


register_converter(IdConverter, "id")
register_converter(NumberConverter, "nr")


class Api(NinjaAPI):
    """Ninja's API with our refusals in place of its own."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        return problems.of_any(request, exc)


def _put_together() -> NinjaAPI:
    from watercooler.doors.api.routes.order import ROUTES

    api = Api(
        title="Watercooler",
        version=VERSION,
        docs_url=None,
        openapi_url=None,
        urls_namespace="api",
        parser=Careful(),
    )
    for each in ROUTES:
        api.add_router(ROOT, each.router)
    return api


api = _put_together()


@cache
def specification() -> dict[str, Any]:
    """Return the OpenAPI document. Cost: 0.3 s, once a process."""
    return finished(dict(api.get_openapi_schema(path_prefix="")))


@cache
def written_specification() -> bytes:
    """Return the OpenAPI document as it is sent. Cost: once a process, for strangers ask for it too."""
    return dumped(specification())


@cache
def document_tag() -> str:
    """Return the entity tag of the OpenAPI document."""
    return tag_of(written_specification())


def patterns() -> list[URLPattern]:
    """Return the addresses of the API: each operation behind the guard, and one for everything else below it."""
    found = {
        str(each.pattern): URLPattern(each.pattern, guarded(each.callback), each.default_args)
        for each in api.urls[0]
        if isinstance(each, URLPattern) and each.name != "api-root"
    }
    return [*found.values(), re_path(r"^api/v1/.*", guarded(nothing))]
