"""The one web process: event streams and co-editing in asynchronous code, pages in a few threads, one port.

`/live/…` goes to `watercooler.doors.live.streams.application`; everything else to the framework's synchronous handler,
whose asynchronous twin costs seven times as much on an empty page.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine
from functools import partial
from importlib import import_module
from typing import Any

from watercooler.config import beats
from watercooler.config.bridge import Bridge
from watercooler.config.bridge.answer import Send
from watercooler.config.bridge.request import Receive, Scope
from watercooler.config.bridge.threads import Threads
from watercooler.config.options import Options
from watercooler.foundation.database import processes

MIB = 1024 * 1024
BACKLOG = 4096
BACKPRESSURE = 20_000
"""Open connections one process takes. The server's default equals its backlog, and every event stream counts."""

LIVE = "watercooler.doors.live.streams"
DRAIN_SECONDS = 4
PAGES_SECONDS = 120.0
"""How long all threads of pages may be busy before the process counts as hung."""
log = logging.getLogger("watercooler.server")


class Application:
    """Routes by path: `/live/` to the asynchronous application, the rest through the bridge."""

    def __init__(self, pages: Any, live: Any, threads: Threads, begin: Callable[[], None] = lambda: None) -> None:
        self._begin = begin
        self._pages = pages
        self._live = live
        self.threads = threads
        self._streams: set[asyncio.Future[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/live/"):
            await self._pages(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live_as_long_as_the_server(receive, send)
        elif scope["path"] == "/live/health":
            await _say(send, 200, b"well")
        elif scope["path"].startswith("/live/"):
            await self._stream(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        stream = asyncio.ensure_future(self._live(scope, receive, send))
        self._streams.add(stream)
        try:
            await stream
        except asyncio.CancelledError:
            log.debug("A stream was ended.")
        finally:
            stream.cancel()
            self._streams.discard(stream)

    def end_streams(self) -> None:
        """End every open stream; browsers come back by themselves. The server would wait for them for ever."""
        for stream in self._streams:
            stream.cancel()

    async def _live_as_long_as_the_server(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        self._begin()
        await receive()
        loop = asyncio.get_running_loop()
        if not await loop.run_in_executor(None, self.threads.stop, DRAIN_SECONDS):
            log.warning("Some pages took longer than %s s and were left.", DRAIN_SECONDS)
        await send({"type": "lifespan.shutdown.complete"})


async def _say(send: Send, status: int, text: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text, "more_body": False})


async def streams(scope: Scope, receive: Receive, send: Send) -> None:
    """Pass on to the live door, imported once the server is there so that pages answer before it is loaded."""
    await import_module(LIVE).application(scope, receive, send)


def begin_listening() -> None:
    """Hear the database from the start: it says whose rights changed, also while nobody has a stream open."""
    import_module(LIVE).begin()


def spare_the_collector() -> None:
    """Leave what was loaded out of every search for rings, and search less often: 4 % of a page's processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def application(options: Options) -> Application:
    """Return the whole application with the framework loaded."""
    from django.db import connections

    from watercooler.config.wsgi import application as pages

    threads = Threads(options.page_threads, on_leaving=connections.close_all)
    waiting = options.data_dir / "arriving"
    waiting.mkdir(parents=True, exist_ok=True)
    proxies = frozenset(part.strip() for part in options.trusted_proxies.split(",") if part.strip())
    spare_the_collector()
    bridge = Bridge(pages, threads, options.request_limit_mib * MIB, waiting, proxies)
    return Application(bridge, streams, threads, begin_listening)


async def give_signs(threads: Threads, give: Callable[[], None]) -> None:
    """Give a sign of life each second while this loop runs and the threads of pages answer within two minutes.

    Threads that all wait, for each other or for a database that says nothing, answer nobody, while the loop runs on.
    """
    answered = time.monotonic()
    is_asked = False

    def answer() -> None:
        nonlocal answered, is_asked
        answered, is_asked = time.monotonic(), False

    while True:
        if not is_asked:
            is_asked = True
            threads.run(answer)
        if time.monotonic() - answered < PAGES_SECONDS:
            give()
        await asyncio.sleep(beats.SECONDS)


async def serve(
    app: Any, host: str, port: int, parent: int = 0, signs: Callable[[], Coroutine[Any, Any, None]] | None = None
) -> None:
    """Serve until SIGTERM or SIGINT, or until the process `parent` is gone, then finish the pages under way.

    signs: what gives signs of life beside.
    """
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server.embed import Server

    server: Any = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        backlog=BACKLOG,
        backpressure=BACKPRESSURE,
        log_level=LogLevels.error,
    )
    loop = asyncio.get_running_loop()

    leaving: list[asyncio.Future[None]] = []

    def stop() -> None:
        if hasattr(app, "end_streams"):
            app.end_streams()
        if door := sys.modules.get(LIVE):
            leaving.append(asyncio.ensure_future(door.leave()))
        server.stop()
        loop.call_later(DRAIN_SECONDS + 1, os._exit, 0)  # a reader that never reads may not keep us

    for which in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(which, stop)
    beside = [asyncio.ensure_future(_leave_with(parent or os.getppid(), stop))]
    if signs is not None:
        beside.append(asyncio.ensure_future(signs()))
    await server.serve()
    for each in beside:
        each.cancel()


async def _leave_with(parent: int, stop: Callable[[], None]) -> None:
    while os.getppid() == parent:
        await asyncio.sleep(1)
    stop()


def main() -> None:
    """Run the web process as a child of the supervisor, whose pid is the first argument."""
    parent = int(sys.argv[1]) if len(sys.argv) > 1 else os.getppid()
    processes.leave_with_parent(parent)
    give = beats.own()

    import uvloop

    from watercooler.config.options import options

    app = application(options)
    uvloop.run(serve(app, options.host, options.port, parent, partial(give_signs, app.threads, give)))


if __name__ == "__main__":
    main()
