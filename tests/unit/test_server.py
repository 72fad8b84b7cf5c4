"""The router in front: what goes where, and how it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from tests import loops
from watercooler.config.bridge.threads import Threads
from watercooler.config.server import Application

Message = dict[str, Any]


async def _never() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


def named(name: str) -> Callable[..., Awaitable[None]]:
    async def application(scope: Message, receive: Any, send: Any) -> None:
        await send({"from": name})

    return application


def ask(kind: str, path: str) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    threads = Threads(1)
    application = Application(named("pages"), named("live"), threads)
    loops.run(application({"type": kind, "path": path}, _never, send))
    assert threads.stop(5)
    return sent


def test_pages_and_streams_go_their_ways() -> None:
    assert ask("http", "/spaces/heat") == [{"from": "pages"}]
    assert ask("http", "/live/stream") == [{"from": "live"}]
    assert ask("http", "/lively") == [{"from": "pages"}]
    assert ask("websocket", "/live/room") == [{"from": "live"}]
    assert ask("websocket", "/anything") == [{"type": "websocket.close", "code": 1000}]


def test_health_needs_no_framework() -> None:
    start, body = ask("http", "/live/health")
    assert (start["status"], body["body"]) == (200, b"well")


def test_open_streams_end_when_the_server_does() -> None:
    async def run() -> bool:
        opened, ended = asyncio.Event(), asyncio.Event()

        async def stream(scope: Message, receive: Any, send: Any) -> None:
            opened.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

        threads = Threads(1)
        application = Application(named("pages"), stream, threads)
        task = asyncio.ensure_future(application({"type": "http", "path": "/live/stream"}, _never, _never))
        await opened.wait()
        application.end_streams()
        await asyncio.wait_for(task, 5)
        threads.stop(5)
        return ended.is_set()

    assert loops.run(run())


def test_the_end_waits_for_the_page_under_way() -> None:
    done: list[str] = []

    async def run() -> list[Message]:
        threads = Threads(1)
        threads.run(lambda: done.append("page"))
        events = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
        sent: list[Message] = []

        async def receive() -> Message:
            return next(events)

        async def send(message: Message) -> None:
            sent.append(message)

        begin = partial(done.append, "began to listen")
        await Application(named("pages"), named("live"), threads, begin)({"type": "lifespan"}, receive, send)
        return sent

    told = [message["type"] for message in loops.run(run())]
    assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert sorted(done) == ["began to listen", "page"]
