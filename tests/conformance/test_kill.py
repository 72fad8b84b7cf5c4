"""People write while the web process and then the database are killed: what was acknowledged is there, once."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import pytest

from tests.conformance.test_one_command import Installation, temporary_installation
from watercooler.foundation.database import embedded, processes

WRITERS = 3
ENOUGH = 12
"""Acknowledged writes of each person between one kill and the next."""

PATIENCE_SECONDS = 60
PASSWORD = "warm-radiators-42"


@dataclass
class Writer:
    """Somebody whose browser keeps a post until the server has taken it, and sends it again under the same key."""

    port: int
    login: str
    stop: threading.Event
    cookie: str = ""
    taken: dict[str, str] = field(default_factory=dict)
    broken: int = 0

    def sign_in(self) -> None:
        status, headers, _ = self._send("/sign-in", {"login": self.login, "password": PASSWORD})
        assert status == 302, status
        jar = SimpleCookie(headers["Set-Cookie"])
        self.cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())

    def write(self) -> None:
        """Post, then comment on the post, over and over until told to stop."""
        number = 0
        while not self.stop.is_set():
            number += 1
            words = f"{self.login} {number}"
            where = self._until_taken("/compose", {"kind": "post", "space": "engineers", "source": words})
            item = re.search(r"/p/(\d+)", where)
            assert item, where
            self._until_taken(f"/items/{item[1]}/comments", {"source": f"{words} comment"})

    def _until_taken(self, address: str, fields: dict[str, str]) -> str:
        """Send one thing until it is acknowledged, as the queue of the page does, and return where it is."""
        key, until = uuid4().hex, time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                status, headers, body = self._send(address, {**fields, "key": key})
            except (OSError, http.client.HTTPException):
                self.broken += 1
                self.stop.wait(0.05)
                continue
            if status == 302 and not headers["Location"].startswith("/sign-in"):
                self.taken[key] = fields["source"]
                return str(headers["Location"])
            assert status >= 500 or status == 302, f"{address} answered {status}: {body[:300]!r}"
            self.broken += 1
            self.stop.wait(0.05)
        raise AssertionError(f"{address} was not taken within {PATIENCE_SECONDS} s")

    def _send(self, address: str, fields: dict[str, str]) -> tuple[int, Any, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        try:
            connection.request("POST", address, urlencode(fields), headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


FOUND = """
import django
django.setup()
from watercooler.foundation.base.viewer import Role
from watercooler.spine.people.models import Organisation
from watercooler.spine.spaces.acts import join, make_space
from watercooler.spine.spaces.newcomers import add_person
from watercooler.spine.spaces.viewer import build
Organisation.objects.create(name="Fernway")
people = [add_person(handle=f"writer{n}", name=f"Writer {n}", role=Role.MEMBER) for n in range(%d)]
for person in people:
    person.set_password(%r)
    person.save()
space = make_space(build(people[0].pk), name="Engineers", objective="To be there afterwards")
for person in people[1:]:
    join(build(person.pk), space)
"""


@pytest.fixture
def installation() -> Iterator[Installation]:
    """A running installation of its own, with a few people in one space."""
    with temporary_installation() as one:
        one.start(WATERCOOLER_WRITE_LIMIT_PER_MINUTE="100000")
        one.run(FOUND % (WRITERS, PASSWORD))
        yield one


def test_nothing_acknowledged_is_lost_or_there_twice(installation: Installation) -> None:
    stop = threading.Event()
    writers = [Writer(installation.port, f"writer{n}", stop) for n in range(WRITERS)]
    for writer in writers:
        writer.sign_in()
    threads = [threading.Thread(target=writer.write, name=writer.login, daemon=True) for writer in writers]
    for thread in threads:
        thread.start()
    for victim in ("web", "database", "web", "database"):
        wait_for_more(writers)
        installation.kill(victim)
    wait_for_more(writers)
    stop.set()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert not any(thread.is_alive() for thread in threads)
    assert sum(writer.broken for writer in writers) > 0, "no kill was noticed"

    taken = {source for writer in writers for source in writer.taken.values()}
    with psycopg.connect(embedded.url(installation.folder), autocommit=True) as database:
        written = [source for (source,) in database.execute("select source from content_item").fetchall()]
        assert len(written) == len(set(written)), "something is there twice"
        assert taken - set(written) == set(), "something acknowledged is not there"
        assert processes.gone(lambda: behind(database), seconds=PATIENCE_SECONDS), "a projection did not catch up"
        positions = [at for (at,) in database.execute(POSITIONS).fetchall()]
        assert positions == list(range(1, len(positions) + 1)), "the order of the record has a gap"
        assert database.execute(POSTS_WITHOUT_ENTRY).fetchone() == (0,)
        assert database.execute(ITEMS_NOT_FOUND).fetchone() == (0,)


POSITIONS = "select position from activity_activity order by position"
POSTS_WITHOUT_ENTRY = """
select count(*) from content_item i
where i.kind = 'post' and not exists (select from feed_feedentry e where e.item_id = i.id)
"""
ITEMS_NOT_FOUND = """
select count(*) from content_item i
where i.kind = 'post' and not exists (select from search_searchentry d where d.item_id = i.id)
"""


def wait_for_more(writers: list[Writer]) -> None:
    """Wait until each has had so many more acknowledged."""
    before = [len(writer.taken) for writer in writers]

    def are_short() -> bool:
        return any(len(writer.taken) < at + ENOUGH for writer, at in zip(writers, before, strict=True))

    assert processes.gone(are_short, seconds=PATIENCE_SECONDS), "nothing is taken any more"


def behind(database: psycopg.Connection[Any]) -> bool:
    """Say whether an activity has no position yet, or a projection has not read the last one."""
    return database.execute(BEHIND).fetchone() != (0,)


BEHIND = """
select (select count(*) from activity_activity where position is null)
     + (select count(*) from activity_cursor where position < (select max(position) from activity_activity))
"""
