"""One parent for everything an installation runs: the database, the web process and the worker.

A child that dies is started again. Ctrl-C and SIGTERM stop all in order. When the supervisor itself is killed, its
children leave with it, and whatever is left is ended by the next start.
"""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

from watercooler.config import beats
from watercooler.config.options import REPOSITORY, Options, address
from watercooler.config.problems import CannotRun
from watercooler.foundation.database import embedded, processes

PATIENCE_SECONDS = 8.0
"""How long a child may take to finish what it is doing before it is killed."""

STEADY_SECONDS = 20.0
"""A child that lived this long starts again at once; one that dies sooner waits twice as long each time."""

LONGEST_PAUSE_SECONDS = 30.0
TELLING_SECONDS = 1.0
"""How long a child that is hung has to write down where its threads are."""
Say = Callable[[str], None]


@dataclass
class Restarts:
    """When something that dies may be started again."""

    started: float = 0.0
    failures: int = 0
    again_at: float = 0.0

    def wait(self) -> float:
        """Return the seconds to wait, doubling while it keeps dying early."""
        self.failures = 0 if time.monotonic() - self.started > STEADY_SECONDS else self.failures + 1
        pause = 0.0 if self.failures <= 1 else min(LONGEST_PAUSE_SECONDS, 0.5 * 2.0 ** (self.failures - 2))
        self.again_at = time.monotonic() + pause
        return pause

    def is_time(self) -> bool:
        return time.monotonic() >= self.again_at


@dataclass
class Child:
    """A process of ours: how it is started, and when it may be started again."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    restarts: Restarts = field(default_factory=Restarts)
    pulse: beats.Pulse | None = None

    def start(self, environment: Mapping[str, str]) -> None:
        self.restarts.started = time.monotonic()
        pulse, writer = beats.pipe()
        try:
            self.process = subprocess.Popen(
                [*self.command, str(os.getpid()), str(writer)],
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the supervisor alone
                pass_fds=(writer,),
            )
        except OSError:
            pulse.close()
            raise
        finally:
            os.close(writer)
        if self.pulse is not None:
            self.pulse.close()
        self.pulse = pulse

    def end_if_hung(self, seconds: float) -> bool:
        """Kill it if it gives no sign of life any more, and say whether it was. It is asked first where it is stuck.

        seconds: since this was asked last.
        """
        if self.process is None or self.pulse is None or self.died() or not self.pulse.look(seconds):
            return False
        processes.send(self.process.pid, beats.TELL)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(TELLING_SECONDS)
        processes.send(self.process.pid, signal.SIGKILL)
        self.process.wait()
        return True

    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self, seconds: float = PATIENCE_SECONDS) -> None:
        """End it: asked first, killed after `seconds`."""
        if self.process is None:
            return
        for which, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, 5.0)):
            if self.process.poll() is None:
                processes.send(self.process.pid, which)
                try:
                    self.process.wait(patience)
                except subprocess.TimeoutExpired:
                    continue
        self.process = None


@dataclass
class Supervisor:
    """Runs one installation until it is told to stop.

    `prepare` is run once the database answers and before anything serves; it gets the environment of the children.
    `ready` is called when pages are answered.
    """

    options: Options
    say: Say = print
    prepare: Callable[[Mapping[str, str]], None] = lambda environment: None
    ready: Callable[[], None] = lambda: None
    database: embedded.Server | None = None
    database_restarts: Restarts = field(default_factory=Restarts)
    children: list[Child] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    _is_database_away: bool = False
    _stopping: bool = False
    _looked_at: float = field(default_factory=time.monotonic)
    _lock: IO[str] | None = None

    def run(self) -> int:
        """Start everything, keep it running, and stop it. Returns the exit code. Raises CannotRun."""
        self.lock()
        wake = self._listen_to_signals()
        try:
            self._end_leftovers()
            require_free_port(self.options.host, self.options.port)
            self._start_database()
            if not self._stopping:
                self.prepare(self.environment)
            if not self._stopping:
                # Again, because preparing takes a while: two servers may listen at one port, and would answer in turns.
                require_free_port(self.options.host, self.options.port)
                self._start_children()
                self._await_health()
                self._watch(wake)
        finally:
            self.stop()
        return 0

    def lock(self) -> None:
        """Claim the installation's folder for this process. Raises CannotRun if another runs in it."""
        self.options.data_dir.mkdir(parents=True, exist_ok=True)
        self._lock = (self.options.data_dir / "running").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.seek(0)
            by = self._lock.read().strip()
            raise CannotRun(
                f"Watercooler already runs in {self.options.data_dir}{f' ({by})' if by else ''}. "
                "Stop it first, or name another folder with --data."
            ) from None
        self._lock.truncate(0)
        self._lock.write(f"process {os.getpid()}, {address(self.options)}")
        self._lock.flush()

    def stop(self) -> None:
        """Stop web, worker and database, in this order, and give the folder back."""
        for child in self.children:
            child.stop()
        if self.database is not None:
            self.database.stop()
            self.database = None
        (self.options.data_dir / "processes.json").unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.truncate(0)
            self._lock.close()

    def _listen_to_signals(self) -> int:
        """Return a pipe that becomes readable when a child dies or somebody wants an end."""
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        os.set_blocking(reader, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for which in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(which, self._asked_to_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        return reader

    def _asked_to_stop(self, *_: object) -> None:
        if not self._stopping:
            self.say("Stopping …")
        self._stopping = True

    def _start_database(self) -> None:
        if self.options.database_url:
            self.environment["DATABASE_URL"] = self.options.database_url
            return
        self.database_restarts.started = time.monotonic()
        self.database = embedded.start(self.options.data_dir)
        self.environment["DATABASE_URL"] = self.database.url
        self._record()

    def _start_children(self) -> None:
        for name, module in (("web", "watercooler.config.server"), ("worker", "watercooler.config.worker")):
            child = Child(name, [sys.executable, "-m", module])
            self.children.append(child)
            child.start(self.environment)
        self._record()

    def _watch(self, wake: int) -> None:
        while not self._stopping:
            waits = [c.restarts.again_at - time.monotonic() for c in self.children if c.process is None]
            select.select([wake], [], [], max(0.0, min([*waits, 1.0])))
            self._drain(wake)
            self._end_hung()
            self._mend()

    def _end_hung(self) -> None:
        """End children that run and do nothing, so that they are started again. Looks once a second."""
        now = time.monotonic()
        if now - self._looked_at < beats.SECONDS:
            return
        seconds, self._looked_at = now - self._looked_at, now
        for child in self.children:
            if child.end_if_hung(seconds):
                assert child.pulse is not None
                self._tell(f"The {child.name} process has done nothing for {child.pulse.silent:.0f} s; ending it.")

    @staticmethod
    def _drain(wake: int) -> None:
        try:
            while os.read(wake, 512):
                pass
        except BlockingIOError:
            return

    def _mend(self) -> None:
        """Start again what died, the database first. Nothing that goes wrong here ends the others."""
        if self._stopping:
            return
        if self.database is not None and self.database.process.poll() is not None:
            self._mend_database(self.database)
        for child in self.children:
            if child.died():
                assert child.process is not None
                code = child.process.returncode
                child.process = None
                pause = child.restarts.wait()
                self._tell(f"The {child.name} process ended ({_how(code)}); starting it again{_after(pause)}.")
            if child.process is None and child.restarts.is_time():
                self._start_again(child)

    def _mend_database(self, died: embedded.Server) -> None:
        """Start the database again. One that cannot start, as on a full disk, is tried again later and later."""
        if not self._is_database_away:
            self._is_database_away = True
            pause = self.database_restarts.wait()
            self._tell(f"The database stopped unexpectedly; starting it again{_after(pause)}.")
        if not self.database_restarts.is_time():
            return
        self.database_restarts.started = time.monotonic()
        try:
            died.stop()
            self.database = embedded.start(self.options.data_dir)
        except (embedded.CannotStart, OSError) as error:
            pause = self.database_restarts.wait()
            self._tell(f"{error}\nTrying to start the database again{_after(pause)}.")
            return
        self._is_database_away = False
        self._record()

    def _start_again(self, child: Child) -> None:
        try:
            child.start(self.environment)
        except OSError as error:  # no memory for another process, for now
            pause = child.restarts.wait()
            self._tell(f"The {child.name} process cannot be started ({error}); trying again{_after(pause)}.")
            return
        self._record()

    def _tell(self, sentence: str) -> None:
        """Say it, if somebody still hears: a log on a full disk keeps nobody from being started again."""
        with suppress(OSError):
            self.say(sentence)

    def _await_health(self, seconds: float = 60) -> None:
        """Return when pages are answered, and say so."""
        until = time.monotonic() + seconds
        while not self._stopping and time.monotonic() < until:
            if is_healthy(self.options.host, self.options.port):
                return self.ready()
            if self.children[0].died():
                raise CannotRun("The web process ended while starting. What it said is above.")
            time.sleep(0.02)
        if not self._stopping:
            raise CannotRun(f"The web process did not answer within {seconds:.0f} s.")
        return None

    def _record(self) -> None:
        """Write down whom we started, for the case that we are killed."""
        running = {child.name: processes.mark(child.process.pid) for child in self.children if child.process}
        path = self.options.data_dir / "processes.json"
        half = path.with_suffix(".half")
        with suppress(OSError):  # a full disk: the kernel ends them with us, and the next start looks at the port
            half.write_text(json.dumps(running))
            half.replace(path)

    def _end_leftovers(self) -> None:
        """End what a killed supervisor left running. A pid is believed only with its start time."""
        path = self.options.data_dir / "processes.json"
        try:
            marks: list[str] = list(json.loads(path.read_text()).values())
        except (FileNotFoundError, ValueError):
            return
        for which in (signal.SIGTERM, signal.SIGKILL):
            for marked in filter(processes.is_there, marks):
                processes.send(int(marked.split()[0]), which)
            if processes.gone(lambda: any(map(processes.is_there, marks)), seconds=1):
                break
        path.unlink(missing_ok=True)


def require_free_port(host: str, port: int) -> None:
    """Raise CannotRun if another program listens there, or the address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise CannotRun(f"Port {port} is reserved for the system. Choose one above 1023 with --port.") from None
        except OSError as error:
            raise CannotRun(
                f"Port {port} on {host} cannot be used ({error.strerror or error}). Another program may have it: "
                f"choose another with --port, for example --port {port + 1 if port < 65535 else 8000}."
            ) from None


def is_healthy(host: str, port: int) -> bool:
    """Say whether a web process of ours answers there."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = http.client.HTTPConnection(here, port, timeout=2)
    try:
        connection.request("GET", "/live/health")
        return connection.getresponse().read() == b"well"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def run_module(environment: Mapping[str, str], module: str, *arguments: str) -> int:
    """Run one of our modules to its end in a process of its own, and return its exit code."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments], env=environment, cwd=REPOSITORY, check=False
    ).returncode


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"code {code}"


def _after(pause: float) -> str:
    return f" in {pause:g} s" if pause else ""
