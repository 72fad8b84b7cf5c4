"""Reading a table whatever wrote it: encoding, separator, and whether its first line names the columns."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext as _

from watercooler.doors.importing.people import headers
from watercooler.foundation.base.errors import Invalid, TooLarge

SAMPLE_BYTES = 256 * 1024
SAMPLE_ROWS = 200
LONGEST_LINE = 1_000_000
LONGEST_FIELD = 20_000
MOST_COLUMNS = 500
MOST_ROWS = 2_000_000
SEPARATORS = "\t;,|"
_SAID = re.compile(r"\ufeff?\"?sep=(.)\"?[ \t]*\r?(?:\n|\Z)", re.I)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A file with rows. columns: their names, "column 3" where there is no header. note: how it was read, in words."""

    path: Path
    encoding: str
    separator: str
    columns: tuple[str, ...]
    has_header: bool
    note: str
    skipped: int = 0
    """Rows before the first of a person: a report's title and day, and what names the columns."""
    ends_row: str = ""
    """What ends a row besides a line break, as in old SQL Server exports."""

    @property
    def name(self) -> str:
        return self.path.stem

    def rows(self) -> Iterator[Row]:
        """Yield every row with its line. Raises Invalid with file, line and field for what cannot be read."""
        for row in islice(_rows(self.path, self.encoding, self.separator, self.ends_row), self.skipped, None):
            if len(row.cells) > len(self.columns):
                if any(cell.strip() for cell in row.cells[len(self.columns) :]):
                    row.problem = f"{len(row.cells)} fields where there are {len(self.columns)} columns"
                row.cells = row.cells[: len(self.columns)]
            yield row


@dataclass(slots=True)
class Row:
    """One row. line: where it begins in the file. problem: why it cannot be used, or nothing."""

    line: int
    cells: list[str]
    problem: str = ""


@dataclass(slots=True)
class _Counting:
    """Lines of a file, none longer than is bearable, with the number of the present one."""

    lines: Iterator[str]
    number: int = 0
    began: int = field(default=1)

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.number += 1
            yield line


def opened(path: Path, encoding: str = "") -> Table:
    """Look at a file's beginning and return it as a table. Raises Invalid for what is no text or has no rows."""
    if path.is_dir() or not path.exists():
        raise Invalid(_("There is no file %(file)s.") % {"file": path})
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    if not sample.strip():
        raise Invalid(_("%(file)s is empty.") % {"file": path.name})
    encoding, note = (encoding, "") if encoding else _encoding(path, sample)
    start = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    ends_row = "&|" if "&|" in start and "+|" in start else ""
    said = _SAID.match(start)
    separator = "+|" if ends_row else said[1] if said else _separator(start)
    first = []
    for row in _rows(path, encoding, separator, ends_row):
        first.append(row.cells)
        if len(first) > SAMPLE_ROWS:
            break
    if not first:
        raise Invalid(_("%(file)s has no rows.") % {"file": path.name})
    start_at = headers.before_header(first)
    if len(first[start_at]) > MOST_COLUMNS:
        raise TooLarge(_("%(file)s has more than %(most)s columns.") % {"file": path.name, "most": MOST_COLUMNS})
    if headers.is_header(first[start_at], first[start_at + 1 :]):
        columns, said_in = headers.columns(first, start_at)
        return Table(path, encoding, separator, columns, True, note, start_at + said_in, ends_row)
    columns = tuple(f"column {n + 1}" for n in range(max(map(len, first[start_at:]))))
    return Table(path, encoding, separator, columns, False, note, start_at, ends_row)


def _encoding(path: Path, sample: bytes) -> tuple[str, str]:
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name, "" if name == "utf-8-sig" else _("read as %(encoding)s") % {"encoding": name.upper()}
    zeros = sample[:4096].count(b"\0")
    if zeros:
        head = sample[:4096]
        for name, at in (("utf-16-le", 1), ("utf-16-be", 0)):
            if zeros >= 0.2 * len(head) and head[at::2].count(b"\0") > 0.8 * zeros:
                return name, _("read as UTF-16 without a mark")
        raise Invalid(_("%(file)s is not a text file. Save it as CSV first.") % {"file": path.name})
    if sample.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Invalid(_("%(file)s is a spreadsheet or archive. Save it as CSV first.") % {"file": path.name})
    if _is_utf8(path):
        return "utf-8", ""
    return "cp1252", _("not UTF-8, read as Windows Latin; say --encoding if names look wrong")


def _is_utf8(path: Path) -> bool:
    decode = codecs.getincrementaldecoder("utf-8")().decode
    with path.open("rb") as file:
        try:
            while piece := file.read(1024 * 1024):
                decode(piece)
            decode(b"", True)
        except UnicodeDecodeError:
            return False
    return True


def _separator(start: str) -> str:
    """Return the separator that gives most rows of the sample the same number of fields, and many of them."""
    lines = start.split("\n")
    lines = [line.rstrip("\r") for line in (lines[:-1] if len(lines) > 1 else lines)[:SAMPLE_ROWS]]

    def worth(separator: str) -> tuple[float, int]:
        try:
            counts = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
        except csv.Error:
            return (0.0, 0)
        # Titles above the columns have one field whatever separates them.
        columns, times = max(counts.items(), key=lambda each: (each[0] > 1, each[1]), default=(0, 0))
        return (times / max(sum(counts.values()), 1), columns) if columns > 1 else (0.0, columns)

    return max(SEPARATORS, key=worth)


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Yield lines, read in bounded pieces. Raises Invalid, TooLarge with the line."""
    number = 0
    with path.open("r", encoding=encoding, newline="") as file:
        try:
            while line := file.readline(LONGEST_LINE):
                number += 1
                if len(line) >= LONGEST_LINE:
                    raise TooLarge(
                        _("%(file)s, line %(line)s is longer than %(most)s characters.")
                        % {"file": path.name, "line": number, "most": f"{LONGEST_LINE:,}"}
                    )
                if "\0" in line:
                    raise Invalid(
                        _("%(file)s, line %(line)s holds bytes that are no text.") % {"file": path.name, "line": number}
                    )
                yield line
        except UnicodeError:
            raise Invalid(
                _("%(file)s, near line %(line)s: these bytes are not %(encoding)s. Say --encoding, as in cp1252.")
                % {"file": path.name, "line": number + 1, "encoding": encoding.upper()}
            ) from None


def _rows(path: Path, encoding: str, separator: str, ends_row: str = "") -> Iterator[Row]:
    if ends_row:
        yield from _marked_rows(path, encoding, separator, ends_row)
        return
    lines = _lines(path, encoding)
    counting = _Counting(lines)
    first = next(lines, "")
    if _SAID.match(first):  # how Excel is told the separator
        counting.number = 1
    else:
        counting.lines = chain([first] if first else [], lines)
    # Tab-separated exports quote nothing; a lone quotation mark in them would swallow the rest of the file.
    quoting: Literal[0, 3] = (
        csv.QUOTE_NONE if separator == "\t" and not _quotes_cells(path, encoding) else csv.QUOTE_MINIMAL
    )
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(counting, delimiter=separator, quoting=quoting, strict=quoting != csv.QUOTE_NONE)
    for count in range(MOST_ROWS + 1):
        began = counting.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Invalid(
                _("%(file)s, line %(line)s cannot be read as a table row: %(why)s.")
                % {"file": path.name, "line": began, "why": _why(error)}
            ) from None
        if any(cell.strip() for cell in cells):
            yield Row(began, cells)
        if count == MOST_ROWS:
            raise TooLarge(_("%(file)s has more than %(most)s rows.") % {"file": path.name, "most": f"{MOST_ROWS:,}"})


def _why(error: csv.Error) -> str:
    said = str(error)
    if "field larger" in said:
        return _("one field is longer than %(most)s characters") % {"most": f"{LONGEST_FIELD:,}"}
    return _("a quotation mark is open or stands where none may") if "quote" in said or "expected" in said else said


def _quotes_cells(path: Path, encoding: str) -> bool:
    with path.open("r", encoding=encoding, errors="replace", newline="") as file:
        start = file.read(SAMPLE_BYTES)
    return start.startswith('"') or ('\t"' in start and '"\t' in start)


def _marked_rows(path: Path, encoding: str, separator: str, ends_row: str) -> Iterator[Row]:
    held, began = "", 1
    for number, line in enumerate(_lines(path, encoding), 1):
        held += line
        if len(held) > LONGEST_LINE:
            raise TooLarge(_("%(file)s: the row from line %(line)s has no end.") % {"file": path.name, "line": began})
        while ends_row in held:
            row, held = held.split(ends_row, 1)
            held = held.lstrip("\r\n")
            yield Row(began, row.split(separator))
            began = number + 1
    if held.strip():
        yield Row(began, held.split(separator))
