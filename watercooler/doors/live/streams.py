"""GET /live/stream: server-sent events that say where something new is, never what it says.

item     {id, kind, space, verb, root, parent, author, actor}: something appeared that this viewer may read
change   the same, where something happened to it
inbox    {unread, messages}: lines, and conversations with something unread
lines    {newest}: the position of the newest unread line, where a line came or changed
message  {conversation}: something came or changed in a conversation that this viewer takes part in
resync   too much was missed: ask the page again

Every event carries its position as id. A browser that comes back says the last one it saw (Last-Event-ID or ?after=)
and gets what it missed, once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http.cookie import parse_cookie

from watercooler.doors.live import reads
from watercooler.doors.live.hub import Client, Hub, hub

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]

HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
MOST_STREAMS = 10_000


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request below /live/."""
    if scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1000})
    elif scope["path"] != "/live/stream":
        await _refuse(send, 404, "There is nothing here.")
    elif scope["method"] != "GET":
        await _refuse(send, 405, "Ask with GET.")
    else:
        await _stream(scope, receive, send)


def begin() -> None:
    """Listen to the database from now on, and not from the first stream on: what pages keep depends on it too."""
    hub()


async def leave() -> None:
    """Close every stream of this process, so that it can end."""
    await hub().leave()


async def _stream(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return await _refuse(send, 403, "This request came from another site.")
    here = hub()
    session_key = parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, "")
    try:
        viewer = await here.ask(reads.viewer_at, session_key)
    except (DatabaseError, InterfaceError):
        return await _refuse(send, 503, "The database is away. Try again in a moment.")
    if not viewer.is_known:
        return await _refuse(send, 401, "Sign in first.")
    if sum(map(len, here.clients.values())) >= MOST_STREAMS:
        return await _refuse(send, 503, "Too many streams. Try again in a moment.")
    client = Client(session_key, viewer, _after(headers, scope.get("query_string", b"")))
    await _flow(here, client, receive, send)
    return None


def _after(headers: dict[str, str], query: bytes) -> int | None:
    """Return the last position the browser saw, or None. Nonsense counts as far away, and so as resync."""
    said = headers.get("last-event-id") or parse_qs(query.decode("latin-1")).get("after", [""])[0]
    if not said:
        return None
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else -1 - reads.FARTHEST_BACK


async def _flow(here: Hub, client: Client, receive: Receive, send: Send) -> None:
    person_id = client.viewer.person_id
    here.add(client)
    watch = asyncio.ensure_future(_left(receive, client))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        while events := await client.take():
            await send({"type": "http.response.body", "body": events, "more_body": True})
        if not watch.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        client.close()
        here.remove(client, person_id)
        watch.cancel()


async def _left(receive: Receive, client: Client) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    client.close()


async def _refuse(send: Send, status: int, sentence: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode(), "more_body": False})
