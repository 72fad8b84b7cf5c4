"""DATABASE_URL leads to a real server: through its socket, over the network, as its options say."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db.backends.postgresql.base import DatabaseWrapper

from tests.conformance.test_one_command import free_port
from watercooler.config.database_address import for_the_framework
from watercooler.config.settings import SESSION
from watercooler.foundation.database import embedded


def connected(address: str) -> psycopg.Connection:
    """Connect as the framework does."""
    usual = {"ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "TIME_ZONE": None, "TEST": {}}
    wrapper = DatabaseWrapper({**usual, **for_the_framework(address, SESSION)}, "tried")
    return wrapper.get_new_connection(wrapper.get_connection_params())


def answered(address: str, question: str) -> str:
    with connected(address) as opened:
        return opened.execute(question).fetchone()[0]


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Path, int]]:
    """Return the folder of a server that listens on the network too, and its port."""
    with tempfile.TemporaryDirectory(prefix="watercooler-test-") as name:
        Path(name).chmod(0o755)
        folder, port = Path(name) / "data", free_port()
        made = embedded.start(folder, {**embedded.FAST, "listen_addresses": "127.0.0.1", "port": str(port)})
        yield folder, port
        made.stop()
        embedded.remove(folder)


def test_through_a_socket_with_options_and_a_name(server):
    folder, port = server
    at = f"{embedded.url(folder)}&port={port}"
    assert answered(at, "show plan_cache_mode") == "force_generic_plan"
    assert answered(f"{at}&options=-c%20geqo%3Doff%20-c%20plan_cache_mode%3Dauto", "show geqo") == "off"
    assert answered(f"{at}&options=-c%20plan_cache_mode%3Dauto", "show plan_cache_mode") == "auto"
    assert answered(f"{at}&application_name=wiki", "show application_name") == "wiki"
    assert answered(at, "show application_name").startswith("watercooler ")


def test_of_several_hosts_the_first_that_answers_is_taken(server):
    _folder, port = server
    at = f"postgresql://{embedded.NAME}@127.0.0.1:1,127.0.0.1:{port}/{embedded.NAME}?target_session_attrs="
    assert answered(f"{at}read-write", "select inet_server_port()") == port
    with pytest.raises(psycopg.OperationalError, match="read-only"):
        connected(f"{at}read-only")


def test_who_asks_for_a_certificate_is_not_content_without(server):
    """The built-in server speaks no SSL, so that this much can be shown of it: the wish is not passed over."""
    _folder, port = server
    at = f"postgresql://{embedded.NAME}@127.0.0.1:{port}/{embedded.NAME}"
    assert answered(at, "select 1") == 1
    with pytest.raises(psycopg.OperationalError, match="does not support SSL, but SSL was required"):
        connected(f"{at}?sslmode=require")
