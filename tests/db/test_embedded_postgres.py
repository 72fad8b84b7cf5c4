"""The built-in PostgreSQL starts, stops, and starts again after everything that can be killed was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from watercooler.foundation.database import embedded, processes

REPOSITORY = Path(__file__).resolve().parents[2]
OWNER = """
import sys, time
from pathlib import Path
import psycopg
from watercooler.foundation.database import embedded
server = embedded.start(Path(sys.argv[1]))
with psycopg.connect(server.url) as session:
    session.execute("create table if not exists kept (word text)")
    session.execute("insert into kept values (%s)", [sys.argv[2]])
print(server.process.pid, flush=True)
time.sleep(600)
"""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="watercooler-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    """One cluster for this file. Each test leaves it stopped."""
    with temporary_folder() as folder:
        embedded.start(folder).stop()
        yield folder
        embedded.remove(folder)


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder that every account can reach."""
    with temporary_folder() as made:
        yield made


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as session:
        return session.execute(query).fetchall()  # type: ignore[call-overload, no-any-return]


def owner(folder: Path, word: str) -> tuple[subprocess.Popen[str], int]:
    """Start another process that starts the database, writes a word and stays; return it and its postmaster's pid."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(folder), word], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def test_it_speaks_unicode_keeps_checksums_and_is_not_on_the_network(data_dir: Path) -> None:
    server = embedded.start(data_dir)
    facts = (
        "select current_setting('data_checksums'), current_setting('listen_addresses'), lower('ÄÖ'), current_user::text"
    )
    assert rows(server.url, facts) == [("on", "", "äö", "watercooler")]
    server.stop()
    assert server.process.returncode == 0


def test_settings_reach_the_server(data_dir: Path) -> None:
    server = embedded.start(data_dir, embedded.FAST)
    assert rows(server.url, "select current_setting('fsync')") == [("off",)]
    server.stop()


def test_two_owners_do_not_share_one_folder(data_dir: Path) -> None:
    server = embedded.start(data_dir)
    with pytest.raises(embedded.AlreadyRunning, match="in use"):
        embedded.start(data_dir)
    with embedded.running(data_dir) as url:
        assert rows(url, "select 1") == [(1,)]
    assert rows(server.url, "select 2") == [(2,)]
    server.stop()


def test_a_command_starts_it_for_as_long_as_it_needs_it(data_dir: Path) -> None:
    with embedded.running(data_dir) as url:
        assert rows(url, "select 1") == [(1,)]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_killed_owner_leaves_nothing_that_prevents_the_next_start(data_dir: Path) -> None:
    process, postmaster = owner(data_dir, "before the owner died")
    process.kill()
    process.wait()
    server = embedded.start(data_dir)
    assert server.process.pid != postmaster
    assert ("before the owner died",) in rows(server.url, "select word from kept")
    server.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_the_database_leaves_with_its_owner(data_dir: Path) -> None:
    process, postmaster = owner(data_dir, "alone")
    marked = processes.mark(postmaster)
    process.kill()
    process.wait()
    assert processes.gone(lambda: processes.is_there(marked), seconds=10)


def test_a_killed_postmaster_with_open_sessions_loses_nothing(data_dir: Path) -> None:
    process, postmaster = owner(data_dir, "before the postmaster died")
    with psycopg.connect(embedded.url(data_dir)) as session:
        os.kill(postmaster, signal.SIGKILL)
        process.kill()
        process.wait()
        server = embedded.start(data_dir)
        with pytest.raises(psycopg.OperationalError):
            session.execute("select 1")
    assert ("before the postmaster died",) in rows(server.url, "select word from kept")
    server.stop()


def test_a_pid_file_that_names_somebody_elses_process_harms_nobody(data_dir: Path) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    home = (data_dir / "postgres").resolve()
    (home / "data" / "postmaster.pid").write_text(f"{bystander.pid}\n{home / 'data'}\n1\n5432\n{home}\n\n1 1\nready\n")
    embedded.start(data_dir).stop()
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_a_long_folder_name_gets_a_short_socket(folder: Path) -> None:
    folder = folder / ("deep" * 30)
    server = embedded.start(folder, embedded.FAST)
    assert rows(server.url, "select 1") == [(1,)]
    server.stop()
    embedded.remove(folder)
    assert not (folder / "postgres").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_a_folder_closed_to_the_account_keeps_its_database_outside_behind_a_link(folder: Path) -> None:
    folder.chmod(0o700)
    server = embedded.start(folder, embedded.FAST)
    outside = (folder / "postgres").resolve()
    assert outside.parent == embedded.OUTSIDE
    assert rows(server.url, "select 1") == [(1,)]
    server.stop()
    embedded.remove(folder)
    assert not outside.exists()
    assert not (folder / "postgres").is_symlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_socket_folder_of_somebody_else_is_refused(
    monkeypatch: pytest.MonkeyPatch, data_dir: Path, folder: Path
) -> None:
    os.chown(folder, 12345, 12345)
    monkeypatch.setattr(embedded, "_socket_folder", lambda _: folder)
    with pytest.raises(embedded.CannotStart, match="belongs to somebody else"):
        embedded.start(data_dir)


def test_another_major_version_is_refused_in_words(data_dir: Path) -> None:
    kept = (data_dir / "postgres").resolve() / "data" / "PG_VERSION"
    ours = kept.read_text()
    kept.write_text("14\n")
    with pytest.raises(embedded.CannotStart, match="made by PostgreSQL 14"):
        embedded.start(data_dir)
    kept.write_text(ours)


def test_a_start_that_fails_shows_the_end_of_the_log(data_dir: Path) -> None:
    with pytest.raises(embedded.CannotStart, match="invalid value for parameter"):
        embedded.start(data_dir, {"shared_buffers": "much"})
