"""Runs what asks the database most on the oldest PostgreSQL that is promised: python -m tests.oldest [FILE … OPTION …].

The built-in server is some versions ahead, and forgives what an older one refuses. Where this machine has none of the
older ones it says so and is content. OLD_POSTGRES names the folder of another's programs.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watercooler.foundation.database import account, processes
from watercooler.foundation.database.embedded import FAST, NAME

VERSIONS = (15, 16)
PLACES = ("/usr/lib/postgresql/{}/bin", "/usr/pgsql-{}/bin", "/opt/homebrew/opt/postgresql@{}/bin")
ASKED = ("tests/db/test_demo_load.py", "tests/conformance/test_every_route.py")
"""An organisation with all that people do, followed by every projection; and every address, as everybody."""


def programs() -> Path | None:
    """Return the folder with the oldest server's programs, or None where there is none."""
    named = os.environ.get("OLD_POSTGRES")
    places = [named] if named else [place.format(version) for version in VERSIONS for place in PLACES]
    return next((Path(place) for place in places if (Path(place) / "initdb").exists()), None)


@contextmanager
def running(binaries: Path) -> Iterator[str]:
    """Yield the address of a new, empty server of these programs, which ends and is deleted with the block."""
    user = account.needed()
    who = {"user": user.uid, "group": user.gid, "extra_groups": []} if user else {}
    with tempfile.TemporaryDirectory(prefix="watercooler-test-", dir="/tmp") as name:
        home = Path(name)
        if user:
            user.own(home)
        making = ["-D", name + "/data", "--username", NAME, "--auth", "trust", "-E", "UTF8", "--locale", "C"]
        subprocess.run([binaries / "initdb", *making], check=True, stdout=subprocess.DEVNULL, cwd=home, **who)
        settings = {**FAST, "listen_addresses": "", "unix_socket_directories": name}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        leaving = processes.leaving_with_parent(signal.SIGQUIT)
        with (home / "log").open("wb") as log:
            command = [binaries / "postgres", "-D", home / "data", *options]
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=home, preexec_fn=leaving, **who)
        try:
            while server.poll() is None and subprocess.run([binaries / "pg_isready", "-q", "-h", name]).returncode:
                time.sleep(0.05)
            yield f"postgresql://{NAME}@/postgres?host={name}"
        finally:
            processes.send(server.pid, signal.SIGQUIT)
            server.wait()


def main() -> None:
    binaries = programs()
    if binaries is None:
        print("There is no PostgreSQL 15 or 16 on this machine: what older servers refuse is not looked for.")
        return
    said = subprocess.run([binaries / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    print(said.strip(), flush=True)
    with running(binaries) as url:
        command = [sys.executable, "-m", "pytest", *(sys.argv[1:] or ASKED), "-n2"]
        done = subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": url})
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
