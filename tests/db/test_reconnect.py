"""After the database was started anew no page answers with an error because of a connection that was kept."""

from __future__ import annotations

import os
import socket
import sys
import threading
from contextlib import closing, suppress
from io import BytesIO

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection

from watercooler.config import worker as worker_process
from watercooler.config.database_address import STILL_THERE
from watercooler.config.wsgi import application
from watercooler.doors.importing.arrival import LOCK as IMPORTING
from watercooler.doors.importing.arrival import alone
from watercooler.foundation.database import hot, processes
from watercooler.spine.activity import worker as activity_worker
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.turn import LOCK
from watercooler.spine.activity.worker import SEQUENCE, run_forever
from watercooler.spine.spaces.viewer import kept

pytestmark = pytest.mark.django_db(transaction=True)


def ask(path: str, cookie: str) -> str:
    """Ask as the server does: the test client keeps its connection from being looked at."""
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SERVER_NAME": "testserver", "SERVER_PORT": "80",
        "HTTP_COOKIE": cookie, "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
        "SCRIPT_NAME": "", "QUERY_STRING": "",
    }  # fmt: skip
    started: list[str] = []
    with closing(application(environ, lambda status, headers, error=None: started.append(status))) as answer:
        b"".join(answer)
    return started[0][:3]


def end_our_backend() -> None:
    """End the server's side of this thread's connection from another one, as a restart does."""
    known = connection.get_connection_params()
    about = {name: known[name] for name in ("dbname", "user", "password", "host", "port") if known.get(name)}
    ours = connection.connection.info.backend_pid
    with psycopg.connect(**about, autocommit=True) as other:
        assert other.execute("select pg_terminate_backend(%s, 5000)", [ours]).fetchone() == (True,)


@pytest.mark.parametrize("is_kept", [True, False], ids=["viewer kept", "viewer read anew"])
@pytest.mark.parametrize("page", ["/home", "/inbox", "/people/noah", "/me/settings"])
def test_the_first_page_after_a_restart_is_a_page(company, sign_in, page, is_kept):
    client = sign_in(company.priya)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    assert ask(page, cookie) == "200"
    end_our_backend()
    if not is_kept:
        kept.clear()
    assert ask(page, cookie) == "200"


def test_a_standing_connection_is_kept_and_looked_at_without_a_question(company, count_queries):
    hot.one("select 1 as one")
    ours = connection.connection.info.backend_pid
    for _request in range(3):
        connection.close_if_unusable_or_obsolete()
        with count_queries() as asked:
            connection.close_if_health_check_failed()
        assert not asked
        assert connection.connection.info.backend_pid == ours


def test_a_notice_in_the_socket_is_not_taken_for_the_end(company):
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("listen tried")
    ours = connection.connection.info.backend_pid
    known = connection.get_connection_params()
    about = {name: known[name] for name in ("dbname", "user", "password", "host", "port") if known.get(name)}
    with psycopg.connect(**about, autocommit=True) as other:
        other.execute("notify tried")
    connection.close_if_unusable_or_obsolete()
    connection.close_if_health_check_failed()
    assert hot.one("select pg_backend_pid() as pid").pid == ours


def kill_our_backend() -> None:
    """End this thread's connection without a word, as it ends when the server's process is killed."""
    with socket.socket(fileno=os.dup(connection.connection.pgconn.socket)) as ours:
        ours.shutdown(socket.SHUT_RDWR)


def test_a_server_that_was_killed_is_away(company):
    hot.one("select 1 as one")
    kill_our_backend()
    with pytest.raises(OperationalError):
        hot.one("select 1 as one")
    connection.close_if_unusable_or_obsolete()
    assert hot.one("select 1 as one").one == 1


HELD = "select 1 from pg_locks where locktype = 'advisory' and objid = %(lock)s"


def test_an_import_says_why_it_broke_off_and_leaves_no_lock(company):
    def import_something() -> None:
        with alone():
            kill_our_backend()
            hot.one("select 1 as one")

    with pytest.raises(OperationalError):
        import_something()
    assert processes.gone(lambda: hot.rows(HELD, lock=IMPORTING), seconds=30)


def test_a_server_that_says_nothing_any_more_counts_as_gone(company):
    connection.ensure_connection()
    asked_for = connection.connection.info.get_parameters()
    assert asked_for.items() >= {name: str(value) for name, value in STILL_THERE.items()}.items()


HOLDS_LOCK = """
select exists (select from pg_locks where locktype = 'advisory' and objid = %(lock)s and pid = pg_backend_pid()) as it
"""


def test_the_lock_is_taken_again_with_a_connection_made_anew(company):
    stop, held, again = threading.Event(), [], []

    def lose_it_once() -> None:
        (again if held else held).append(hot.one(HOLDS_LOCK, lock=LOCK).it)
        if len(held) > len(again):
            kill_our_backend()
        elif again[-1] or len(again) > 200:
            stop.set()

    def follow() -> None:
        run_forever(stop, lose_it_once)
        connection.close()

    worker = threading.Thread(target=follow, daemon=True)
    worker.start()
    worker.join(60)
    stop.set()
    assert held == [True]
    assert again[-1]


def test_what_was_ordered_by_one_that_was_killed_is_told_by_the_next(company, monkeypatch):
    stop = threading.Event()
    told: list[tuple[int, int]] = []
    company.post("Nobody heard of it")
    _first, last = activity_worker.sequence()
    monkeypatch.setattr(activity_worker, "tell", lambda *positions: told.append(positions))
    run_forever(stop, stop.set)
    connection.close()
    assert told == [(last, last)]


def test_the_record_is_followed_after_the_server_was_killed(company, monkeypatch):
    stop, ended = threading.Event(), threading.Event()
    kills = iter([kill_our_backend] * 2)

    def kill_while_it_orders(sql: str) -> None:
        if threading.current_thread() is worker and sql == SEQUENCE:
            next(kills, stop.set)()

    def follow() -> None:
        run_forever(stop)
        ended.set()
        connection.close()

    worker = threading.Thread(target=follow, daemon=True)
    monkeypatch.setattr(hot, "observers", [kill_while_it_orders])
    Activity.objects.update(position=None)
    worker.start()
    worker.join(60)
    stop.set()
    assert ended.is_set()
    assert next(kills, None) is None
    assert not Activity.objects.filter(position=None).exists()


@pytest.mark.parametrize("error", [RuntimeError("of a kind that nobody thought of"), SystemExit()])
def test_a_worker_that_cannot_follow_ends(monkeypatch, error):
    codes: list[int] = []
    stopped: list[bool] = []

    def break_down(stop: threading.Event, beat: object) -> None:
        raise error

    monkeypatch.setattr("watercooler.spine.activity.worker.run_forever", break_down)
    monkeypatch.setattr(worker_process, "do_jobs", lambda stop, beat: stopped.append(stop.wait(30)))
    monkeypatch.setattr(worker_process.processes, "leave_with_parent", lambda parent: None)
    monkeypatch.setattr(worker_process.signal, "signal", lambda *_: None)
    monkeypatch.setattr(worker_process.sys, "argv", ["worker"])
    monkeypatch.setattr(worker_process.os, "_exit", codes.append)
    with suppress(SystemExit):
        worker_process.main()
    assert codes == [1]
    assert stopped == [True]
