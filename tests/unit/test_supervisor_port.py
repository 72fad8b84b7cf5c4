"""A port that somebody took while the installation was made ready."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from watercooler.config.options import Options
from watercooler.config.problems import CannotRun
from watercooler.config.supervisor import Supervisor


def test_a_port_taken_meanwhile_is_shared_with_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        options = Options(data_dir=tmp_path, host="127.0.0.1", port=port)
        started = []
        monkeypatch.setattr(Supervisor, "_start_database", lambda self: None)
        monkeypatch.setattr(Supervisor, "_start_children", lambda self: started.append(self))
        monkeypatch.setattr("watercooler.config.supervisor.require_free_port", _free_once())
        with pytest.raises(CannotRun, match="in use"):
            Supervisor(options, say=lambda words: None).run()
    assert not started


def _free_once():
    """Return a check of a port that finds it taken from the second time on."""
    asked = []

    def check(host: str, port: int) -> None:
        asked.append(port)
        if len(asked) > 1:
            raise CannotRun("It is in use.")

    return check
