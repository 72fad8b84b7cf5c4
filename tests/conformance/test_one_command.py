"""One command: everything starts, everything stops, and whatever is killed prevents no next start."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from watercooler.config.supervisor import is_healthy
from watercooler.foundation.database import embedded, processes

REPOSITORY = Path(__file__).resolve().parents[2]
SUPERVISE = """
from watercooler.config.commands.progress import say
from watercooler.config.options import options
from watercooler.config.problems import CannotRun
from watercooler.config.supervisor import Supervisor, run_module
try:
    Supervisor(options, say=say, ready=lambda: say("ready"),
               prepare=lambda environment: run_module(environment, "watercooler.config.commands.prepare")).run()
except CannotRun as problem:
    say(f"refused: {problem}")
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """A folder, a port, and whoever supervises there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None

    def surroundings(self, port: int = 0, **options: str) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("WATERCOOLER", "DATABASE_URL"))
        }
        own = {"WATERCOOLER_DATA_DIR": str(self.folder), "WATERCOOLER_PORT": str(port or self.port)}
        ours = {"PYTHONPATH": str(REPOSITORY), "DJANGO_SETTINGS_MODULE": "watercooler.config.settings"}
        return {**kept, **own, **ours, **options}

    def launch(self, port: int = 0, **options: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", SUPERVISE],
            env=self.surroundings(port, **options),
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, **options: str) -> None:
        """Start, and wait until pages are answered."""
        self.process = self.launch(**options)
        self.hear("ready")

    def run(self, code: str) -> None:
        """Run some Python beside it, with its settings and its database."""
        subprocess.run([sys.executable, "-c", code], env=self.surroundings(), check=True)

    def hear(self, words: str) -> str:
        """Return the next line the supervisor says that contains these words."""
        assert self.process is not None
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if words in line:
                return line
        raise AssertionError(f"It ended without saying “{words}”.")

    def marks(self) -> dict[str, str]:
        marks: dict[str, str] = json.loads((self.folder / "processes.json").read_text())
        postmaster = (self.folder / "postgres").resolve() / "data" / "postmaster.pid"
        return {**marks, "database": processes.mark(int(postmaster.read_text().split()[0]))}

    def kill(self, name: str) -> None:
        os.kill(int(self.marks()[name].split()[0]), signal.SIGKILL)

    def end(self, which: int = signal.SIGTERM) -> None:
        """Send the supervisor a signal and wait for its end."""
        assert self.process is not None
        self.process.send_signal(which)
        self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def answers(self) -> bool:
        return is_healthy("127.0.0.1", self.port)


@contextmanager
def temporary_installation() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="watercooler-test-") as name:
        Path(name).chmod(0o755)
        installation = Installation(Path(name))
        yield installation
        if installation.process is not None and installation.process.poll() is None:
            installation.end(signal.SIGKILL)
        embedded.remove(installation.folder)


@pytest.fixture(scope="module")
def prepared() -> Iterator[Installation]:
    """An installation with its tables made. Tests find it stopped and leave it stopped."""
    with temporary_installation() as installation:
        installation.start()
        installation.end()
        yield installation


@pytest.fixture
def installation(prepared: Installation) -> Iterator[Installation]:
    prepared.port = free_port()
    yield prepared
    if prepared.process is not None and prepared.process.poll() is None:
        prepared.end(signal.SIGKILL)


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGINT])
def test_a_second_start_is_quick_and_an_end_leaves_nothing(installation: Installation, which: int) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    installation.start()
    running = installation.marks()
    assert set(running) == {"web", "worker", "database"}
    assert all(map(processes.is_there, running.values()))
    installation.end(which)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Processor time, and much of it, for busy machines. An idle one takes 2.2 s, and 1.3 s by the clock.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 15
    assert installation.process is not None
    assert installation.process.returncode == 0
    assert not any(map(processes.is_there, running.values()))
    assert not (installation.folder / "processes.json").exists()


def test_a_killed_supervisor_prevents_no_next_start(installation: Installation) -> None:
    installation.start()
    old = installation.marks()
    installation.end(signal.SIGKILL)
    installation.start()
    assert not any(map(processes.is_there, old.values()))
    assert installation.answers()
    installation.end()


def test_whatever_dies_is_started_again(installation: Installation) -> None:
    installation.start()
    first = installation.marks()
    for name, said in (
        ("web", "web process ended"),
        ("worker", "worker process ended"),
        ("database", "database stopped"),
    ):
        installation.kill(name)
        installation.hear(said)
        assert processes.gone(lambda: not installation.answers(), seconds=10)
    assert processes.gone(lambda: any(first[name] == mark for name, mark in installation.marks().items()), seconds=10)
    installation.end()


def test_a_second_supervisor_in_the_same_folder_is_refused_in_words(installation: Installation) -> None:
    installation.start()
    said, _ = installation.launch(port=free_port()).communicate(timeout=20)
    assert re.search(r"refused: Watercooler already runs in .+ \(process \d+, http://", said)
    assert installation.answers()
    installation.end()


def test_a_port_in_use_is_said_before_anything_starts(installation: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        said, _ = installation.launch().communicate(timeout=20)
    assert f"refused: Port {installation.port} on 127.0.0.1 cannot be used" in said
    assert "--port" in said
    assert not ((installation.folder / "postgres").resolve() / "data" / "postmaster.pid").exists()


def test_a_pid_that_now_belongs_to_somebody_else_is_left_alone(installation: Installation) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    (installation.folder / "processes.json").write_text(json.dumps({"web": f"{bystander.pid} 1.00"}))
    installation.start()
    installation.end()
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()
