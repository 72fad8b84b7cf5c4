"""What open event streams cost: `python -m tests.bench.streams [streams] [--in FOLDER] [--json]`.

Starts a database, or the one of an organisation that `bin/bench` built, and the web process and the worker as the
supervisor starts them; opens the streams over loopback, one person each, and lets half of them read a closed space
and a hundred of these follow who posts there.
Prints the web process's memory, and how long a post takes from its commit to the readers: until the worker tells that
all projections have it, and from there to each reader.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg
import uvloop

from tests.bench import measure
from watercooler.foundation.database import embedded

POSTS = 100
FOLLOWERS = 100
"""How many of the readers follow who posts, and are told of it in their inbox as well."""
LONGEST_PAUSE_SECONDS = 0.3
"""Between posts, so that they meet the worker at any moment of its rest."""
MIB = 1024 * 1024


@dataclass(slots=True)
class Delivery:
    """One post: when it was committed, when the worker told of it, and when each reader had it. Seconds."""

    committed: float
    told: float = 0.0
    arrived: list[float] = field(default_factory=list)

    @property
    def times(self) -> list[float]:
        return [at - self.committed for at in self.arrived]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("streams", type=int, nargs="?", default=2_000)
    parser.add_argument("--in", dest="folder", type=Path, help="an organisation of bin/bench, build/bench/data-200000")
    parser.add_argument("--json", action="store_true", help="print the figures once more, as the last line")
    options = parser.parse_args()
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(limit, 65_536), limit))
    with ExitStack() as stack:
        url = stack.enter_context(_database(options.folder))
        port = measure.free_port()
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "watercooler.config.settings"}
        os.environ |= {"WATERCOOLER_PORT": str(port), "WATERCOOLER_WRITE_LIMIT_PER_MINUTE": "100000"}
        cookies = people(options.streams)
        server = stack.enter_context(measure.running("watercooler.config.server", port=port))
        stack.enter_context(measure.working())
        figures = uvloop.run(measured(port, cookies, server))
    if options.json:
        print(json.dumps(figures))


@contextmanager
def _database(folder: Path | None) -> Iterator[str]:
    """Start the organisation's database, or an empty one that is thrown away."""
    if folder is not None:
        os.environ["WATERCOOLER_DATA_DIR"] = str(folder)
        with embedded.running(folder, {"shared_buffers": "256MB"}) as url:
            yield url
        return
    made = Path(tempfile.mkdtemp(prefix="watercooler-bench-"))
    made.chmod(0o755)
    os.environ["WATERCOOLER_DATA_DIR"] = str(made / "data")
    server = embedded.start(made)
    try:
        yield server.url
    finally:
        server.stop()
        embedded.remove(made)


def people(count: int) -> list[str]:
    """Take so many people, made where they are missing, with a session each; every second is in the closed space.

    Returns the session keys.
    """
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from watercooler.foundation.base.viewer import Role
    from watercooler.spine.people.models import Person
    from watercooler.spine.social.models import Follow
    from watercooler.spine.spaces.acts import make_space
    from watercooler.spine.spaces.models import Access, Membership, Space
    from watercooler.spine.spaces.newcomers import add_person
    from watercooler.spine.spaces.viewer import build

    call_command("migrate", verbosity=0)
    now = timezone.now()
    host = Person.objects.filter(handle="bench-host").first() or add_person(handle="bench-host", name="Host")
    space = Space.objects.filter(name="Bench, closed").first() or make_space(
        build(host.pk), name="Bench, closed", objective="Measure.", access=Access.CLOSED
    )
    there = list(Person.objects.filter(role=Role.MEMBER, is_active=True).exclude(pk=host.pk).order_by("pk")[:count])
    missing = [
        Person(handle=f"bench-{n}", name=f"Person {n}", password="!", joined_at=now) for n in range(len(there), count)
    ]
    readers = [*there, *Person.objects.bulk_create(missing)]
    inside = [Membership(space=space, person=person, since=now) for person in readers[::2]]
    Membership.objects.bulk_create(inside, ignore_conflicts=True)
    followers = [Follow(follower=person, person=host, level="all", at=now) for person in readers[: 2 * FOLLOWERS : 2]]
    Follow.objects.bulk_create(followers, ignore_conflicts=True)
    return [_session(person) for person in readers]


def _session(person: Any) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


class Reader(asyncio.Protocol):
    """One browser: notes when a pointer to a new item arrived."""

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


async def measured(port: int, cookies: Sequence[str], server: psutil.Process) -> dict[str, int]:
    """Open the streams, post, and print what was seen. Returns the figures that bin/bench shows."""
    arrived: list[float] = []
    mib = await _opened(port, cookies, arrived, server)
    deliveries = await _delivered(arrived, len(cookies[::2]))
    after = server.memory_info().rss // MIB
    print(f"server after {POSTS} posts: {after} MiB")
    times = [time for each in deliveries for time in each.times]
    _show(f"post to {len(cookies[::2]):,} readers", times)
    _show("  from its commit until the worker tells of it", [each.told - each.committed for each in deliveries])
    _show("  from there to each reader", [at - each.told for each in deliveries for at in each.arrived])
    _show("  to the last reader of each post", [max(each.times) for each in deliveries])
    _show("  all but the first post", [time for each in deliveries[1:] for time in each.times])
    for number in sorted(range(POSTS), key=lambda n: -max(deliveries[n].times))[:5]:
        each = deliveries[number]
        told, last = (each.told - each.committed) * 1000, max(each.times) * 1000
        print(f"  among the slowest: post {number + 1}, told after {told:.0f} ms, everywhere after {last:.0f} ms")
    return {
        "streams": len(cookies),
        "readers": len(cookies[::2]),
        "server MiB": max(mib, after),
        "p50 ms": round(_part(times, 0.5) * 1000),
        "p99 ms": round(_part(times, 0.99) * 1000),
    }


async def _opened(port: int, cookies: Sequence[str], arrived: list[float], server: psutil.Process) -> int:
    """Open one stream for each cookie. Returns the server's memory with all of them, in MiB."""
    loop = asyncio.get_running_loop()

    async def opened(cookie: str) -> None:
        _transport, reader = await loop.create_connection(lambda: Reader(cookie, arrived), "127.0.0.1", port)
        await asyncio.wait_for(reader.is_open, 60)

    await opened(cookies[0])
    before, began = server.memory_info().rss, time.perf_counter()
    for start in range(1, len(cookies), 200):
        await asyncio.gather(*map(opened, cookies[start : start + 200]))
    after = server.memory_info().rss
    print(f"{len(cookies):,} streams opened in {time.perf_counter() - began:.1f} s")
    each = (after - before) / (len(cookies) - 1) / 1024
    print(f"server: {before / MIB:.0f} MiB with one stream, {after / MIB:.0f} MiB with all, {each:.1f} KiB each")
    return int(after // MIB)


async def _delivered(arrived: list[float], readers: int) -> list[Delivery]:
    """Post, wait until everybody has it, and rest for a moment, POSTS times."""
    loop, chance, done = asyncio.get_running_loop(), random.Random(7), []
    async with await psycopg.AsyncConnection.connect(os.environ["DATABASE_URL"], autocommit=True) as listening:
        await listening.execute("listen activity")
        for number in range(POSTS):
            arrived.clear()
            post = Delivery(await loop.run_in_executor(None, _post, number))
            async for _notice in listening.notifies(timeout=10, stop_after=1):
                post.told = time.perf_counter()
            while len(arrived) < readers:
                await asyncio.sleep(0.005)
                if time.perf_counter() - post.committed > 10:
                    raise TimeoutError(f"{len(arrived)} of {readers} after 10 s")
            post.arrived = arrived.copy()
            done.append(post)
            await asyncio.sleep(chance.uniform(0.05, LONGEST_PAUSE_SECONDS))
    return done


def _post(number: int) -> float:
    """Post in the closed space and return when it was committed."""
    from watercooler.kinds.posts.acts import post as share
    from watercooler.spine.people.models import Person
    from watercooler.spine.spaces.models import Space
    from watercooler.spine.spaces.viewer import build

    host, space = Person.objects.get(handle="bench-host"), Space.objects.get(name="Bench, closed")
    share(build(host.pk), space, f"Post {number}")
    return time.perf_counter()


def _part(times: Sequence[float], part: float) -> float:
    return sorted(times)[min(int(len(times) * part), len(times) - 1)]


def _show(what: str, times: Sequence[float]) -> None:
    p50, p99, last = (_part(times, part) * 1000 for part in (0.5, 0.99, 1))
    print(f"{what}: p50 {p50:.0f} ms, p99 {p99:.0f} ms, most {last:.0f} ms")


if __name__ == "__main__":
    main()
