"""Reading what programs send, and refusing in a sentence what nothing should have to deal with."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja.parser import Parser

from watercooler.doors.api.problems import NotJson, Unreadable
from watercooler.foundation.base.errors import Invalid

DEEPEST = 12
"""Levels of lists and objects in a body; our own shapes have four."""


class Careful(Parser):
    """Reads JSON without accepting what the database, or a careless reader, cannot hold."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the body. Raises NotJson, Unreadable, Invalid."""
        if request.content_type != "application/json" and not (request.content_type or "").endswith("+json"):
            raise NotJson(_("Send JSON, and say so: Content-Type: application/json."))
        try:
            found: dict[str, Any] = json.loads(request.body, parse_constant=_refuse)
        except RecursionError:
            raise Unreadable(_("This is nested too deeply.")) from None
        except ValueError:
            raise Unreadable(_("This is not JSON.")) from None
        _check(found, DEEPEST)
        return found

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        for name in data:
            for value in data.getlist(name):
                if isinstance(value, str):
                    check_text(value, name)
        return super().parse_querydict(data, list_fields, request)


def _refuse(word: str) -> float:
    raise ValueError(word)


def _check(value: Any, levels: int, field: str = "") -> None:
    """Refuse depth, and characters that no text can hold. The body is at most a few megabytes."""
    if isinstance(value, str):
        check_text(value, field)
    elif isinstance(value, dict | list):
        if not levels:
            raise Unreadable(_("This is nested too deeply."))
        pairs = value.items() if isinstance(value, dict) else ((field, each) for each in value)
        for name, each in pairs:
            check_text(name, field)
            _check(each, levels - 1, name)


def check_text(text: str, field: str = "") -> None:
    """Raise Invalid for a zero byte or half a character."""
    try:
        is_text = "\x00" not in text
        text.encode()
    except UnicodeEncodeError:
        is_text = False
    if not is_text:
        raise Invalid(_("There is a character in this that no text can hold."), field=_printable(field))


def _printable(field: str) -> str:
    return "".join(letter for letter in field if letter.isprintable())[:80]
