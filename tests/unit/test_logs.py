"""A line that cannot be written ends nothing."""

from __future__ import annotations

import sys

import pytest
import structlog


class Full:
    """An output on a full disk."""

    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        raise OSError(28, "No space left on device")


def test_a_log_on_a_full_disk_ends_nobody(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    log = structlog.get_logger()
    with monkeypatch.context() as while_full:
        while_full.setattr(sys, "stdout", Full())
        log.warning("database away", error="a reason")
        log.exception("worker ends")
    log.warning("room again")
    assert "room again" in capsys.readouterr().out
