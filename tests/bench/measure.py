"""Processor time of processes, and requests made one after another on kept connections."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Cost:
    """Of one request: milliseconds of processor in the application and the database, wall times, bytes."""

    app_ms: float
    db_ms: float
    p50_ms: float
    p99_ms: float
    bytes: int
    requests: int

    @property
    def all_ms(self) -> float:
        return self.app_ms + self.db_ms


def free_port() -> int:
    """Return a port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def seconds(processes: Sequence[psutil.Process]) -> float:
    """Return the processor time, user and system, of processes and their children so far."""
    total = 0.0
    for process in processes:
        for each in (process, *process.children(recursive=True)):
            try:
                times = each.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
    return total


def resident_mib(processes: Sequence[psutil.Process]) -> float:
    """Return the memory held by processes and their children, shared pages counted once where the system says (PSS)."""
    total = 0
    for process in processes:
        for each in (process, *process.children(recursive=True)):
            try:
                total += each.memory_full_info().pss
            except (psutil.NoSuchProcess, psutil.AccessDenied, AttributeError):
                continue
    return total / 2**20


@contextmanager
def running(module: str, *arguments: str, port: int, **environment: str) -> Iterator[psutil.Process]:
    """Run `python -m module` until its port answers, and end it afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments], cwd=REPOSITORY, env={**os.environ, **environment}
    )
    try:
        _await(port, process)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode} before it answered.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not answer in 30 seconds.")


class Browser:
    """One kept connection with one person's cookie."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Cookie": cookie, "Accept-Encoding": "identity"} if cookie else {}

    def get(self, path: str) -> int:
        """Return the bytes of an answer. Raises RuntimeError for anything but 200."""
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}.")
        return len(body)


def cost(
    paths: Sequence[str],
    browsers: Sequence[Browser],
    app: psutil.Process,
    database: Sequence[psutil.Process],
    times: int,
) -> Cost:
    """Ask for the paths in turn, `times` requests in all, and return what one cost. The first round is not counted."""
    for index in range(min(times, max(len(paths), len(browsers)) * 2)):
        browsers[index % len(browsers)].get(paths[index % len(paths)])
    walls, sizes = [], []
    app_before, db_before = seconds([app]), seconds(database)
    for index in range(times):
        began = time.perf_counter()
        sizes.append(browsers[index % len(browsers)].get(paths[index % len(paths)]))
        walls.append((time.perf_counter() - began) * 1000)
    app_ms = (seconds([app]) - app_before) * 1000 / times
    db_ms = (seconds(database) - db_before) * 1000 / times
    ordered = sorted(walls)
    return Cost(
        app_ms,
        db_ms,
        statistics.median(walls),
        ordered[int(len(ordered) * 0.99) - 1],
        int(statistics.mean(sizes)),
        times,
    )
