"""What the people's rows come from: one table, related tables, or a layout known by its file names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from watercooler.doors.importing.people import adventureworks
from watercooler.doors.importing.people.columns import Mapping, field_of, mapped, plain, private_sort
from watercooler.doors.importing.people.entries import Entry, Unusable, entries
from watercooler.doors.importing.people.lines import bare_number
from watercooler.doors.importing.people.relations import related, tables_in
from watercooler.doors.importing.people.tables import SAMPLE_ROWS, Row, opened
from watercooler.foundation.base.errors import Invalid

LONGEST_MAPPING = 100_000


@dataclass(slots=True)
class Told:
    """How an operator wants the columns understood. map: field → column. take: private columns to use all the same."""

    map: dict[str, str] = field(default_factory=dict)
    take: list[str] = field(default_factory=list)
    encoding: str = ""
    mail_domain: str = ""


@dataclass(slots=True)
class Source:
    """Rows that can be read again and again, and what their columns mean. size: bytes of the people's own file."""

    file: str
    columns: list[str]
    mapping: Mapping
    rows: Callable[[], Iterator[Row]]
    size: int
    mail_domain: str = ""
    notes: list[str] = field(default_factory=list)

    def entries(self) -> Iterator[Entry | Unusable]:
        return entries(self.rows(), self.columns, self.mapping, self.file, self.mail_domain)

    def said(self) -> list[str]:
        """Return in lines how the file is understood."""
        return [*self.notes, *self.mapping.lines()]

    def has(self, target: str) -> bool:
        """Say whether any column feeds this field."""
        return target in self.mapping.of


def source(path: Path, told: Told) -> Source:
    """Look at a file or folder and say what it holds. Raises Invalid, NotAllowed for a private column."""
    if not path.exists():
        raise Invalid(_("There is no file or folder %(path)s.") % {"path": path})
    if not path.is_dir():
        table = opened(path, told.encoding)
        mapping = _mapped(list(table.columns), table.rows, told, {})
        notes = [f"{path.name}: {table.note}"] if table.note else []
        return Source(path.name, list(table.columns), mapping, table.rows, path.stat().st_size, told.mail_domain, notes)
    if adventureworks.is_here(path):
        return _adventureworks(path, told)
    whole = related(tables_in(path, told.encoding))
    mapping = _mapped(whole.columns, whole.rows, told, whole.names)
    notes = [f"{whole.main.path.name} with {', '.join(whole.followed) or 'nothing else'}", *whole.left_out]
    size = whole.main.path.stat().st_size
    return Source(whole.main.path.name, whole.columns, mapping, whole.rows, size, told.mail_domain, notes)


def _mapped(names: list[str], rows: Callable[[], Iterator[Row]], told: Told, spoken: dict[str, str]) -> Mapping:
    samples: dict[str, list[str]] = {name: [] for name in names}
    for row in islice(rows(), SAMPLE_ROWS):
        for name, cell in zip(names, row.cells, strict=False):
            samples[name].append(cell.strip())
    mapping = mapped(names, samples, told.map, told.take, spoken)
    _name_managers(mapping, names, rows)
    return mapping


def _name_managers(mapping: Mapping, names: list[str], rows: Callable[[], Iterator[Row]]) -> None:
    """Take another column for the manager where the guessed one holds nobody's number: some lists number them apart."""
    guessed, number = mapping.of.get("manager", ""), mapping.of.get("id", "")
    others = [column for column in mapping.unused if field_of(column) == "manager"]
    if not others or not number or "manager" not in mapping.guessed or not plain(guessed).endswith(("id", "number")):
        return
    one, other = names.index(number), names.index(guessed)
    cells = [(row.cells[one].strip(), row.cells[other].strip()) for row in rows() if len(row.cells) > max(one, other)]
    known = {bare_number(each) or each for each, _manager in cells}
    if known.isdisjoint(bare_number(each) or each for _number, each in cells if each):
        mapping.unused = [guessed if column == others[0] else column for column in mapping.unused]
        mapping.of["manager"] = others[0]


def _adventureworks(folder: Path, told: Told) -> Source:
    names = list(adventureworks.COLUMNS)
    mapping = mapped(names, {}, told.map, told.take)
    mapping.guessed.clear()
    mapping.private |= {name: private_sort(name) or "private" for name in adventureworks.PRIVATE}
    notes = ["The AdventureWorks layout: Employee with Department, EmployeeDepartmentHistory and SalesTerritory."]
    if not (folder / "Person.csv").exists():
        notes.append("There is no Person.csv, so a name is the beginning of the log-in: ken0 is Ken.")
    size = (folder / "Employee.csv").stat().st_size
    return Source("Employee.csv", names, mapping, lambda: adventureworks.rows(folder), size, told.mail_domain, notes)


def mapping_said(words: str) -> dict[str, str]:
    """Return field → column as said: "name=Full name,manager=Boss", or lines like it in a small file.

    Raises Invalid for words without "=".
    """
    path = Path(words)
    if "=" not in words and path.is_file():
        if path.stat().st_size > LONGEST_MAPPING:
            raise Invalid(_("%(file)s is too long for a mapping.") % {"file": path.name})
        pairs = [line for line in path.read_text("utf-8-sig").splitlines() if line.strip() and line.strip()[0] != "#"]
    else:
        pairs = words.split(",")
    said = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not equals:
            raise Invalid(_("“%(words)s” is no mapping. Say field=Column, as in name=Full name.") % {"words": pair})
        said[name.strip()] = column.strip()
    return said
