"""How an operation is declared: one line above a function says its address, what it gives and which scope it needs."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import BaseModel

from watercooler.doors.api.answering import told
from watercooler.doors.api.callers import Caller
from watercooler.doors.api.scopes import Scope
from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.viewer import Viewer

type Gives = Any
"""What a function of an operation returns: a shape, None for an empty answer, or a finished response."""


WHO = "Who may: "
"""Begins the line of an operation that says who may; "Refuses: " the next one. Both are asked for by a test."""


class Asked(HttpRequest):
    """A request that passed the guard."""

    viewer: Viewer
    caller: Caller


class Needs:
    """Lets only callers with one scope pass; everybody else has been turned away by the guard."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __call__(self, request: Asked) -> Caller:
        if self.scope not in request.caller.scopes:
            raise NotAllowed(_("This token was not made for that. It needs the scope “%s”.") % self.scope)
        return request.caller


class Routes:
    """The operations about one subject. tag: the heading they stand under in the specification."""

    def __init__(self, tag: str) -> None:
        self.router = Router(tags=[tag])

    def read[F: Callable[..., Any]](self, path: str, gives: Gives, **more: Any) -> Callable[[F], F]:
        """Declare a question: what it gives, and the scope where that is not "read"."""
        return self._operation("GET", path, gives, **{"scope": "read", **more})

    def write[F: Callable[..., Any]](
        self, method: str, path: str, gives: Gives = None, **more: Any
    ) -> Callable[[F], F]:
        """Declare a write. Without `gives` it answers 204; a POST that makes something says status=201."""
        return self._operation(method, path, gives, **{"scope": "write", **more})

    def _operation[F: Callable[..., Any]](
        self,
        method: str,
        path: str,
        gives: Gives,
        *,
        scope: Scope,
        status: int = 0,
        extra: dict[str, Any] | None = None,
    ) -> Callable[[F], F]:
        status = status or (200 if gives is not None else 204)

        def declare(function: F) -> F:
            summary, _dot, rest = inspect.cleandoc(function.__doc__ or "").partition("\n")
            self.router.add_api_operation(
                path,
                [method],
                _answering(function, status),
                auth=Needs(scope),
                response={status: gives},
                operation_id=f"{function.__module__.rpartition('.')[2]}_{function.__name__}",
                summary=summary.rstrip("."),
                description=_described(summary, rest),
                openapi_extra={"x-scope": scope, **(extra or {})},
            )
            return function

        return declare


def _described(summary: str, rest: str) -> str:
    """Return what an operation does, who may and what it refuses, a paragraph each."""
    words = rest.strip()
    words = words if words and not words.startswith(WHO) else f"{summary}\n\n{words}".strip()
    return words.replace("\nRefuses: ", "\n\nRefuses: ")


def _answering(function: Callable[..., Any], status: int) -> Callable[..., HttpResponseBase]:
    """Write what an operation returns as JSON at once: the framework would check and copy it a second time."""

    @wraps(function)
    def answer(request: Asked, **given: Any) -> HttpResponseBase:
        result: BaseModel | HttpResponseBase | None = function(request, **given)
        return result if isinstance(result, HttpResponseBase) else told(result, status)

    return answer
