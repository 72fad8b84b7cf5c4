"""What came with a request: numbers in addresses, the key and files of a form, and the page it was on."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.pages import is_fragment


def number(text: str) -> int:
    """Return a whole number from an address, or 0 for anything the database could not hold."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def sent_with(request: HttpRequest) -> dict[str, Any]:
    """Return what a form of words sends beside them: the key that makes it one post, and the files put into it."""
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        key = None
    files = [number(one) for one in request.POST.getlist("attachments")]
    return {"key": key, "attachments": tuple(file for file in files if file)}


def back(request: HttpRequest, otherwise: str, anchor: str = "") -> str:
    """Return the page the form was on, if it is one of ours, at `anchor`; else `otherwise`."""
    came = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came, {request.get_host()}):
        return otherwise
    parts = urlsplit(came)
    if parts.path == request.path:
        return otherwise
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.path}{query}{anchor}"


def tried(request: HttpRequest, form: forms.Form, act: Callable[[], object]) -> bool:
    """Validate the form and do the act; False leaves the sentence beside its field.

    A script gets the refusal itself.
    """
    if form.is_valid():
        try:
            act()
        except Invalid as refused:
            if is_fragment(request):
                raise
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            return True
    if is_fragment(request):
        name, errors = next(iter(form.errors.items()))
        raise Invalid(str(errors[0]), field="" if name == "__all__" else name)
    return False
