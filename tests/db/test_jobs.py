"""Jobs that a killed worker left in the middle, and jobs of which one is enough."""

from __future__ import annotations

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.testing import InMemoryConnector

from watercooler.doors.feeds.jobs import look
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
