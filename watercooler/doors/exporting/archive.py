"""Opening somebody's archive with care: what it says of itself, lines of bounded length, files under our own names."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from watercooler.doors.exporting.tables import BESIDE, FORMAT, VERSION, Table, tables
from watercooler.doors.exporting.write import MANIFEST
from watercooler.foundation.base.errors import Invalid, TooLarge

LONGEST_LINE = 8 * 1024 * 1024
MOST_ENTRIES = 3_000_000
MOST_MANIFEST = 1024 * 1024
MOST_TIMES = 250
"""How many times larger than packed a table may be; lines of JSON become 5 to 30 times smaller."""
SMALL_ENOUGH = 1024 * 1024
_FILE = re.compile(
    r"files/(?P<stored>[0-9a-f]{2}/[0-9a-f]{38})(?P<small>-small)?\Z"
    r"|portraits/[0-9a-f]{32}(-512|-128)?\.(webp|svg)\Z|logos/[0-9a-f]{32}\.webp\Z"
)
_TEXT = re.compile(r"texts/[\w.-]+\.md\Z")


@dataclass(frozen=True, slots=True)
class Archive:
    """An export that says it can be read. rows, columns: what the manifest promises of each table."""

    zip: zipfile.ZipFile
    scope: str
    rows: dict[str, int]
    columns: dict[str, list[str]]

    def lines(self, table: Table) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield (line, row) of a table. Raises Invalid, TooLarge naming table and line, or if rows are missing."""
        count = 0
        with self.zip.open(table.path) as lines:
            while line := lines.readline(LONGEST_LINE):
                count += 1
                if len(line) >= LONGEST_LINE:
                    raise TooLarge(_said(table, count, _("the line is longer than 8 MB")))
                yield count, self._row(table, count, line)
        if count != self.rows[table.name]:
            say = _("%(rows)s rows are promised and %(count)s are there") % {
                "rows": self.rows[table.name],
                "count": count,
            }
            raise Invalid(_said(table, count, say))

    def _row(self, table: Table, number: int, line: bytes) -> dict[str, Any]:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise Invalid(_said(table, number, _("this is no JSON"))) from None
        if not isinstance(row, dict) or row.keys() != set(self.columns[table.name]):
            raise Invalid(_said(table, number, _("the columns are not those that the archive promises")))
        return row

    def files(self) -> Iterator[tuple[zipfile.ZipInfo, re.Match[str]]]:
        """Yield every kept file with the parts of its name."""
        for entry in self.zip.infolist():
            if match := _FILE.match(entry.filename):
                yield entry, match


def _said(table: Table, line: int, what: str) -> str:
    return _("%(table)s, line %(line)s: %(what)s.") % {"table": table.name, "line": line, "what": what}


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an export. Raises Invalid or TooLarge with a sentence for anything that is none, or none we can read."""
    if not path.is_file():
        raise Invalid(_("There is no file %(file)s.") % {"file": path})
    try:
        with zipfile.ZipFile(path) as archive:
            _check_entries(archive)
            yield _promised(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, OSError, RuntimeError) as error:
        if isinstance(error, OSError) and error.errno == 28:
            raise TooLarge(_("The disk is full.")) from None
        if isinstance(error, KeyError):
            missing = re.search(r"named '([^']+)'", str(error))
            raise Invalid(
                _("%(file)s is no whole export: %(entry)s is missing in it.")
                % {"file": path.name, "entry": missing[1] if missing else error.args[0]}
            ) from None
        raise Invalid(
            _("%(file)s is damaged or cut off, or no export: %(why)s.")
            % {"file": path.name, "why": str(error).strip("'.")}
        ) from None


def _check_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise TooLarge(_("The archive holds more than %(most)s files.") % {"most": f"{MOST_ENTRIES:,}"})
    known = {MANIFEST, *BESIDE, *(table.path for table in tables().values())}
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if name in seen or not (name in known or _FILE.match(name) or _TEXT.match(name)):
            raise Invalid(_("The archive holds “%(name)s”, which no export of ours does.") % {"name": name[:80]})
        seen.add(name)
        if entry.file_size > SMALL_ENOUGH and entry.file_size > MOST_TIMES * max(entry.compress_size, 1):
            raise TooLarge(_("“%(name)s” is packed too tightly to be what it says it is.") % {"name": name[:80]})
    total = sum(entry.file_size for entry in entries)
    media = Path(settings.MEDIA_ROOT)
    media.mkdir(parents=True, exist_ok=True)
    if total > shutil.disk_usage(media).free:
        raise TooLarge(_("The archive holds more than there is room for on this disk."))


def _promised(archive: zipfile.ZipFile) -> Archive:
    with archive.open(MANIFEST) as file:
        data = file.read(MOST_MANIFEST)
    try:
        about = json.loads(data)
        is_ours = about["format"] == FORMAT
        version, scope = int(about["version"]), str(about["scope"])
        rows = {str(name): int(one["rows"]) for name, one in about["tables"].items()}
        columns = {str(name): [str(c) for c in one["columns"]] for name, one in about["tables"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Invalid(_("The archive does not say what it holds: its watercooler.json cannot be read.")) from None
    if not is_ours:
        raise Invalid(_("This is no export of Watercooler."))
    if version != VERSION:
        raise Invalid(
            _("This export has version %(theirs)s; this Watercooler reads version %(ours)s.")
            % {"theirs": version, "ours": VERSION}
        )
    for name, theirs in columns.items():
        if name not in tables() or not set(theirs) <= set(tables()[name].columns):
            raise Invalid(
                _("The archive holds %(table)s with columns unknown here. Is it from a newer version?")
                % {"table": name}
            )
        archive.getinfo(tables()[name].path)
    return Archive(archive, scope, rows, columns)
