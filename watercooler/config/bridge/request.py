"""What arrives: an ASGI scope becomes a WSGI environment, and a body becomes a file."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote_to_bytes

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Environ = dict[str, Any]

IN_MEMORY = 256 * 1024
"""Bytes of a body kept in memory before it goes to disk; each request being sent costs at most this."""

_CONSTANT: Environ = {
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "Watercooler",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}


class BodyTooLarge(Exception):
    """The body is larger than the server reads."""


class Left(Exception):
    """The browser went away before it had sent everything."""


class NoRoom(Exception):
    """The disk does not take what is sent; why, is the cause."""


async def read_body(scope: Scope, receive: Receive, limit: int, folder: Path | None) -> IO[bytes] | None:
    """Return the whole body as a file at its start, or None when the request announces none.

    Raises BodyTooLarge, before reading anything when the length is announced, Left and NoRoom.
    """
    announced = _announced(scope)
    if announced == 0:
        return None
    if announced is not None and announced > limit:
        raise BodyTooLarge
    body: IO[bytes] = BytesIO()
    waiting: list[bytes] = []
    size = kept = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            body.close()
            raise Left
        waiting.append(message.get("body", b""))
        size += len(waiting[-1])
        kept += len(waiting[-1])
        more = message.get("more_body", False)
        if size > limit:
            body.close()
            raise BodyTooLarge
        if kept > IN_MEMORY:
            try:
                body = await _write(body, waiting, folder)
            except OSError as error:
                body.close()
                raise NoRoom from error
            waiting, kept = [], 0
    body.writelines(waiting)
    body.seek(0)
    return body


async def _write(body: IO[bytes], chunks: list[bytes], folder: Path | None) -> IO[bytes]:
    """Append to the file on disk, made on the first call, off the loop: a slow disk delays nobody's event stream."""

    def write() -> IO[bytes]:
        file: IO[bytes] = tempfile.TemporaryFile(dir=folder) if isinstance(body, BytesIO) else body  # noqa: SIM115
        file.writelines(chunks)
        return file

    return await asyncio.get_running_loop().run_in_executor(None, write)


def _announced(scope: Scope) -> int | None:
    """Return the body's length in bytes, 0 when there is no body, None when only its end will tell."""
    for name, value in scope["headers"]:
        if name == b"transfer-encoding":
            return None
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


@lru_cache(maxsize=512)
def _variable(name: bytes) -> str | None:
    """Return the WSGI name of a header; None for those that could pose as another or as a program's setting."""
    if b"_" in name or name in (b"proxy", b"transfer-encoding"):
        return None
    plain = name.decode("latin-1").upper().replace("-", "_")
    return plain if plain in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{plain}"


def environ_of(scope: Scope, body: IO[bytes] | None, proxies: frozenset[str] = frozenset()) -> Environ:
    """Return the WSGI environment of a request. From an address in `proxies`, forwarding headers are believed."""
    environ = _CONSTANT.copy()
    for name, value in scope["headers"]:
        variable = _variable(name)
        if variable is None:
            continue
        text = value.decode("latin-1")
        if variable in environ:
            text = environ[variable] + ("; " if variable == "HTTP_COOKIE" else ",") + text
        environ[variable] = text
    raw: bytes = scope["raw_path"]
    environ["REQUEST_METHOD"] = scope["method"]
    environ["PATH_INFO"] = (unquote_to_bytes(raw) if b"%" in raw else raw).decode("latin-1")
    environ["QUERY_STRING"] = scope["query_string"].decode("latin-1")
    environ["SERVER_PROTOCOL"] = f"HTTP/{scope['http_version']}"
    environ["SERVER_NAME"], environ["SERVER_PORT"] = scope["server"]
    environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = scope["client"] or ("", "")
    environ["wsgi.url_scheme"] = scope["scheme"]
    environ["wsgi.input"] = BytesIO() if body is None else body
    environ["CONTENT_LENGTH"] = "" if body is None else _length(body)
    if environ["REMOTE_ADDR"] in proxies:
        _believe(environ, proxies)
    return environ


def _length(body: IO[bytes]) -> str:
    """Return the true length: a body sent in chunks announces none, and the framework reads no further than this."""
    length = body.seek(0, 2)
    body.seek(0)
    return str(length)


def _believe(environ: Environ, proxies: frozenset[str]) -> None:
    """Take address and scheme from the nearest proxy's word: the last address that is not itself a proxy."""
    passed = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    while passed and passed[-1] in proxies:
        passed.pop()
    if passed:
        environ["REMOTE_ADDR"] = passed[-1]
    scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").split(",")[-1].strip()
    if scheme in ("http", "https"):
        environ["wsgi.url_scheme"] = scheme
