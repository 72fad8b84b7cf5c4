"""Processor time of processes, and requests made one after another on kept connections."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psutil

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass
class Cost:
    """Of one page, added up over its requests: processor seconds, wall milliseconds and bytes of each."""

    app: float = 0.0
    db: float = 0.0
    walls: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    @property
    def app_ms(self) -> float:
        return self.app * 1000 / len(self.walls)

    @property
    def db_ms(self) -> float:
        return self.db * 1000 / len(self.walls)

    @property
    def all_ms(self) -> float:
        return self.app_ms + self.db_ms

    def wall_ms(self, part: float) -> float:
        """Return the wall time that so many of all requests stayed under: 0.5 for the median."""
        return sorted(self.walls)[max(0, int(len(self.walls) * part) - 1)]


def free_port() -> int:
    """Return a port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


Clock = dict[tuple[int, int], float]


def clock(processes: Sequence[psutil.Process]) -> Clock:
    """Return the processor time, in seconds, of processes and their children so far: (process, thread) → time.

    Linux counts it in nanoseconds for each thread (proc/schedstat); elsewhere it comes in ticks of 10 ms.
    """
    found: Clock = {}
    for process in processes:
        try:
            for pid in _family(process.pid):
                found |= _threads(pid)
        except OSError:
            for each in (process, *process.children(recursive=True)):
                found[each.pid, 0] = _ticks(each)
    return found


def _family(pid: int) -> list[int]:
    """Return a process and all below it. Reading every process of the machine instead would empty its caches."""
    found = [pid]
    for one in found:
        with contextlib.suppress(FileNotFoundError):
            for thread in os.listdir(f"/proc/{one}/task"):
                with open(f"/proc/{one}/task/{thread}/children", "rb") as file:
                    found += map(int, file.read().split())
    return found


def since(before: Clock, processes: Sequence[psutil.Process]) -> float:
    """Return the seconds that processes and their children used since then; what ended in between is left out."""
    return sum(time - before.get(thread, 0.0) for thread, time in clock(processes).items())


def _threads(pid: int) -> Clock:
    found: Clock = {}
    for thread in os.listdir(f"/proc/{pid}/task"):
        with contextlib.suppress(FileNotFoundError), open(f"/proc/{pid}/task/{thread}/schedstat", "rb") as file:
            found[pid, int(thread)] = int(file.read().split()[0]) / 1e9
    return found


def _ticks(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


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


@contextmanager
def working() -> Iterator[psutil.Process]:
    """Run the worker as the supervisor does, and end it afterwards."""
    process = subprocess.Popen([sys.executable, "-m", "watercooler.config.worker"], cwd=REPOSITORY)
    try:
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
        try:
            self._connection.request("GET", path, headers=self._headers)
        except BrokenPipeError:  # closed while other pages had their turn
            self._connection.close()
            self._connection.request("GET", path, headers=self._headers)
        return self._read(path, 200)

    def post(self, path: str, fields: dict[str, str]) -> int:
        """Send a form. Raises RuntimeError unless the browser is sent on, as after everything that was done."""
        headers = {
            **self._headers,
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
        }
        self._connection.request("POST", path, urlencode(fields), headers)
        return self._read(path, 302)

    def _read(self, path: str, expected: int) -> int:
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != expected:
            raise RuntimeError(f"{path} answered {answer.status}.")
        return len(body)


@dataclass
class Asked:
    """A page to measure: its addresses and who asks for them, in turn."""

    paths: Sequence[str]
    browsers: Sequence[Browser]
    app: psutil.Process
    cost: Cost = field(default_factory=Cost)
    _next: int = 0

    def ask(self) -> int:
        index, self._next = self._next, self._next + 1
        return self.browsers[index % len(self.browsers)].get(self.paths[index % len(self.paths)])


AT_ONCE = 25
"""Requests of one page before the next page has its turn."""


def in_turns(pages: Sequence[Asked], database: Sequence[psutil.Process], times: int) -> None:
    """Ask for every page so often, some requests each in turn, so that all meet the same machine.

    What each costs is added to its `cost`. The first round, in which everybody is met once, is not counted.
    """
    for page in pages:
        for _ in range(min(times, max(len(page.paths), len(page.browsers)) * 2)):
            page.ask()
    for _ in range(-(-times // AT_ONCE)):
        for page in pages:
            _some(page, database)


def _some(page: Asked, database: Sequence[psutil.Process]) -> None:
    app, db = clock([page.app]), clock(database)
    for _ in range(AT_ONCE):
        began = time.perf_counter()
        page.cost.sizes.append(page.ask())
        page.cost.walls.append((time.perf_counter() - began) * 1000)
    page.cost.app += since(app, [page.app])
    page.cost.db += since(db, database)


def rate(page: Asked, times: int) -> float:
    """Return requests a second with every browser asking as fast as it is answered. The asking costs as well."""

    def one(index: int) -> None:
        page.browsers[index].get(page.paths[index % len(page.paths)])

    many = range(len(page.browsers))
    with ThreadPoolExecutor(len(page.browsers)) as threads:
        began = time.perf_counter()
        for _ in range(-(-times // len(page.browsers))):
            list(threads.map(one, many))
        return len(page.browsers) * -(-times // len(page.browsers)) / (time.perf_counter() - began)
