"""What leaves: the page's status, headers and iterable become one body, a file to send, or a stream."""

from __future__ import annotations

import asyncio
import os
import threading
import zlib
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from watercooler.config.bridge.request import Environ, Receive, Scope

Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

CHUNK = 128 * 1024
IN_FLIGHT = 2
"""Chunks of a stream that may wait between its thread and the socket."""

SMALLEST = 1024
"""Bytes from which a text is worth compressing: below, it fits in one packet anyway."""

_TEXT = ("text/", "application/json", "application/javascript", "application/manifest+json", "image/svg+xml")


@dataclass(slots=True)
class Answer:
    """What a page returned. One of `body`, `path` and `stream` is set."""

    status: int
    headers: Headers
    body: bytes | None = None
    path: str = ""
    stream: Stream | None = None


class FileWrapper:
    """The `wsgi.file_wrapper` of PEP 3333: an open file that may be sent without passing through Python."""

    def __init__(self, file: Any, size: int = CHUNK) -> None:
        self.file = file
        self.close = getattr(file, "close", lambda: None)

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self.file.read(CHUNK):
            yield chunk

    def path(self, headers: Headers) -> str:
        """Return the file's path if all of it, from its start, is the body; else nothing."""
        name = getattr(self.file, "name", None)
        announced = next((int(value) for header, value in headers if header == b"content-length"), -1)
        try:
            whole = isinstance(name, str) and os.path.getsize(name) == announced and self.file.tell() == 0
        except (OSError, AttributeError, ValueError):
            return ""
        return os.path.abspath(name) if whole and name else ""


class Stream:
    """Chunks on their way from a page's thread to the loop, at most IN_FLIGHT at a time."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._room = threading.Semaphore(IN_FLIGHT)
        self._chunks: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._is_wanted = True

    def pour(self, iterable: Iterable[bytes]) -> None:
        """Hand over chunk by chunk, waiting for the reader, until the end or until nobody reads. Runs in the thread."""
        try:
            for chunk in iterable:
                self._room.acquire()
                if not self._is_wanted:
                    return
                if chunk:
                    self._loop.call_soon_threadsafe(self._chunks.put_nowait, chunk)
                else:
                    self._room.release()
        finally:
            self._loop.call_soon_threadsafe(self._chunks.put_nowait, None)

    async def send(self, receive: Receive, send: Send) -> None:
        """Send what comes. When the browser leaves, the thread is told at its next chunk."""
        watch = asyncio.ensure_future(_left(receive))
        watch.add_done_callback(lambda _: self.forget())
        try:
            while (chunk := await self._chunks.get()) is not None:
                if self._is_wanted:
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
                self._room.release()
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self.forget()
            watch.cancel()

    def forget(self) -> None:
        """Tell the thread that nobody reads any more."""
        self._is_wanted = False
        self._room.release()


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def collect(application: Callable[..., Any], environ: Environ, loop: asyncio.AbstractEventLoop) -> tuple[Answer, Any]:
    """Run the page and return its answer with the iterable, which the caller pours (a stream) and closes."""
    started: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        started[:] = [status, headers]

    iterable = application(environ, start_response)
    status, given = started
    headers = [(name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in given]
    answer = Answer(int(status[:3]), headers)
    if isinstance(iterable, list) or getattr(iterable, "streaming", None) is False:
        answer.body = _whole(environ, answer, b"".join(iterable))
    elif environ["REQUEST_METHOD"] == "HEAD":
        answer.body = b""
    elif environ["watercooler.sends_paths"] and isinstance(iterable, FileWrapper) and (path := iterable.path(headers)):
        answer.path = path
    else:
        answer.stream = Stream(loop)
    return answer, iterable


def _whole(environ: Environ, answer: Answer, body: bytes) -> bytes:
    if answer.status < 200 or answer.status in (204, 304):
        return b""
    if len(body) >= SMALLEST:
        body = compressed(environ.get("HTTP_ACCEPT_ENCODING", ""), answer.headers, body)
    if environ["REQUEST_METHOD"] == "HEAD":
        if not any(name == b"content-length" for name, _ in answer.headers):
            answer.headers.append((b"content-length", b"%d" % len(body)))
        return b""
    return body


def compressed(accepts: str, headers: Headers, body: bytes) -> bytes:
    """Return the text gzipped if the browser takes that, with its headers brought in line; else as it is.

    Pages carry no secret beside what a reader can influence (writes are protected by origin, not by tokens), so their
    compressed length tells nothing (BREACH). Level 4: 0.35 ms for a page of 60 KB.
    """
    known = dict(headers)
    kind = known.get(b"content-type", b"").decode("latin-1")
    if not kind.startswith(_TEXT) or kind.startswith("text/event-stream") or b"content-encoding" in known:
        return body
    vary = known.get(b"vary", b"")
    headers[:] = [pair for pair in headers if pair[0] != b"vary"]
    headers.append((b"vary", vary + b", Accept-Encoding" if vary else b"Accept-Encoding"))
    if not takes_gzip(accepts):
        return body
    packer = zlib.compressobj(4, zlib.DEFLATED, 31)
    packed = packer.compress(body) + packer.flush()
    headers[:] = [_in_line(*pair) for pair in headers if pair[0] != b"content-length"]
    headers.append((b"content-encoding", b"gzip"))
    return packed


def _in_line(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Make a strong ETag weak: it named the bytes before they were compressed."""
    return (name, b"W/" + value) if name == b"etag" and not value.startswith(b"W/") else (name, value)


def takes_gzip(accepts: str) -> bool:
    """Say whether an Accept-Encoding header allows gzip."""
    for part in accepts.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in ("gzip", "x-gzip"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


async def send_answer(answer: Answer, scope: Scope, receive: Receive, send: Send) -> None:
    """Send the answer the shortest way."""
    try:
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    except BaseException:
        if answer.stream is not None:
            answer.stream.forget()  # or its thread waited for a reader for ever
        raise
    if answer.stream is not None:
        await answer.stream.send(receive, send)
    elif answer.path:
        await send({"type": "http.response.pathsend", "path": answer.path})
    else:
        await send({"type": "http.response.body", "body": answer.body, "more_body": False})
