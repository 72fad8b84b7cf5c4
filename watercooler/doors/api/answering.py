"""What answers have in common: JSON, its tag, pages of lists and their addresses."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from pydantic import BaseModel

from watercooler.foundation.base.errors import Invalid

JSON = "application/json"


def dumped(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def told(shape: BaseModel | None, status: int = 200, **headers: str) -> HttpResponse:
    """Return a shape as a response; None as one without a body."""
    if shape is None:
        response = HttpResponse(status=204)
        del response["Content-Type"]
    else:
        response = HttpResponse(shape.model_dump_json(), status=status, content_type=JSON)
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response


def tag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def names(header: str, tag: str) -> bool:
    """Say whether If-None-Match names this tag, by the weak comparison of RFC 9110, 8.8.3.2."""
    wanted = [each.strip().removeprefix("W/") for each in header.split(",")]
    return "*" in wanted or tag.removeprefix("W/") in wanted


def opaque(place: str) -> str:
    """Return where the next page of a list begins, as a word nobody needs to understand."""
    return urlsafe_b64encode(f"{crc32(place.encode()):08x}{place}".encode()).decode().rstrip("=")


def place_of(cursor: str | None) -> str:
    """Return the place that `opaque` hid; "" for the beginning. Raises Invalid for a word that is none of ours."""
    if not cursor:
        return ""
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        check, place = int(text[:8], 16), text[8:]
    except (NotBase64, ValueError):
        check, place = -1, ""
    if check != crc32(place.encode()):
        raise Invalid(_("No page begins there. Follow the `next` of the page before."), field="after")
    return place


def next_address(request: HttpRequest, place: str) -> str | None:
    """Return the whole address of the next page, with everything that was asked for; None at the end of the list."""
    if not place:
        return None
    asked = [(name, value) for name, values in request.GET.lists() if name != "after" for value in values]
    address = f"{request.path}?{urlencode([*asked, ('after', opaque(place))])}"
    request.next_page = request.build_absolute_uri(address)  # type: ignore[attr-defined]  # for the Link header
    return str(request.next_page)  # type: ignore[attr-defined]
