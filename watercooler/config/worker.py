"""The worker process: orders activities and lets projections follow, and does the jobs that requests left behind."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import partial

import structlog

from watercooler.config import beats
from watercooler.foundation.database import processes

log = structlog.get_logger()
JOBS_AT_ONCE = 2
GRACE_SECONDS = 3.0
LOOK_SECONDS = 60.0


def do_jobs(stop: threading.Event, beat: Callable[[], None] = lambda: None) -> None:
    """Do queued and periodic jobs until `stop` is set, surviving a database that goes away and comes back."""
    from procrastinate.contrib.django import app

    from watercooler.foundation.base.jobs import TellingManager

    try:
        while not stop.is_set():
            try:
                with app.replace_connector(app.connector.get_worker_connector()) as with_pool:  # type: ignore[attr-defined]
                    with_pool.job_manager = TellingManager(with_pool.connector)
                    asyncio.run(_work(with_pool, stop, beat))
            except Exception as error:
                log.warning("jobs paused", error=str(error))
            beat()
            stop.wait(1)
    finally:
        stop.set()  # whatever ended this thread: a worker that does no jobs is to be started again


def _take_up_left_behind() -> None:
    from django.db import Error, close_old_connections

    from watercooler.foundation.base.jobs import take_up_left_behind

    try:
        if found := take_up_left_behind():
            log.info("jobs taken up", left_behind=found)
    except Error as error:  # and looked for again in a minute; jobs under way go on
        log.warning("jobs left behind were not looked for", error=str(error))
    finally:
        close_old_connections()


async def _work(app: object, stop: threading.Event, beat: Callable[[], None]) -> None:
    async with app.open_async():  # type: ignore[attr-defined]
        work = asyncio.ensure_future(
            app.run_worker_async(  # type: ignore[attr-defined]
                concurrency=JOBS_AT_ONCE,
                install_signal_handlers=False,
                shutdown_graceful_timeout=GRACE_SECONDS,
                delete_jobs="successful",
            )
        )
        looks_at = 0.0
        while not work.done() and not stop.is_set():
            if time.monotonic() >= looks_at:
                await asyncio.to_thread(_take_up_left_behind)
                looks_at = time.monotonic() + LOOK_SECONDS
            await asyncio.wait([work], timeout=0.2)
            beat()
        work.cancel()
        try:
            await work
        except asyncio.CancelledError:
            return


def main() -> None:
    """Run the worker as a child of the supervisor, whose pid is the first argument."""
    parent = int(sys.argv[1]) if len(sys.argv) > 1 else os.getppid()
    processes.leave_with_parent(parent)
    give = beats.own()
    stop = threading.Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        signal.signal(which, lambda *_: stop.set())

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watercooler.config.settings")
    django.setup()
    from watercooler.spine.activity.worker import run_forever

    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # “jobs paused” says it once, the pool many times
    watch = beats.Watch(give)
    jobs = threading.Thread(target=do_jobs, args=(stop, partial(watch.came_round, "jobs")), name="jobs")
    jobs.start()
    threading.Thread(target=watch.run, args=(stop,), name="beats", daemon=True).start()

    def beat() -> None:
        watch.came_round("follower")
        if os.getppid() != parent:
            stop.set()

    code = 1
    try:
        run_forever(stop, beat)
        code = 0
    except Exception:
        log.exception("worker ends")  # and is started again: with jobs alone it would look alive, and follow nothing
    finally:
        stop.set()
        jobs.join(GRACE_SECONDS + 2)
        os._exit(code)  # a job that ignores its end may not keep the process, nor whatever went wrong above


if __name__ == "__main__":
    main()
