"""An import that is killed in the middle is started again, and comes to what an uninterrupted one comes to."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import dump as small
from tests.bench import big_dump
from tests.conformance.test_one_command import Installation, temporary_installation
from watercooler.foundation.database import embedded, processes

COPIES = 60
PATIENCE_SECONDS = 120
TABLES = (
    *("people_person", "spaces_space", "spaces_membership", "content_item", "content_revision", "content_tagging"),
    *("content_topic", "content_link", "questions_question", "social_saved", "activity_activity"),
    *("importing_counterpart", "importing_badge", "feed_feedentry", "search_searchentry", "experts_entry"),
)
SUMS = """
select sum(helped_count), sum(answer_count), sum(comment_count), sum(revision), count(distinct author_id),
       (select sum(member_count) from spaces_space), (select sum(solved_count) from spaces_space),
       (select count(*) from questions_question where accepted_answer_id is not null),
       (select sum(accepted + answers + questions) from contributions_contribution),
       (select count(*) from activity_activity where position is null),
       (select sum(length(words)) from search_searchentry), (select sum(cardinality(keys)) from experts_entry),
       (select sum(entries) from experts_stem)
from content_item
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dump of some thousand records."""
    small.write(tmp_path / "few")
    big_dump.make(tmp_path / "few", tmp_path / "bees.example", copies=COPIES)
    return tmp_path / "bees.example"


@pytest.fixture
def installation() -> Iterator[Installation]:
    with temporary_installation() as one:
        yield one


def begin(installation: Installation, folder: Path) -> subprocess.Popen[str]:
    """Start an import as a process of its own, with further hands from the first text on. Small batches, so that there
    is a middle to be killed in.
    """
    code = (
        "import sys; from watercooler.doors.importing import batches, hands; batches.SIZE = 50;"
        "ahead = batches.in_batches_ahead; ahead.__defaults__ = (50, *ahead.__defaults__[1:]); batches.FIRST = 20;"
        "batches.in_batches.__defaults__ = (50,);"
        "most = hands.Hands.map; hands.Hands.map = lambda self, *on: setattr(self, '_left', -1) or most(self, *on);"
        "from watercooler.config.commands.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "import", "stackexchange", str(folder), "--space", "Bees", "--json"]
    return subprocess.Popen(command, env=installation.surroundings(), stdout=subprocess.PIPE, text=True)


def count(installation: Installation, table: str) -> int:
    """Return how many rows a table has; 0 while there is no database."""
    try:
        with psycopg.connect(embedded.url(installation.folder), autocommit=True, connect_timeout=5) as database:
            row = database.execute(f"select count(*) from {table}").fetchone()
            return int(row[0]) if row else 0
    except psycopg.Error:
        return 0


def kill_in_the_middle(installation: Installation, folder: Path, table: str, enough: int) -> None:
    running = begin(installation, folder)
    reached = processes.gone(lambda: count(installation, table) < enough and running.poll() is None, PATIENCE_SECONDS)
    assert reached, "nothing came in"
    assert running.poll() is None, "it ended before it could be killed"
    running.send_signal(signal.SIGKILL)
    running.wait()


def finish(installation: Installation, folder: Path) -> dict[str, object]:
    running = begin(installation, folder)
    said, _nothing = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 0, said
    return dict(json.loads(said))


def state(installation: Installation) -> dict[str, object]:
    with embedded.running(installation.folder) as url, psycopg.connect(url, autocommit=True) as database:
        found: dict[str, object] = {}
        for table in TABLES:
            found[table] = database.execute(f"select count(*) from {table}").fetchone()
        found["sums"] = database.execute(SUMS).fetchone()
        found["cursors"] = database.execute(
            "select count(*) from activity_cursor where position < (select max(position) from activity_activity)"
            " and projection in ('feed', 'search', 'contributions', 'experts', 'notifications')"
        ).fetchone()
        return found


def test_an_import_that_was_killed_twice_comes_to_the_same(installation: Installation, folder: Path) -> None:
    kill_in_the_middle(installation, folder, "people_person", 60)
    kill_in_the_middle(installation, folder, "content_item", 150)
    finish(installation, folder)
    with temporary_installation() as other:
        finish(other, folder)
        whole = state(other)
    assert state(installation) == whole
    assert whole["cursors"] == (0,), "a projection is behind"


def test_a_dry_run_makes_no_database_and_applies_no_migrations(installation: Installation, folder: Path) -> None:
    before = sorted(path.name for path in installation.folder.iterdir())
    command = [sys.executable, "-m", "watercooler.config.commands", "import", "stackexchange", str(folder)]
    command += ["--space", "Bees", "--dry-run"]
    answer = subprocess.run(command, env=installation.surroundings(), capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert "a dry run makes none" in answer.stderr
    assert sorted(path.name for path in installation.folder.iterdir()) == before
    with embedded.running(installation.folder):  # a database without any table
        answer = subprocess.run(command, env=installation.surroundings(), capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert "a dry run makes none" in answer.stderr
    with embedded.running(installation.folder) as url, psycopg.connect(url) as database:
        tables = database.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert tables == (0,)
