"""One connection of the process that hears what the database announces."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

import psycopg
import structlog
from django.db import connections

FIRST_WAIT_SECONDS = 0.2
LONGEST_WAIT_SECONDS = 5.0
log = structlog.get_logger()


class Listener:
    """Listens for ever, through restarts of the database.

    connected: called after each (re)connection, when something may have been missed. activity: positions from and to
    which were ordered. viewer: the person whose rights changed.
    """

    def __init__(
        self,
        connected: Callable[[], None],
        activity: Callable[[int, int], Awaitable[None]],
        viewer: Callable[[int], None],
    ) -> None:
        self._connected = connected
        self._activity = activity
        self._viewer = viewer

    async def run(self) -> None:
        wait = FIRST_WAIT_SECONDS
        while True:
            try:
                async with await _connect() as connection:
                    await connection.execute("listen activity")
                    await connection.execute("listen viewer")
                    self._connected()
                    wait = FIRST_WAIT_SECONDS
                    async for notice in connection.notifies():
                        await self._hear(notice.channel, notice.payload)
            except psycopg.Error as error:
                log.warning("event streams wait for the database", error=str(error))
            except Exception:  # a notice that is none of ours, news that cannot be told: deaf for ever would be worse
                log.exception("event streams begin anew to listen")
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    async def _hear(self, channel: str, payload: str) -> None:
        if channel == "viewer":
            self._viewer(int(payload))
            return
        given = json.loads(payload)
        await self._activity(given["first"], given["last"])


async def _connect() -> psycopg.AsyncConnection:
    known = connections["default"].settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: known[ours] for name, ours in names.items() if known[ours]}
    return await psycopg.AsyncConnection.connect(**known["OPTIONS"], **given, autocommit=True)
