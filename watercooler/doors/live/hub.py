"""Everybody of this process who listens, and the passing on of news to those who may have them."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from weakref import WeakKeyDictionary

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from watercooler.doors.live import reads
from watercooler.doors.live.listener import Listener
from watercooler.foundation.base.viewer import STRANGER, Viewer
from watercooler.spine.spaces.viewer import kept

MOST_WAITING = 100
"""Events kept for a client that does not take them; one more, and it is told to ask its page again."""

MOST_A_PERSON = 20
HEARTBEAT_SECONDS = 20
RENEW_SECONDS = 600
"""How long a stream goes on without asking who its viewer is: an end date passes without any announcement."""

HEARTBEAT = b":\n\n"
log = structlog.get_logger()


class Client:
    """One open stream. It hears nothing while `is_ready` is False, and then catches up from `position`."""

    __slots__ = (
        "announced",
        "is_open",
        "is_ready",
        "position",
        "renewals",
        "renewed_at",
        "session_key",
        "viewer",
        "waiting",
        "wake",
    )

    def __init__(self, session_key: str, viewer: Viewer, position: int | None) -> None:
        self.session_key = session_key
        self.viewer = viewer
        self.position = position
        self.announced = 0
        self.is_ready = False
        self.is_open = True
        self.renewals = 0
        self.renewed_at = time.monotonic()
        self.waiting: deque[bytes] = deque()
        self.wake = asyncio.Event()

    def push(self, event: bytes) -> None:
        if len(self.waiting) >= MOST_WAITING:
            self.waiting.clear()
            event = reads.encode("resync", {}, self.position or 0)
        self.waiting.append(event)
        self.wake.set()

    def close(self) -> None:
        self.is_open = False
        self.wake.set()

    async def take(self) -> bytes:
        """Return everything that waits, as soon as something does; nothing once the stream is closed."""
        while self.is_open and not self.waiting:
            self.wake.clear()
            await self.wake.wait()
        taken = b"".join(self.waiting)
        self.waiting.clear()
        return taken


class Hub:
    """The clients of one event loop. All of it runs in the loop; three threads ask the database, so that neither many
    who come in at once nor counting what is unread holds up the news."""

    def __init__(self) -> None:
        self.clients: dict[int, list[Client]] = {}
        self._at_door = ThreadPoolExecutor(1, thread_name_prefix="live-door")
        self._for_news = ThreadPoolExecutor(1, thread_name_prefix="live-news")
        self._for_counts = ThreadPoolExecutor(1, thread_name_prefix="live-counts")
        self._uncounted: tuple[int, int] | None = None
        """Positions whose acts are passed on, and may have changed what is unread."""
        self._is_counting = False
        self._for_news.submit(_asked, reads.happened, 0, 0)  # connected and planned before the first news
        self._for_counts.submit(_asked, reads.told_among, 0, 0, frozenset())
        self._tasks: set[asyncio.Task[None]] = set()
        self._start(Listener(self.everybody_renews, self.activity, self.viewer_changed).run())
        self._start(self._keep_alive())

    def _start(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def ask[T](self, question: Callable[..., T], *about: Any) -> T:
        """Run a read for one stream in the thread at the door. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._at_door, _asked, question, *about)

    async def leave(self) -> None:
        """Close all streams and connections; the process is about to end."""
        for client in self.everybody():
            client.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        loop = asyncio.get_running_loop()
        for threads in (self._at_door, self._for_news, self._for_counts):
            await loop.run_in_executor(threads, connections.close_all)
            threads.shutdown(wait=False)

    def everybody(self) -> list[Client]:
        return [client for clients in self.clients.values() for client in clients]

    def add(self, client: Client) -> None:
        """Take a stream in; of too many of one person the oldest is closed."""
        theirs = self.clients.setdefault(client.viewer.person_id, [])
        if len(theirs) >= MOST_A_PERSON:
            theirs.pop(0).close()
        theirs.append(client)
        self._start(self._or_close(client, self._catch_up(client)))

    def remove(self, client: Client, person_id: int) -> None:
        theirs = self.clients.get(person_id, [])
        if client in theirs:
            theirs.remove(client)
        if not theirs:
            self.clients.pop(person_id, None)

    # News

    async def activity(self, first: int, last: int) -> None:
        """Pass a batch on: one query for all, then only memory. The numbers beside Inbox come after it."""
        everybody = self.everybody()
        for client in everybody:
            client.announced = max(client.announced, last)
        if not everybody:
            return None
        # What a worker ordered that was killed before it could tell, nobody has heard of.
        heard = min([client.position or 0 for client in everybody if client.is_ready], default=last)
        if heard < first - reads.MOST_CAUGHT_UP:
            return self.everybody_renews()
        first = min(first, heard + 1)
        try:
            loop = asyncio.get_running_loop()
            events = await loop.run_in_executor(self._for_news, _asked, reads.happened, first, last)
        except (DatabaseError, InterfaceError) as error:
            log.warning("a batch was not read; everybody catches up", error=str(error))
            return self.everybody_renews()
        encoded = [(event, event.encoded()) for event in events]
        for client in self.everybody():
            if client.is_ready:
                _tell(client, encoded, last)
        self._uncounted = (self._uncounted or (first, last))[0], last
        if not self._is_counting:
            self._is_counting = True
            self._start(self._count())
        return None

    async def _count(self) -> None:
        """Tell whoever the news reached what is unread and where a message came, once for all that came meanwhile."""
        loop = asyncio.get_running_loop()
        try:
            while self._uncounted:
                (first, last), self._uncounted = self._uncounted, None
                about = (first, last, frozenset(self.clients))
                told = await loop.run_in_executor(self._for_counts, _asked, reads.told_among, *about)
                for person_id, news in told.items():
                    for client in self.clients.get(person_id, []):
                        if client.is_ready:
                            for event in news.encoded(client.position or last):
                                client.push(event)
        except (DatabaseError, InterfaceError) as error:
            log.warning("unread lines were not counted; everybody catches up", error=str(error))
            self.everybody_renews()
        finally:
            self._is_counting = False

    # Rights

    def viewer_changed(self, person_id: int) -> None:
        """Stop a person's streams until their rights are read again."""
        kept.drop(person_id)
        for client in self.clients.get(person_id, []):
            self._renew(client)

    def everybody_renews(self) -> None:
        """After announcements may have been missed nothing kept is believed."""
        kept.clear()
        for client in self.everybody():
            self._renew(client)

    def _renew(self, client: Client) -> None:
        client.viewer, client.is_ready = STRANGER, False
        client.renewals += 1
        self._start(self._or_close(client, self._renewed(client)))

    async def _or_close(self, client: Client, work: Awaitable[None]) -> None:
        """Close a stream whose work failed, or it would stay open and deaf; browsers come back with their position."""
        try:
            await work
        except (DatabaseError, InterfaceError):
            client.close()
        except Exception:
            log.exception("a stream was closed")
            client.close()

    async def _renewed(self, client: Client) -> None:
        renewal = client.renewals
        viewer = await self.ask(reads.viewer_at, client.session_key)
        if renewal != client.renewals:
            return None  # rights changed again while reading
        client.viewer, client.renewed_at = viewer, time.monotonic()
        return await self._catch_up(client) if viewer.is_known else client.close()

    async def _catch_up(self, client: Client) -> None:
        """Give a client what happened since its position, again if more was announced meanwhile; then it is ready."""
        renewal = client.renewals
        while client.is_open and not client.is_ready:
            missed = await self.ask(reads.since, client.viewer, client.position)
            if renewal != client.renewals:
                return
            _give(client, missed)
        return

    async def _keep_alive(self) -> None:
        """Every second a twentieth of all clients hears that we are here, so that proxies keep the line open."""
        turn = 0
        while True:
            await asyncio.sleep(1)
            turn = (turn + 1) % HEARTBEAT_SECONDS
            oldest = time.monotonic() - RENEW_SECONDS
            for client in self.everybody()[turn::HEARTBEAT_SECONDS]:
                if not client.waiting:
                    client.push(HEARTBEAT)
                if client.is_ready and client.renewed_at < oldest:
                    self._renew(client)


def _asked[T](question: Callable[..., T], *about: Any) -> T:
    close_old_connections()
    return question(*about)


def _give(client: Client, missed: reads.Since) -> None:
    if missed.events is None:
        client.push(reads.encode("resync", {}, missed.position))
    for event in missed.events or []:
        client.push(event.encoded())
    client.position = missed.position
    for news in missed.told.encoded(missed.position):
        client.push(news)
    client.is_ready = client.announced <= missed.position


def _tell(client: Client, encoded: list[tuple[reads.Event, bytes]], last: int) -> None:
    position, viewer = client.position or 0, client.viewer
    for event, data in encoded:
        if event.position > position and viewer.reads(event.audience, event.space_id):
            client.push(data)
    client.position = max(position, last)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """Return the hub of the running loop, begun on first use."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]
