"""A process that runs and does nothing is noticed, ended and started again; one that is only slow is not."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import loops
from watercooler.config import beats, server
from watercooler.config.bridge.threads import Threads
from watercooler.config.options import Options
from watercooler.config.supervisor import Child, Supervisor

LIVES = """
import sys, time
from watercooler.config import beats
give = beats.own()
while True:
    give()
    time.sleep(0.01)
"""
ROUNDS = int(max(beats.FIRST_SECONDS, beats.SILENT_SECONDS) / beats.SECONDS) + 1


@pytest.fixture
def child() -> Iterator[Child]:
    one = Child("worker", [sys.executable, "-c", LIVES])
    one.start({**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])})
    yield one
    one.stop(0)


def await_sign(one: Child) -> None:
    assert one.pulse is not None
    os.set_blocking(one.pulse.reader, True)
    one.pulse.look(0)
    os.set_blocking(one.pulse.reader, False)


def test_a_child_that_is_stopped_is_ended_and_started_again(child: Child, tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(Options(data_dir=tmp_path), say=said.append, children=[child])
    supervisor.environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    await_sign(child)
    assert child.process is not None
    first = child.process
    first.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, first.pid, os.WSTOPPED | os.WNOWAIT)
    for _second in range(ROUNDS):
        supervisor._looked_at -= beats.SECONDS
        supervisor._end_hung()
    supervisor._mend()
    assert re.fullmatch(r"The worker process has done nothing for 6[01] s; ending it\.", said[0])
    assert said[1:] == ["The worker process ended (signal 9); starting it again."]
    assert child.process is not first
    await_sign(child)


def test_a_child_that_lives_is_left_alone(child: Child) -> None:
    for _second in range(ROUNDS):
        await_sign(child)
        assert not child.end_if_hung(beats.SECONDS)


def test_a_hung_child_says_where_it_is_before_it_is_ended(capfd: pytest.CaptureFixture[str]) -> None:
    waits = LIVES.partition("while")[0] + "def wait_for_ever():\n    give()\n    time.sleep(1000)\nwait_for_ever()"
    one = Child("web", [sys.executable, "-c", waits])
    one.start({**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])})
    await_sign(one)
    while not one.end_if_hung(beats.SECONDS):
        pass
    assert "in wait_for_ever" in capfd.readouterr().err
    assert one.died()


def test_a_machine_that_slept_is_no_fault_of_the_child() -> None:
    pulse, writer = beats.pipe()
    os.write(writer, b".")
    assert not pulse.look(1.0)
    assert not pulse.look(36_000.0)
    assert pulse.silent <= 2 * beats.SECONDS
    os.close(writer)
    pulse.close()


def test_a_thread_that_waits_for_ever_is_stuck_and_one_that_computes_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    signs: list[None] = []
    watch = beats.Watch(lambda: signs.append(None))
    used = 0.0
    monkeypatch.setattr(beats, "_processor_seconds", lambda thread: used)
    watch.came_round("follower")
    monkeypatch.setattr(beats, "STUCK_SECONDS", 0.0)
    for used in (1.0, 2.0, 3.0):
        monkeypatch.setattr(beats.time, "monotonic", lambda at=used: 1e9 + at)
        assert watch.stuck() == []
    monkeypatch.setattr(beats.time, "monotonic", lambda: 1e9 + 10)
    assert watch.stuck() == ["follower"]
    watch.came_round("follower")
    assert watch.stuck() == []


@pytest.mark.parametrize("is_stuck", [False, True])
def test_a_web_process_whose_pages_all_wait_gives_no_sign(monkeypatch: pytest.MonkeyPatch, is_stuck: bool) -> None:
    monkeypatch.setattr(server, "PAGES_SECONDS", 0.0)
    monkeypatch.setattr(beats, "SECONDS", 0.001)
    threads, free, given = Threads(1), threading.Event(), threading.Event()

    def wait() -> None:
        free.wait(30)

    if is_stuck:
        threads.run(wait)
    else:
        monkeypatch.setattr(server, "PAGES_SECONDS", 1e6)

    async def watched() -> None:
        signs = asyncio.ensure_future(server.give_signs(threads, given.set))
        for _round in range(20):
            await asyncio.sleep(0.001)
        assert given.is_set() is not is_stuck
        signs.cancel()

    loops.run(watched())
    free.set()
    assert threads.stop(5)


def test_a_program_that_was_given_no_pipe_goes_on() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIVES.replace("while True", "for _ in range(2)")], check=False, timeout=60
    )
    assert done.returncode == 0
