"""Several tables that are one directory: the people's table, and those its columns point at.

No foreign keys travel with exports, so names say them: a column of the people's table that ends in a key word ("_id",
"Code", "No") and is called like the first, unique column of another table points at that table. From there it goes on,
department → location → country → region. A table that has several rows for one key (a job history) is not followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from watercooler.doors.importing.people.columns import field_of, plain
from watercooler.doors.importing.people.names import FIELDS
from watercooler.doors.importing.people.tables import Row, Table, opened
from watercooler.foundation.base.errors import Invalid, TooLarge

MOST_FILES = 200
MOST_LOOKED_UP = 200_000
"""Rows of a table that others point at; it is kept in memory."""
ENDINGS = (".csv", ".tsv", ".tab", ".txt")
_KEY = re.compile(r"(?:[_\s-]?(?:id|code|no|number|key|nr)|ID|Id)\Z", re.I)


@dataclass(slots=True)
class Related:
    """A table with what it points at. looked_up: (column of the row so far, key → cells, names of those cells)."""

    main: Table
    joins: list[tuple[int, dict[str, list[str]], list[str]]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """Column → the name to judge it by: "name" of the table "departments" is judged as "department name"."""
    followed: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """Yield the people's rows, each with the cells of the rows it points at behind its own."""
        width = len(self.main.columns)
        for row in self.main.rows():
            cells = [*row.cells, *([""] * (width - len(row.cells)))]
            for at, found, names in self.joins:
                cells += found.get(cells[at].strip(), [""] * len(names))
            yield Row(row.line, cells, row.problem)


def tables_in(folder: Path, encoding: str = "") -> list[Table]:
    """Return every readable table of a folder. Raises Invalid for a folder without one."""
    paths = sorted(p for p in folder.iterdir() if p.suffix.lower() in ENDINGS and p.is_file() and not p.is_symlink())
    if len(paths) > MOST_FILES:
        raise TooLarge(_("%(folder)s holds more than %(most)s tables.") % {"folder": folder.name, "most": MOST_FILES})
    tables = [opened(path, encoding) for path in paths if path.stat().st_size]
    if not tables:
        raise Invalid(_("%(folder)s holds no CSV or tab-separated file.") % {"folder": folder})
    return tables


def related(tables: list[Table]) -> Related:
    """Find the people's table and join what it points at. Raises Invalid if no table names people."""
    headed = [table for table in tables if table.has_header]
    main = max(headed, key=_people_like, default=None)
    if main is None or _people_like(main) < 2:
        raise Invalid(
            _("None of these tables has columns for people’s names: %(tables)s. Name the file itself.")
            % {"tables": ", ".join(table.path.name for table in tables)}
        )
    whole = Related(main, columns=list(main.columns), names={c: _spoken(main.name, c) for c in main.columns})
    whole.names |= {c: c for c in main.columns}
    others = {table.name: table for table in headed if table is not main}
    _follow(whole, others)
    whole.left_out = [
        _("%(file)s: nothing of a person points at it, or it has several rows for one key") % {"file": table.path.name}
        for table in tables
        if table is not main and table.name not in whole.followed
    ]
    return whole


def _people_like(table: Table) -> int:
    meant = {field_of(column) for column in table.columns}
    sure = {"first_name", "last_name", "email", "handle", "manager", "name", "job", "starts_on", "id"}
    named = (
        bool({"first_name", "last_name"} & meant) or "employee" in plain(table.name) or "people" in plain(table.name)
    )
    return len(meant & sure) + 3 * named if {"first_name", "last_name", "name", "email"} & meant else 0


def _follow(whole: Related, others: dict[str, Table]) -> None:
    """Join table after table until no column points at one that is left."""
    at = 0
    while at < len(whole.columns):
        column = whole.columns[at]
        for name, table in list(others.items()):
            if _points(column, table) and (found := _looked_up(table)) is not None:
                cells = [f"{table.name}.{c}" for c in table.columns[1:]]
                whole.joins.append((at, found, cells))
                whole.columns += cells
                whole.names |= {f"{table.name}.{c}": _spoken(table.name, c) for c in table.columns[1:]}
                whole.followed.append(name)
                del others[name]
        at += 1


def _points(column: str, table: Table) -> bool:
    bare = column.rsplit(".", 1)[-1]
    key = table.columns[0]
    if not _KEY.search(bare):
        return False
    if plain(bare) == plain(key):
        return True
    return plain(key) in {"id", "code", "key", "no"} and plain(_KEY.sub("", bare)) == plain(_one(table.name))


def _looked_up(table: Table) -> dict[str, list[str]] | None:
    """Return key → the other cells, or None if a key comes twice."""
    found: dict[str, list[str]] = {}
    for row in table.rows():
        cells = [*row.cells, *([""] * (len(table.columns) - len(row.cells)))]
        key = cells[0].strip()
        if key in found or len(found) >= MOST_LOOKED_UP:
            return None
        found[key] = cells[1:]
    return found


def _spoken(table: str, column: str) -> str:
    """Return the name of a joined column as its own table means it: what belongs to a person there does not here."""
    bare = plain(column)
    meant = field_of(column)
    if bare in {"name", "title", "description", "label"}:
        return f"{_one(table)} name"
    if meant in {"manager", "id", "email", "handle", "starts_on", "ends_on", "active", "about"}:
        return f"{table} {column}"
    return column


def _one(table: str) -> str:
    bare = table.casefold()
    if bare.endswith("ies"):
        return bare[:-3] + "y"
    return bare[:-1] if bare.endswith("s") and not bare.endswith("ss") else bare


__all__ = ["FIELDS", "Related", "related", "tables_in"]
