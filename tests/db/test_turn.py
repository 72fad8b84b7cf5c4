"""One at a time follows: the worker where there is one, an import where there is none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from structlog.testing import capture_logs

from watercooler.doors.importing import following
from watercooler.foundation.database import hot, processes
from watercooler.projections.feed.models import FeedEntry
from watercooler.spine.activity import turn, worker
from watercooler.spine.activity.worker import Waiting, run_forever

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 30
OTHERS = "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"


@contextmanager
def beside(work) -> Iterator[threading.Event]:
    """Do something on a thread and a connection of its own until the block ends."""
    stop = threading.Event()

    def run() -> None:
        try:
            work(stop)
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join(PATIENCE_SECONDS)


def hold(what):
    """Return what holds a lock until it is told to stop."""

    def work(stop: threading.Event) -> None:
        what()
        held.set()
        stop.wait(PATIENCE_SECONDS)

    held = threading.Event()
    work.held = held
    return work


def is_followed(item) -> bool:
    return processes.gone(lambda: not FeedEntry.objects.filter(pk=item.pk).exists(), PATIENCE_SECONDS)


def test_an_import_gives_the_turn_back_to_a_worker_that_comes(company):
    """Else nothing is followed until it ends: it takes whole batches, and may write nothing for minutes."""
    with following.followed() as caught_up:
        assert processes.gone(lambda: turn.holder() is None, PATIENCE_SECONDS)
        with beside(run_forever):
            assert is_followed(company.post("Is this followed?"))
        assert caught_up() is False


def test_an_import_leaves_the_turn_to_a_worker_that_has_not_taken_it_yet(company):
    waits = hold(turn.come)
    with beside(waits):
        assert waits.held.wait(PATIENCE_SECONDS)
        with following.followed() as caught_up:
            assert caught_up() is False
    assert turn.holder() is None


def test_without_a_worker_an_import_follows(company):
    with following.followed() as caught_up:
        post = company.post("Nobody else is here")
        assert caught_up() is True
    assert FeedEntry.objects.filter(pk=post.pk).exists()
    assert processes.gone(lambda: hot.rows(OTHERS), PATIENCE_SECONDS), "a connection of its own was left open"


def test_who_waits_says_once_who_follows_instead(company):
    follows = hold(turn.take)
    with beside(follows), capture_logs() as said:
        assert follows.held.wait(PATIENCE_SECONDS)
        ours = Waiting()
        assert [ours.take(), ours.take(), ours.is_ours()] == [False, False, False]
        other = turn.holder().pid
    assert [(line["event"], line["pid"]) for line in said] == [("somebody else follows", other)]
    assert processes.gone(lambda: turn.holder() is not None, PATIENCE_SECONDS)
    assert ours.take()
    assert ours.is_ours()
    turn.give()
    assert hot.one("select 1 as one").one == 1


def test_a_turn_that_is_not_given_back_is_taken(company, monkeypatch):
    """An import that was stopped by hand can give nothing back, and everybody would wait for it."""
    monkeypatch.setattr(worker, "GIVEN_BACK_SECONDS", 0.0)
    stopped = hold(turn.take)
    with beside(stopped):
        assert stopped.held.wait(PATIENCE_SECONDS)
        with beside(run_forever):
            assert is_followed(company.post("Is this followed?"))


def test_an_import_whose_turn_was_taken_leaves_the_rest_to_the_worker(company, monkeypatch):
    has_come = threading.Event()
    monkeypatch.setattr(following, "LOOK_SECONDS", 1000.0)
    monkeypatch.setattr(turn, "is_worker_here", has_come.is_set)
    with following.followed() as caught_up:
        assert processes.gone(lambda: turn.holder() is None, PATIENCE_SECONDS)
        has_come.set()
        assert turn.end_holder(turn.holder().pid)
        company.post("While nobody follows")
        assert caught_up() is False


def test_a_worker_takes_no_other_workers_turn(company):
    def work_elsewhere() -> None:
        turn.come()
        turn.take()

    other = hold(work_elsewhere)
    with beside(other):
        assert other.held.wait(PATIENCE_SECONDS)
        assert not turn.end_holder(turn.holder().pid)
        assert turn.holder()


def test_of_two_workers_the_other_takes_over(company):
    with beside(run_forever):
        assert is_followed(company.post("By the first"))
        first = turn.holder().pid
        with beside(run_forever):
            hot.rows("select pg_terminate_backend(%(pid)s::int)", pid=first)
            assert processes.gone(lambda: hot.rows("select from pg_stat_activity where pid = %(pid)s", pid=first), 30)
            assert is_followed(company.post("By either"))
