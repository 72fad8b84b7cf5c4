"""What every tier of tests stands on: one throw-away PostgreSQL for the whole run, and a folder for files."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from watercooler.foundation.database import embedded

if TYPE_CHECKING:
    from tests.company import Company

REPOSITORY = Path(__file__).resolve().parents[1]
KEPT = REPOSITORY / "build" / "test-postgres"
"""The cluster kept between runs: starting it again takes 0.03 s, making it 0.8 s."""

OURS = "TESTS_STARTED_THE_DATABASE"
"""In the environment where the cluster is one of these two, in which more may be left behind than was found."""

AN_HOUR = 3600

# No property fails by the clock: machines are noisy. Fixtures may serve several examples: each example undoes its own.
settings.register_profile(
    "here", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("here")

_server: embedded.Server | None = None
_throw_away: Path | None = None
_files = Path(tempfile.mkdtemp(prefix="watercooler-files-"))


def pytest_configure(config: pytest.Config) -> None:
    if "DATABASE_URL" not in os.environ and not config.option.collectonly and not _only_units(config):
        _start()
    _use_own_files()
    _hash_cheaply()
    _read_every_page_strictly()
    _forget_nothing_by_the_clock()
    _look_at_built_files_once()
    _empty_only_what_is_not_empty()


def pytest_unconfigure() -> None:
    shutil.rmtree(_files, ignore_errors=True)
    if _server is not None:
        _server.stop()
    if _throw_away is not None:
        embedded.remove(_throw_away)
        shutil.rmtree(_throw_away, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """Give what stands on one costly thing to one worker: the running demo, or a database that a file starts.

    Such groups are begun first, the largest before all. Elsewhere each test goes to whoever is free.
    """
    if name := _stands_on(item):
        item.add_marker(pytest.mark.xdist_group(name))


def _stands_on(item: pytest.Item) -> str:
    tier = item.path.relative_to(REPOSITORY / "tests").parts[0]
    if tier == "browser":
        return tier
    fixtures = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
    own = any(each[-1].scope == "module" and each[-1].baseid for each in fixtures)
    return item.path.stem if own else ""


def _only_units(config: pytest.Config) -> bool:
    units = REPOSITORY / "tests" / "unit"
    return bool(config.args) and all(Path(arg.split("::")[0]).resolve().is_relative_to(units) for arg in config.args)


def _start() -> None:
    """Start the server and name it in the environment, where xdist's workers find it."""
    global _server, _throw_away
    try:
        _server = _started_anew(KEPT)
    except embedded.AlreadyRunning:  # another run in this folder has the kept one
        _throw_away = Path(tempfile.mkdtemp(prefix="watercooler-test-"))
        _throw_away.chmod(0o755)
        _server = embedded.start(_throw_away, embedded.FAST)
    os.environ["DATABASE_URL"] = _server.url
    os.environ[OURS] = "yes"

    from django.db import connections

    from watercooler.config.settings import database

    connections["default"].settings_dict.update(database(_server.url))


def _started_anew(folder: Path) -> embedded.Server:
    try:
        return embedded.start(folder, embedded.FAST)
    except embedded.AlreadyRunning:
        raise
    except embedded.CannotStart:  # it is kept without fsync: after a power cut it may be broken
        embedded.remove(folder)
        return embedded.start(folder, embedded.FAST)


def _use_own_files() -> None:
    from django.conf import settings

    settings.MEDIA_ROOT = _files


def _hash_cheaply() -> None:
    """Hash passwords as the product does, but for the cost: 0.1 s and 100 MB each were a minute of the suite."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 64, 1


def _read_every_page_strictly() -> None:
    """Let every page and part that any test is answered with be valid HTML."""
    from django.test import Client

    from tests.markup import faults

    ask = Client.request

    def request(self: Client, **about: object) -> object:
        response = ask(self, **about)
        is_html = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if is_html and (response.status_code < 300 or response.status_code in (409, 422)):
            found = faults(response.content.decode())
            assert not found, f"{about.get('PATH_INFO')} is not valid HTML:\n" + "\n".join(found)
        return response

    Client.request = request  # type: ignore[method-assign]


def _forget_nothing_by_the_clock() -> None:
    """Let what a process keeps for half a minute outlast a slow test, which counts a query more otherwise."""
    from django.conf import settings

    from watercooler.spine.people import reads

    settings.VIEWER_CACHE_SECONDS = reads.KEPT_SECONDS = AN_HOUR


def _look_at_built_files_once() -> None:
    """Let the middleware that serves built files list a folder once a process: each test's client lists it anew."""
    from watercooler.foundation.base.static import BuiltFiles

    add, seen = BuiltFiles.update_files_dictionary, {}

    def update_files_dictionary(self: BuiltFiles, root: str, prefix: str) -> None:
        if (root, prefix) not in seen:
            add(self, root, prefix)
            seen[root, prefix] = dict(self.files)
        self.files.update(seen[root, prefix])

    BuiltFiles.update_files_dictionary = update_files_dictionary  # type: ignore[method-assign]


def _empty_only_what_is_not_empty() -> None:
    """Let a test that commits take away its own rows, not every table with every index: 0.3 s of processor each."""
    from django.test import TransactionTestCase

    from tests import kept

    if OURS in os.environ:  # it takes the rights of the database's owner
        TransactionTestCase._fixture_teardown = lambda _test: kept.remove_all()  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker) -> None:
    """Let each worker's database be a copy of one that is migrated once, and kept until a migration changes."""
    from django.conf import settings

    from tests import template

    if OURS in os.environ:
        with django_db_blocker.unblock():
            settings.DATABASES["default"]["TEST"]["TEMPLATE"] = template.name()


@pytest.fixture(autouse=True)
def _no_organisation_of_others() -> None:
    """Let no test see the organisation that another one founded, or its absence."""
    from watercooler.spine.people.reads import forget_organisation

    forget_organisation()


@pytest.fixture
def company(db: None) -> Company:
    """The invented organisation, built by the product's own acts."""
    from tests.company import found

    return found()


@pytest.fixture
def sign_in(client):
    """Return a function that signs a person in and returns the client: `sign_in(company.priya)`."""

    def into(person, browser=client):
        browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return into


@pytest.fixture
def count_queries():
    """Return a context manager that lists every query, hot reads too: `with count_queries() as q`."""
    from tests.counting import count

    return count
