"""What the supervisor does where starting something again fails too: it says so and tries later, and serves on."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from watercooler.config.options import Options
from watercooler.config.supervisor import Child, Supervisor
from watercooler.foundation.database import embedded


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Supervisor:
    return Supervisor(Options(data_dir=tmp_path), say=said.append)


def server(*, lives: bool) -> Any:
    """Return a database's process as the supervisor sees it."""
    process = SimpleNamespace(poll=lambda: None if lives else 1)
    return SimpleNamespace(process=process, stop=lambda: None)


def failing(monkeypatch: pytest.MonkeyPatch, times: int) -> list[Path]:
    """Let the database fail to start so many times. Returns the folders it was to be started in."""
    tries: list[Path] = []

    def start(data_dir: Path) -> Any:
        tries.append(data_dir)
        if len(tries) <= times:
            raise embedded.CannotStart("The database did not start. Its log ends:\nNo space left on device")
        return server(lives=True)

    monkeypatch.setattr(embedded, "start", start)
    return tries


def test_a_database_that_cannot_start_is_tried_again_later_and_later(
    supervisor: Supervisor, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = failing(monkeypatch, times=4)
    supervisor.database = server(lives=False)
    for _round in range(4):
        supervisor.database_restarts.again_at = 0.0
        supervisor._mend()
        supervisor._mend()  # not yet
    assert len(tries) == 5  # the first failure is followed by a try at once
    assert supervisor.database is not None
    assert supervisor.database.process.poll() is None
    assert said[0] == "The database stopped unexpectedly; starting it again."
    assert [words.splitlines()[-1] for words in said[1:]] == [
        "Trying to start the database again.",
        "Trying to start the database again in 0.5 s.",
        "Trying to start the database again in 1 s.",
        "Trying to start the database again in 2 s.",
    ]
    assert all("No space left on device" in words for words in said[1:])


def test_a_full_disk_keeps_nobody_from_being_started_again(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(words: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(supervisor, "say", full)
    (tmp_path / "processes.half").mkdir()  # nor can be written down who runs
    child = Child("web", [sys.executable, "-c", ""])
    supervisor.children.append(child)
    child.start({})
    assert child.process is not None
    first = child.process
    first.wait()
    supervisor._mend()
    assert child.process is not None
    assert child.process is not first
    child.process.wait()


def test_where_no_further_process_can_be_it_is_tried_later(supervisor: Supervisor, said: list[str]) -> None:
    child = Child("worker", ["/nowhere/at/all"])
    supervisor.children.append(child)
    supervisor._mend()
    assert child.process is None
    assert said[0].startswith("The worker process cannot be started (")
