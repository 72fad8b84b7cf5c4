"""Sending a kept file: whole, in part, or not at all when the browser has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from watercooler.foundation.base.files.recognise import TYPES, UNKNOWN

CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z")


def send(request: HttpRequest, path: Path, content_type: str, name: str, tag: str) -> HttpResponseBase:
    """Answer with a file, or with the one range of it that was asked for. Raises Http404 if it is not on disc.

    Only types that a browser can show without running anything are shown; all others are downloaded. tag: of the
    content, without quotes. Source: RFC 9110, sections 13 and 14. A request for several ranges gets the whole.
    """
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise Http404 from None
    etag = f'"{tag}"'
    if etag in [each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")]:
        return _dressed(HttpResponse(status=304), etag)
    wanted = _wanted(request, size, etag)
    if wanted is None:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return _dressed(response, etag)
    kind = TYPES.get(content_type, UNKNOWN)
    body = [] if request.method == "HEAD" else _pieces(path, *wanted)
    answer = StreamingHttpResponse(body, content_type=kind.content_type)
    answer["Content-Length"] = str(wanted[1] - wanted[0])
    answer["Content-Disposition"] = content_disposition_header(not kind.is_shown, name) or "attachment"
    if wanted != (0, size):
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {wanted[0]}-{wanted[1] - 1}/{size}"
    return _dressed(answer, etag)


def _dressed[R: HttpResponseBase](response: R, etag: str) -> R:
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    # It may be moved or removed at any time: the browser keeps it, and asks each time whether it may still show it.
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _wanted(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """Return (from, end) of the bytes to send; None for a range that lies outside the file."""
    found = _RANGE.match(request.headers.get("Range", "").strip())
    is_for_this = request.headers.get("If-Range", etag) == etag
    if found is None or not is_for_this or found.groups() == ("", ""):
        return 0, size
    first, last = found.groups()
    if first == "":
        return (max(size - int(last), 0), size) if int(last) and size else None
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < int(first):
        return 0, size
    return (int(first), end) if int(first) < size else None


def _pieces(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (piece := file.read(min(CHUNK, end - start))):
            start += len(piece)
            yield piece
