"""One request through the bridge."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from watercooler.config.bridge.answer import Answer, FileWrapper, Send, collect, send_answer
from watercooler.config.bridge.request import (
    BodyTooLarge,
    Environ,
    Left,
    NoRoom,
    Receive,
    Scope,
    environ_of,
    read_body,
)
from watercooler.config.bridge.threads import Threads

log = logging.getLogger("watercooler.bridge")
_PLAIN = (b"content-type", b"text/plain; charset=utf-8")


class Bridge:
    """An ASGI application that answers with a WSGI one.

    `limit`: bytes of the largest body read at all. `folder`: where large bodies wait. `proxies`: addresses of reverse
    proxies whose forwarding headers are believed.
    """

    def __init__(
        self,
        application: Callable[..., Any],
        threads: Threads,
        limit: int,
        folder: Path | None = None,
        proxies: frozenset[str] = frozenset(),
    ) -> None:
        self._application = application
        self._threads = threads
        self._limit = limit
        self._folder = folder
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await read_body(scope, receive, self._limit, self._folder)
        except BodyTooLarge:
            return await send_answer(self._too_large(), scope, receive, send)
        except NoRoom:
            log.exception("What was sent to %s could not be written down.", scope["raw_path"])
            return await send_answer(_no_room(), scope, receive, send)
        except Left:
            return None
        environ = environ_of(scope, body, self._proxies)
        environ["wsgi.file_wrapper"] = FileWrapper
        environ["watercooler.sends_paths"] = "http.response.pathsend" in scope.get("extensions", ())
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[Answer] = loop.create_future()
        self._threads.run(partial(self._work, environ, loop, answered))
        await send_answer(await answered, scope, receive, send)
        return None

    def _work(self, environ: Environ, loop: asyncio.AbstractEventLoop, answered: asyncio.Future[Answer]) -> None:
        """Run the page in a thread. Its answer goes to the loop before the thread tidies up."""
        try:
            answer, iterable = collect(self._application, environ, loop)
        except BaseException:  # also one that wants to end the program: the thread would, and nobody were answered
            log.exception("The page at %s failed outside the framework.", environ["PATH_INFO"])
            loop.call_soon_threadsafe(_settle, answered, Answer(500, [_PLAIN], b"Something went wrong on our side."))
            return
        loop.call_soon_threadsafe(_settle, answered, answer)
        try:
            if answer.stream is not None:
                with self._threads.lent():
                    answer.stream.pour(iterable)
        except Exception:
            log.exception("The answer from %s broke off.", environ["PATH_INFO"])
        finally:
            self._tidy(environ, iterable)

    @staticmethod
    def _tidy(environ: Environ, iterable: Any) -> None:
        try:
            if hasattr(iterable, "close"):
                iterable.close()
        except Exception:
            log.exception("Closing the answer from %s failed.", environ["PATH_INFO"])
        environ["wsgi.input"].close()

    def _too_large(self) -> Answer:
        said = f"This is larger than {self._limit // 1024 // 1024} MiB, which is the most that is taken in at once."
        return Answer(413, [_PLAIN, (b"connection", b"close")], said.encode())


def _no_room() -> Answer:
    said = b"There is no room for this on the server at the moment. Try again later."
    return Answer(503, [_PLAIN, (b"connection", b"close"), (b"retry-after", b"60")], said)


def _settle(answered: asyncio.Future[Answer], answer: Answer) -> None:
    if not answered.done():
        answered.set_result(answer)
    elif answer.stream is not None:
        answer.stream.forget()
