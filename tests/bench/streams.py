"""What open event streams cost: `python -m tests.bench.streams [streams] [--json]`.

Starts a database and a real server in their own processes, opens the streams over loopback, one person each, and lets
half of them read a closed space. Prints the server's memory, and how long a post takes from its commit to the readers.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import uvloop

from watercooler.foundation.database import embedded

POSTS = 30
told: dict[str, int] = {}
"""What --json prints in the last line."""
following: list[float] = []
"""How long ordering a post and bringing the projections up to date took, before anybody is told."""
MIB = 1024 * 1024


def main(streams: int) -> None:
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(limit, 65_536), limit))
    folder = Path(tempfile.mkdtemp(prefix="watercooler-bench-"))
    folder.chmod(0o755)
    database = embedded.start(folder)
    os.environ |= {"DATABASE_URL": database.url, "DJANGO_SETTINGS_MODULE": "watercooler.config.settings"}
    os.environ["WATERCOOLER_DATA_DIR"] = str(folder / "data")
    try:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        cookies = people(streams)
        server = subprocess.Popen([sys.executable, "-m", "tests.bench.streams", "--serve", str(port)])
        try:
            uvloop.run(measure(port, cookies, psutil.Process(server.pid)))
        finally:
            server.terminate()
            began = time.perf_counter()
            server.wait(20)
            print(f"server ended {time.perf_counter() - began:.1f} s after it was asked to, streams open")
    finally:
        database.stop()
        embedded.remove(folder)


def people(count: int) -> list[str]:
    """Make so many people with a session each; every second one is in the closed space. Returns the session keys."""
    import django

    django.setup()
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.utils import timezone

    from watercooler.spine.people.models import Person
    from watercooler.spine.spaces.acts import make_space
    from watercooler.spine.spaces.models import Access, Membership
    from watercooler.spine.spaces.newcomers import add_person
    from watercooler.spine.spaces.viewer import build

    call_command("migrate", verbosity=0)
    host = add_person(handle="host", name="Host")
    space = make_space(build(host.pk), name="Closed", objective="Measure.", access=Access.CLOSED)
    now = timezone.now()
    made = Person.objects.bulk_create(
        [Person(handle=f"p{n}", name=f"Person {n}", password="!", joined_at=now) for n in range(count)]
    )
    Membership.objects.bulk_create([Membership(space=space, person=p, since=now) for p in made[::2]])
    keys = []
    for person in made:
        session = SessionStore()
        session["_auth_user_id"] = str(person.pk)
        session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
        session["_auth_user_hash"] = person.get_session_auth_hash()
        session.create()
        keys.append(session.session_key)
    return keys


class Reader(asyncio.Protocol):
    """One browser: notes when each item's pointer arrived."""

    def __init__(self, cookie: str, arrived: list[float]) -> None:
        self.cookie, self.arrived = cookie, arrived
        self.is_open = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        asked = f"GET /live/stream HTTP/1.1\r\nHost: localhost\r\nCookie: watercooler={self.cookie}\r\n\r\n"
        transport.write(asked.encode())

    def data_received(self, data: bytes) -> None:
        if b"event: item" in data:
            self.arrived.append(time.perf_counter())
        elif not self.is_open.done() and b"event: inbox" in data:
            self.is_open.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.is_open.done():
            self.is_open.set_exception(ConnectionError("refused"))


async def measure(port: int, cookies: list[str], server: psutil.Process) -> None:
    loop = asyncio.get_running_loop()
    arrived: list[float] = []

    async def opened(cookie: str) -> None:
        _transport, reader = await loop.create_connection(lambda: Reader(cookie, arrived), "127.0.0.1", port)
        await asyncio.wait_for(reader.is_open, 60)

    await until_listening(port)
    await opened(cookies[0])
    before = server.memory_info().rss
    began = time.perf_counter()
    for start in range(1, len(cookies), 200):
        await asyncio.gather(*map(opened, cookies[start : start + 200]))
    took = time.perf_counter() - began
    after = server.memory_info().rss
    print(f"{len(cookies):,} streams opened in {took:.1f} s")
    each = (after - before) / (len(cookies) - 1) / 1024
    print(f"server: {before / MIB:.0f} MiB with one stream, {after / MIB:.0f} MiB with all, {each:.1f} KiB each")
    readers = len(cookies[::2])
    times: list[float] = []
    for number in range(POSTS):
        arrived.clear()
        committed = await loop.run_in_executor(None, post, number)
        while len(arrived) < readers:
            await asyncio.sleep(0.005)
            if time.perf_counter() - committed > 10:
                raise TimeoutError(f"{len(arrived)} of {readers} after 10 s")
        times += [at - committed for at in arrived]
    times.sort()
    told["readers"] = readers
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    print(
        f"post to {readers:,} readers: p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, last {times[-1] * 1000:.0f} ms"
    )
    print(f"of which ordering and projections: {sorted(following)[len(following) // 2] * 1000:.0f} ms at the median")
    print(f"server after {POSTS} posts: {server.memory_info().rss / MIB:.0f} MiB")
    told.update({"streams": len(cookies), "server MiB": round(server.memory_info().rss / MIB)})
    told.update({"p50 ms": round(p50 * 1000), "p99 ms": round(p99 * 1000)})


def post(number: int) -> float:
    """Post in the closed space, order it, and return when it was committed."""
    from watercooler.kinds.posts.acts import post as share
    from watercooler.spine.activity.worker import follow
    from watercooler.spine.people.models import Person
    from watercooler.spine.spaces.models import Space
    from watercooler.spine.spaces.viewer import build

    share(build(Person.objects.get(handle="host").pk), Space.objects.get(name="Closed"), f"Post {number}")
    committed = time.perf_counter()
    follow()
    following.append(time.perf_counter() - committed)
    return committed


async def until_listening(port: int) -> None:
    while True:
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
            return writer.close()
        except OSError:
            await asyncio.sleep(0.1)


def serve(port: int) -> None:
    """Serve streams as config.server does."""
    import django

    django.setup()
    from watercooler.config.options import options
    from watercooler.config.server import application
    from watercooler.config.server import serve as run

    uvloop.run(run(application(options), "127.0.0.1", port))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
        if "--json" in sys.argv:
            print(json.dumps(told))
