"""What DATABASE_URL says, read by PostgreSQL's own library, in the framework's words."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from watercooler.config.problems import UnknownOption

ENGINE = "watercooler.foundation.database.postgresql"
EXAMPLE = "postgresql://name:password@host/database?sslmode=verify-full"
# A server whose machine or network went away says nothing: after a minute it counts as gone, where the system waits for
# two hours. Over a Unix socket these mean nothing.
STILL_THERE = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
PLACES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
OURS = {"client_encoding"}
"""Not to be chosen: everything is UTF-8."""


def read(address: str) -> dict[str, str]:
    """Return what an address says, by the library's names. Raises UnknownOption, with no secret in its sentence."""
    from psycopg import ProgrammingError, pq
    from psycopg.conninfo import conninfo_to_dict

    try:
        said = {name: str(value) for name, value in conninfo_to_dict(address).items()}
    except ProgrammingError as error:
        found = re.search(r'(?:query parameter|connection option)[: ]+"([^"]*)"', str(error))
        if found is None:
            raise UnknownOption(f"DATABASE_URL must look like {EXAMPLE}.") from None
        known = [option.keyword.decode() for option in pq.Conninfo.get_defaults()]
        near = difflib.get_close_matches(found[1], known, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UnknownOption(f"DATABASE_URL says {found[1]!r}, which PostgreSQL does not know.{hint}") from None
    for name in OURS & set(said):
        raise UnknownOption(f"DATABASE_URL says {name!r}, which Watercooler chooses itself.")
    return said


def for_the_framework(address: str, session: Sequence[tuple[str, object]]) -> dict[str, Any]:
    """Return the framework's settings for an address. What it says itself counts more than what we would choose.

    session: settings of PostgreSQL for each connection.
    """
    said = read(address)
    places = {theirs: said.pop(ours, "") for ours, theirs in PLACES.items()}
    if not places["NAME"] and "service" not in said:
        places["NAME"] = places["USER"]  # as the library does
    chosen = " ".join(f"-c {name}={value}" for name, value in session)
    return {
        "ENGINE": ENGINE,
        **places,
        "CONN_MAX_AGE": None,
        # A database that was started anew costs nobody an error page; our engine looks without asking.
        "CONN_HEALTH_CHECKS": True,
        # Hot reads prepare explicitly on Django's own connection; ORM cursors bind on the client and never do.
        "OPTIONS": {
            "prepare_threshold": 5,
            "fallback_application_name": f"watercooler {program()}",
            **STILL_THERE,
            **said,
            "options": f"{chosen} {said.get('options', '')}".strip(),
        },
    }


def program() -> str:
    """Return what this process is, as the database lists it: web, worker, or the command that was given."""
    name = Path(sys.argv[0]).stem if sys.argv else ""
    given = sys.argv[1] if name == "__main__" and len(sys.argv) > 1 else name
    return {"server": "web"}.get(given, given)
