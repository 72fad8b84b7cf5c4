"""The AdventureWorks layout: tables without headers, known by their file names, reporting lines as hierarchy paths.

Columns: as the sample database's own scripts create them. Person.csv and EmailAddress.csv are used where they are
there; without them a name is the beginning of the log-in. Hierarchy paths: the encoding of the hierarchyid type as
[MS-SSCLRT] 2.2.2 gives it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from watercooler.doors.importing.people.columns import day
from watercooler.doors.importing.people.tables import Row, Table, opened
from watercooler.foundation.base.errors import Invalid

COLUMNS = (
    *("BusinessEntityID", "FirstName", "LastName", "EmailAddress", "LoginID", "JobTitle", "Department", "GroupName"),
    *("Country", "Region", "ManagerID", "HireDate", "EndDate", "CurrentFlag"),
)
PRIVATE = (
    "NationalIDNumber",
    "BirthDate",
    "MaritalStatus",
    "Gender",
    "SalariedFlag",
    "VacationHours",
    "SickLeaveHours",
)
EMPLOYEE = 16

# Bits that begin an ordinal, the pattern of the bits after them (x: a bit of the number), and what it adds.
_ORDINALS = (
    ("01", "xx", 0),
    ("100", "xx", 4),
    ("101", "xxx", 8),
    ("110", "xx0x1xxx", 16),
    ("1110", "xxx0xxx0x1xxx", 80),
    ("11110", "xxxxx0xxxxxx0xxx0x1xxx", 1104),
    ("111110", "xxxxxxxxxxxxxxxxxxx0xxxxxx0xxx0x1xxx", 5200),
    ("00111", "xxx", -8),
    ("0010", "xxxx0x1xxx", -72),
)


def is_here(folder: Path) -> bool:
    """Say whether a folder has this layout."""
    if not {"Employee.csv", "Department.csv", "EmployeeDepartmentHistory.csv"} <= {p.name for p in folder.iterdir()}:
        return False
    return not opened(folder / "Employee.csv").has_header


def level_path(hexadecimal: str) -> tuple[tuple[int, ...], ...]:
    """Return the levels of a hierarchy path: "5AD6" → ((1,), (1,), (2,)…). Raises ValueError for what is none."""
    digits = hexadecimal.strip().removeprefix("0x")
    bits = f"{int(digits, 16):0{len(digits) * 4}b}" if digits else ""
    levels: list[tuple[int, ...]] = []
    dotted: tuple[int, ...] = ()
    while "1" in bits:
        ordinal, is_level, bits = _ordinal(bits)
        dotted = (*dotted, ordinal)
        if is_level:
            levels.append(dotted)
            dotted = ()
    return tuple(levels)


def _ordinal(bits: str) -> tuple[int, bool, str]:
    for prefix, pattern, least in _ORDINALS:
        if not bits.startswith(prefix):
            continue
        end = len(prefix) + len(pattern)
        body = bits[len(prefix) : end]
        fits = all(bit == wanted for bit, wanted in zip(body, pattern, strict=False) if wanted != "x")
        if len(bits) <= end or not fits:
            break
        number = "".join(bit for bit, wanted in zip(body, pattern, strict=True) if wanted == "x")
        return int(number, 2) + least, bits[end] == "1", bits[end + 1 :]
    raise ValueError("This is no hierarchy path.")


def rows(folder: Path) -> Iterator[Row]:
    """Yield a row of COLUMNS for every employee. Raises Invalid for a table that is not as it should be."""
    departments = {cells[0]: (cells[1], cells[2]) for cells in _cells(folder, "Department", 4)}
    now_in = _departments(folder)
    names = {cells[0]: (cells[4], cells[6]) for cells in _cells(folder, "Person", 13, is_needed=False)}
    addresses = {cells[0]: cells[2] for cells in _cells(folder, "EmailAddress", 5, is_needed=False)}
    territory = {cells[0]: (cells[1], cells[2], cells[3]) for cells in _cells(folder, "SalesTerritory", 10, False)}
    sells_in = {cells[0]: cells[1] for cells in _cells(folder, "SalesPerson", 9, False) if cells[1]}
    countries = {cells[0]: cells[1] for cells in _cells(folder, "CountryRegion", 3, False)}
    table = _table(folder, "Employee")
    who_is_at = dict(_places(table))
    for row in table.rows():
        cells = row.cells
        if len(cells) != EMPLOYEE:
            yield Row(row.line, cells, f"{len(cells)} fields where {EMPLOYEE} belong")
            continue
        key = cells[0]
        login = cells[2].rpartition("\\")[2]
        first, last = names.get(key, (login.rstrip("0123456789").replace(".", " ").title(), ""))
        department, ends_on = now_in.get(key, ("", ""))
        unit, group = departments.get(department, ("", ""))
        where = territory.get(sells_in.get(key, ""), ("", "", ""))
        yield Row(
            row.line,
            [
                *(key, first, last, addresses.get(key, ""), login, cells[5], unit, group if group != unit else ""),
                *(countries.get(where[1], where[1]), where[2] if where[2] != where[0] else ""),
                *(_manager(cells[3], who_is_at), cells[9], ends_on, cells[13]),
            ],
        )


def _places(table: Table) -> Iterator[tuple[tuple[tuple[int, ...], ...], str]]:
    for row in table.rows():
        if len(row.cells) == EMPLOYEE:
            try:
                yield level_path(row.cells[3]), row.cells[0]
            except ValueError:
                raise Invalid(
                    _("Employee.csv, line %(line)s, OrganizationNode: “%(node)s” is no hierarchy path.")
                    % {"line": row.line, "node": row.cells[3][:40]}
                ) from None


def _manager(node: str, who_is_at: dict[tuple[tuple[int, ...], ...], str]) -> str:
    place = level_path(node)
    while place:
        place = place[:-1]
        if place in who_is_at:
            return who_is_at[place]
    return ""


def _departments(folder: Path) -> dict[str, tuple[str, str]]:
    """Return employee → (present department, its last day): of several rows the one without an end, then the newest."""
    found: dict[str, tuple[bool, str, str, str]] = {}
    for cells in _cells(folder, "EmployeeDepartmentHistory", 6):
        rank = (not cells[4], cells[3], cells[1], cells[4])
        if cells[0] not in found or rank > found[cells[0]]:
            found[cells[0]] = rank
    return {
        key: (department, "" if is_open else ends_on) for key, (is_open, _start, department, ends_on) in found.items()
    }


def _table(folder: Path, name: str) -> Table:
    return opened(folder / f"{name}.csv")


def _cells(folder: Path, name: str, width: int, is_needed: bool = True) -> Iterator[list[str]]:
    if not is_needed and not (folder / f"{name}.csv").exists():
        return
    for row in _table(folder, name).rows():
        if len(row.cells) != width:
            raise Invalid(_wrong_width(f"{name}.csv", row.line, len(row.cells), width))
        yield [cell.strip() for cell in row.cells]


def _wrong_width(file: str, line: int, count: int, wanted: int) -> str:
    return _("%(file)s, line %(line)s: %(count)s fields where %(wanted)s belong.") % {
        "file": file,
        "line": line,
        "count": count,
        "wanted": wanted,
    }


__all__ = ["COLUMNS", "PRIVATE", "day", "is_here", "level_path", "rows"]
