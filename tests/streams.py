"""Event streams as browsers hold them, and stories told with several of them open."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from tests import loops
from watercooler.doors.live import streams
from watercooler.spine.activity.worker import follow

PATIENCE = 10


class Browser:
    """One open stream, and what came through it so far."""

    def __init__(self, cookie, after=None, headers=(), path="/live/stream", method="GET"):
        query = f"after={after}".encode() if after is not None else b""
        given = [(b"cookie", f"watercooler={cookie}".encode()), *headers]
        self.scope = {"type": "http", "path": path, "method": method, "headers": given, "query_string": query}
        self.status, self.headers, self.events, self.comments = None, {}, [], 0
        self.ended = asyncio.Event()
        self.changed = asyncio.Condition()
        self.gone = asyncio.Event()
        self.task = asyncio.ensure_future(streams.application(self.scope, self.receive, self.send))

    async def receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        else:
            for part in message["body"].decode().split("\n\n"):
                self.take(part)
            if not message["more_body"]:
                self.ended.set()
        async with self.changed:
            self.changed.notify_all()

    def take(self, part):
        if part == ":":
            self.comments += 1
        fields = dict(line.split(": ", 1) for line in part.splitlines() if ": " in line)
        if "event" in fields:
            self.events.append((fields["event"], json.loads(fields["data"]), int(fields["id"])))

    def of(self, name):
        return [data for event, data, _position in self.events if event == name]

    async def until(self, holds):
        async with self.changed:
            await asyncio.wait_for(self.changed.wait_for(lambda: holds(self)), PATIENCE)

    async def sees(self, item):
        await self.until(lambda browser: item.pk in [data["id"] for data in browser.of("item")])

    async def leave(self):
        self.gone.set()
        await asyncio.wait_for(self.task, PATIENCE)


def stories(cookies):
    """Return a function that runs a story: `live(story)`, where story(do, open_as) is asynchronous.

    do(function, *about) runs something in another thread and orders what it recorded; open_as(name) opens a stream.
    cookies: name → cookie of a session.
    """

    def run(story):
        loops.run(told(story))

    async def told(story):
        worker, browsers = ThreadPoolExecutor(1), []

        def act(function, about, more):
            result = function(*about, **more)
            follow()
            return result

        async def do(function, *about, **more):
            return await asyncio.get_running_loop().run_in_executor(worker, act, function, about, more)

        async def open_as(name, **more):
            browsers.append(Browser(cookies[name], **more))
            await browsers[-1].until(lambda browser: browser.events or browser.ended.is_set())
            return browsers[-1]

        try:
            await story(do, open_as)
        finally:
            for browser in browsers:
                await browser.leave()
            await streams.leave()
            await asyncio.get_running_loop().run_in_executor(worker, connections.close_all)
            worker.shutdown()

    return run
