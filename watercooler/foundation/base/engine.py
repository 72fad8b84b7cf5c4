"""The template backend that lets a library's pages, the sign-in's, be our templates too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.backends.base import BaseEngine

from watercooler.foundation.base.pages import frame
from watercooler.foundation.base.templates import exists, render


class Template:
    """A template as the framework's own views expect it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Mapping[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        values = dict(context or {})
        if request is not None:
            values = {**frame(request), **values, "request": request}
        return render(self.name, **values)


class MiniJinja(BaseEngine):
    """The template backend that lets a library's pages be our templates too."""

    app_dirname = "templates"

    def __init__(self, params: dict[str, Any]) -> None:
        params = params.copy()
        params.pop("OPTIONS", None)
        super().__init__(params)

    def get_template(self, template_name: str) -> Template:
        if not exists(template_name):
            raise TemplateDoesNotExist(template_name, backend=self)
        return Template(template_name)

    def from_string(self, template_code: str) -> Template:
        raise TemplateDoesNotExist("Templates are files.", backend=self)
