"""Jobs that a killed worker left in the middle, and jobs of which one is enough."""

from __future__ import annotations

import threading

import psycopg
import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as ProcrastinateJobRow
from procrastinate.jobs import Status
from procrastinate.testing import InMemoryConnector
from psycopg_pool import PoolClosed, PoolTimeout

from tests import loops
from watercooler.config import worker
from watercooler.doors.feeds.jobs import look
from watercooler.foundation.base import jobs
from watercooler.foundation.base.jobs import MOST_ATTEMPTS, take_up_left_behind

pytestmark = pytest.mark.django_db


def begun(beat: str = "", attempts: int = 0) -> int:
    """Ask for a job and let a worker begin it, whose last beat was `beat` ago; no beat, no worker. Returns its id."""
    look(1)
    with connection.cursor() as cursor:
        worker = None
        if beat:
            ago = "insert into procrastinate_workers (last_heartbeat) values (now() - %s::interval) returning id"
            cursor.execute(ago, [beat])
            worker = cursor.fetchone()[0]
        cursor.execute(
            "update procrastinate_jobs set status = 'doing', worker_id = %s, attempts = %s where status = 'todo'"
            " returning id",
            [worker, attempts],
        )
        return int(cursor.fetchone()[0])


def state(job_id: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=job_id).status)


@pytest.mark.parametrize("beat", ["", "2 minutes"])
def test_what_a_killed_worker_left_is_done_again(beat):
    job_id = begun(beat)
    assert take_up_left_behind() == 1
    assert state(job_id) == "todo"
    assert take_up_left_behind() == 0


def test_what_a_living_worker_does_is_left_to_it():
    job_id = begun("20 seconds")
    assert take_up_left_behind() == 0
    assert state(job_id) == "doing"


def test_what_was_asked_for_again_is_done_once():
    job_id = begun()
    look(1)
    assert take_up_left_behind() == 1
    assert state(job_id) == "failed"
    assert ProcrastinateJob.objects.filter(status="todo").count() == 1


def test_a_job_that_no_worker_survives_is_given_up():
    job_id = begun(attempts=MOST_ATTEMPTS)
    take_up_left_behind()
    assert state(job_id) == "failed"


def test_a_job_is_asked_for_in_the_present_transaction_in_a_worker_too():
    with app.replace_connector(InMemoryConnector()):
        look(1)
    assert ProcrastinateJob.objects.count() == 1


class Deaf(InMemoryConnector):
    """A database that does not hear the first things it is told, for this reason."""

    def __init__(self, reasons: list[Exception]) -> None:
        super().__init__()
        self.reasons = reasons
        self.told = 0
        self.queries: list[str] = []

    async def execute_query_async(self, query: str, **arguments: object) -> None:
        self.told += 1
        self.queries.append(query)
        if self.reasons:
            raise ConnectorException from self.reasons.pop(0)


def ended(lock: str | None = "a") -> ProcrastinateJobRow:
    return ProcrastinateJobRow(id=1, queue="default", lock=lock, queueing_lock=None, task_name="a")


def test_the_end_of_a_job_is_told_until_it_is_heard(monkeypatch):
    monkeypatch.setattr(jobs, "AGAIN_SECONDS", 0)
    for tell in (
        lambda manager: manager.finish_job(job=ended(lock=None), status=Status.SUCCEEDED, delete_job=True),
        lambda manager: manager.retry_job(job=ended()),
    ):
        deaf = Deaf([psycopg.OperationalError("the connection is lost"), PoolTimeout("none within 30 s")])
        loops.run(tell(jobs.TellingManager(deaf)))
        assert deaf.told == 3


@pytest.mark.parametrize("reason", [psycopg.errors.RaiseException("not doing"), PoolClosed("the worker ends")])
def test_the_end_of_a_job_that_nobody_wants_to_hear_is_told_once(reason):
    deaf = Deaf([reason])
    with pytest.raises(ConnectorException):
        loops.run(jobs.TellingManager(deaf).finish_job(job=ended(), status=Status.SUCCEEDED, delete_job=True))
    assert deaf.told == 1


@pytest.mark.parametrize(("lock", "times"), [("files", 1), (None, 0)])
def test_what_waits_for_the_same_lock_is_looked_for_at_once(lock, times):
    connector = Deaf([])
    end = jobs.TellingManager(connector).finish_job(job=ended(lock), status=Status.SUCCEEDED, delete_job=True)
    loops.run(end)
    assert connector.queries.count(jobs.LOOK) == times


def test_looking_for_what_was_left_behind_stops_no_other_job(monkeypatch):
    def be_away() -> int:
        raise OperationalError("the database is away")

    monkeypatch.setattr(jobs, "take_up_left_behind", be_away)
    worker._take_up_left_behind()


def test_a_worker_whose_jobs_thread_ends_is_ended(monkeypatch):
    def end_the_thread(*_about: object) -> None:
        raise SystemExit

    monkeypatch.setattr(worker, "_work", end_the_thread)
    stop = threading.Event()
    with pytest.raises(SystemExit):
        worker.do_jobs(stop)
    assert stop.is_set()
