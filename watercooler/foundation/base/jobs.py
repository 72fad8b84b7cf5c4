"""Work done after the answer: jobs, kept in the database together with the act that asked for them.

A job is a plain function of names and numbers, marked with @job. `enqueue` asks for it; a test calls it. The modules
that hold jobs are listed in settings.JOBS; a worker process loads them through the framework's app
(`procrastinate.contrib.django.app`, or the management command `procrastinate worker`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import psycopg
from django.db import connection, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job as ProcrastinateJob
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from psycopg_pool import PoolClosed


@dataclass(frozen=True, slots=True)
class Job[**P, R]:
    """A function that a worker can run. Called directly, it runs at once."""

    name: str
    function: Callable[P, R]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.function(*args, **kwargs)


def job[**P, R](*, name: str, every: str = "", attempts: int = 4) -> Callable[[Callable[P, R]], Job[P, R]]:
    """Make a function a job.

    name: as "content.make_small"; jobs waiting in the database are found by it, so it stays. every: five cron fields
    in UTC; such a job takes no arguments and is asked for by the worker. attempts: how often in all a failing job is
    tried, waiting 10, 100, 1,000 seconds.
    """

    def declare(function: Callable[P, R]) -> Job[P, R]:
        retry = RetryStrategy(max_attempts=attempts - 1, exponential_wait=10) if attempts > 1 else False
        if every:
            # Two workers, or a slow round, must not pile up the same periodic job.
            task = app.task(_without_time(function), name=name, retry=retry, queueing_lock=name, lock=name)  # type: ignore[call-overload]
            app.periodic(cron=every)(task)
        else:
            app.task(_without_result(function), name=name, retry=retry)  # type: ignore[call-overload]
        return Job(name, function)

    return declare


def _without_time(function: Callable[..., Any]) -> Callable[..., None]:
    def run(timestamp: int) -> None:
        function()

    return run


def _without_result(function: Callable[..., Any]) -> Callable[..., None]:
    def run(**arguments: Any) -> None:
        function(**arguments)

    return run


def enqueue(wanted: Job[..., Any], *, alone: str = "", in_turn: str = "", **arguments: Any) -> None:
    """Ask for a job, in the present transaction: it is done if and only if the act is kept. Cost: one statement.

    alone: a word for jobs of which one waits and one runs at most; asking again while one waits does nothing.
    in_turn: a word for jobs of which all wait and one runs, so that slow ones leave room for others.
    """
    if not alone:
        _asked(wanted, lock=in_turn or None).defer(**arguments)
        return
    with suppress(AlreadyEnqueued), transaction.atomic():
        _asked(wanted, lock=alone, queueing_lock=alone).defer(**arguments)


def _asked(wanted: Job[..., Any], **locks: str | None) -> JobDeferrer:
    """Return a job to be asked for on the framework's connection.

    In a worker's process the app has a connection of its own, on which a job would be seen before what it is about:
    saved searches told of a thing when the next one came.
    """
    asked = app.configure_task(name=wanted.name, allow_unknown=False, **locks)
    asked.job_manager = _in_transaction()
    return asked


@cache
def _in_transaction() -> JobManager:
    return JobManager(DjangoConnector())


AGAIN_SECONDS = 1.0
LOOK = """select pg_notify('procrastinate_any_queue_v1', '{"type": "job_inserted", "job_id": 0}')"""
"""What the database says where a job was asked for, said once more."""


class TellingManager(JobManager):
    """Tells the database how a job ended until it has heard it.

    A job whose end was lost, with the connection that it was told on, would keep its lock for as long as the worker
    lives, and every later job under the same lock would wait.
    """

    async def finish_job(self, job: ProcrastinateJob, *args: Any, **kwargs: Any) -> None:
        await _until_heard(partial(super().finish_job, job, *args, **kwargs))
        if job.lock:  # else what waits for the same lock is found by looking, up to 5 s later
            with suppress(ConnectorException):
                await self.connector.execute_query_async(LOOK)

    async def retry_job(self, *args: Any, **kwargs: Any) -> None:
        await _until_heard(partial(super().retry_job, *args, **kwargs))


async def _until_heard(tell: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            return await tell()
        except ConnectorException as error:
            is_away = isinstance(error.__cause__, psycopg.OperationalError)
            if not is_away or isinstance(error.__cause__, PoolClosed):
                raise
        await asyncio.sleep(AGAIN_SECONDS)


MOST_ATTEMPTS = 10
# A worker tells every ten seconds that it is there. A job that one killed in the middle left behind keeps its lock, and
# every later job under the same lock would wait for ever.
LEFT_BEHIND = """
select j.id, j.attempts >= %(most)s or exists (
    select from procrastinate_jobs o where o.queueing_lock = j.queueing_lock and o.status = 'todo') as is_over
from procrastinate_jobs j left join procrastinate_workers w on w.id = j.worker_id
where j.status = 'doing' and (w.id is null or w.last_heartbeat < now() - interval '60 seconds')
for update of j skip locked
"""


@transaction.atomic
def take_up_left_behind() -> int:
    """Let jobs that a killed worker left in the middle be done again. Returns how many were found.

    One that was asked for again meanwhile, or that ten workers did not survive, is given up. Cost: one query.
    """
    with connection.cursor() as cursor:
        cursor.execute(LEFT_BEHIND, {"most": MOST_ATTEMPTS})
        found = cursor.fetchall()
        for job_id, is_over in found:
            if is_over:
                cursor.execute("update procrastinate_jobs set status = 'failed' where id = %s", [job_id])
            else:
                cursor.execute("select procrastinate_retry_job_v2(%s, now(), null, null, null)", [job_id])
    return len(found)
