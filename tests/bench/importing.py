"""What an import costs in processor time, of the application and of the database, and how fast it is by the clock.

    python -m tests.bench.importing stackexchange FOLDER --space Beer

Into a new installation with one administrator, thrown away afterwards. An import of nothing is measured before, so
that starting the process can be left out. Two cores with nothing else to do could load 2,000 / (ms a record) a second.
How near an import comes to that by the clock says something only while nothing else runs. An import that fails is
not measured: what it said is shown, and the exit code is 1.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.measure import REPOSITORY
from watercooler.foundation.base.viewer import Role
from watercooler.foundation.database import embedded

COMMAND = (sys.executable, "-m", "watercooler.config.commands")
NOTHING = '<?xml version="1.0" encoding="utf-8"?>\n<posts></posts>\n'
MOST_SAID = 4000
"""So many characters of what a failed import said are shown: its end says why."""
_RECORDS = re.compile(r"([\d,]+) records in ([\d.]+) s")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one import took, in seconds: processor of application and database, and by the clock without starting."""

    records: int
    app: float
    db: float
    clock: float

    @property
    def processor(self) -> float:
        return self.app + self.db


def found() -> None:
    """Make the tables and an administrator."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone

    from watercooler.spine.people.models import Person
    from watercooler.spine.spaces.newcomers import Newcomer, add_people

    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        people = add_people([Newcomer("ines", "Ines", timezone.now())])
        Person.objects.filter(pk__in=people).update(role=Role.ADMINISTRATOR, is_active=True)


def application() -> float:
    """Return the processor seconds of children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def database(postmaster: psutil.Process) -> float:
    """Return the processor seconds of the database: of its processes that have ended, and of those that run."""
    own = postmaster.cpu_times()
    running = (Path(f"/proc/{child.pid}/schedstat").read_text() for child in postmaster.children())
    return float(own.user + own.system + own.children_user + own.children_system) + sum(
        int(text.split()[0]) / 1e9 for text in running
    )


class Failed(Exception):
    """An import that did not come to its end. Its text is what it said itself, and with which code it ended."""


def measure(postmaster: psutil.Process, arguments: list[str]) -> Cost:
    """Run one import, and return what it took. Raises Failed. Broken input is named by an import, and fails nothing."""
    app, db = application(), database(postmaster)
    ended = subprocess.run([*COMMAND, "import", *arguments], capture_output=True, text=True, check=False)
    found = _RECORDS.search(ended.stdout)
    if ended.returncode not in (0, 1) or found is None:
        said = (ended.stdout + ended.stderr).strip()
        raise Failed(f"import {' '.join(arguments)} failed ({ended.returncode}):\n{said[-MOST_SAID:]}")
    time.sleep(0.5)  # until its connections have ended
    records, clock = int(found[1].replace(",", "")), float(found[2])
    return Cost(records, application() - app, database(postmaster) - db, clock)


def main(arguments: list[str]) -> int:
    """Measure an import of nothing, then this one, and say what each record cost. Returns 1 if one of them failed."""
    with tempfile.TemporaryDirectory(prefix="watercooler-bench-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        (nothing := home / "nothing").mkdir()
        (nothing / "Posts.xml").write_text(NOTHING)
        server = embedded.start(home)
        try:
            os.environ |= {"DATABASE_URL": server.url, "WATERCOOLER_DATA_DIR": folder, "PYTHONPATH": str(REPOSITORY)}
            found()
            postmaster = psutil.Process(server.process.pid)
            start = measure(postmaster, ["stackexchange", str(nothing), "--space", "Nothing"])
            whole = measure(postmaster, arguments)
        except Failed as failed:
            print(failed, file=sys.stderr)
            return 1
        finally:
            server.stop()
            embedded.remove(home)
    tell(whole, start)
    return 0


def tell(whole: Cost, start: Cost) -> None:
    """Say what each record cost, without starting, and how fast it was."""
    records, seconds, clock = max(whole.records, 1), whole.processor - start.processor, max(whole.clock, 0.1)
    print(f"{records:,} records, {whole.processor:.2f} s of processor: ", end="")
    print(f"application {whole.app:.2f}, database {whole.db:.2f}.")
    print(f"Starting took {start.processor:.2f} of it, the rest is {1000 * seconds / records:.2f} ms a record:")
    print(f"two free cores could load {2 * records / max(seconds, 0.001):,.0f} a second.")
    print(f"By the clock it took {clock:.1f} s, {records / clock:,.0f} a second, ", end="")
    print(f"with {seconds / clock:.2f} cores busy. Load now: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "watercooler.config.settings")
    sys.exit(main(sys.argv[1:]))
