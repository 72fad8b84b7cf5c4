"""Who gets in here: administrators. For everybody else these pages do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from watercooler.foundation.base.pages import Request

type View = Callable[..., HttpResponse]


def administrators_only(view: View) -> View:
    """Answer 404 to whoever is not an administrator."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.viewer.is_administrator:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
