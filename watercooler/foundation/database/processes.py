"""Small facts about processes: who is still there, whose it is, and how a child leaves with its parent."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

_PR_SET_PDEATHSIG = 1
_prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None


def leave_with_parent(parent: int, with_signal: int = signal.SIGTERM) -> None:
    """Ask the kernel to send this process a signal when its parent dies; leave at once if it has died already.

    Only Linux can; elsewhere a child watches `os.getppid()`. Linux means the parent's *thread* that started the
    child, so children are started by main threads.
    """
    if _prctl is not None:
        _prctl(_PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def leaving_with_parent(with_signal: int = signal.SIGTERM) -> Callable[[], None]:
    """Return what a child started by this process runs before it becomes its program."""
    parent = os.getpid()
    return lambda: leave_with_parent(parent, with_signal)


def mark(pid: int) -> str:
    """Return "pid start-time", which no later process with the same pid can share; empty if there is none."""
    try:
        return f"{pid} {psutil.Process(pid).create_time():.2f}"
    except psutil.Error:
        return ""


def is_there(marked: str) -> bool:
    """Say whether the process that `mark` described still runs (a zombie does not)."""
    if not marked or marked != mark(int(marked.split()[0])):
        return False
    try:
        return bool(psutil.Process(int(marked.split()[0])).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def working_in(folder: Path, name: str) -> list[int]:
    """Return the pids of living processes called `name` whose working directory is `folder`."""
    found = []
    for process in psutil.process_iter(["name"]):
        if not (process.info["name"] or "").startswith(name):
            continue
        try:
            if process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == folder:
                found.append(process.pid)
        except (psutil.Error, OSError):
            continue
    return found


def send(pid: int, which: int) -> None:
    """Send a signal to a process that may have gone meanwhile."""
    try:
        os.kill(pid, which)
    except ProcessLookupError:
        return


def gone(still: Callable[[], Iterable[object] | bool], seconds: float) -> bool:
    """Wait until `still()` is empty or false, at most `seconds`, and say whether it became so."""
    until = time.monotonic() + seconds
    while still():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True
