"""Writing an export: one ZIP of lines of JSON, a table a file, and the files that belong to it."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from watercooler.doors.exporting.models import Scope
from watercooler.doors.exporting.rows import Chosen
from watercooler.doors.exporting.tables import FORMAT, VERSION, Table, tables
from watercooler.foundation.base.files import keep as files
from watercooler.foundation.base.text import slugify

CHUNK = 2000
BLOCK = 256 * 1024
MANIFEST = "watercooler.json"


def write(
    chosen: Chosen, target: Path, scope: Scope, say: Callable[[str], None] = lambda _words: None
) -> dict[str, int]:
    """Write an export and return table → rows. All tables are read as of one moment. Memory: 2,000 rows.

    The file appears under its name only when it is whole.
    """
    waiting = target.with_name(f"{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive, _one_moment():
            counts = {}
            for name, table in tables().items():
                if name in chosen.rows:
                    say(name)
                    counts[name] = _write_table(archive, table, chosen)
            _write_files(archive, chosen, say)
            _write_texts(archive, chosen)
            for name, text in chosen.beside(counts):
                archive.writestr(name, text)
            _write_manifest(archive, chosen, scope, counts)
        waiting.replace(target)
    finally:
        waiting.unlink(missing_ok=True)
    return counts


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it is now, whatever is written meanwhile."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")
                # Between two statements it may copy files for longer than a session may do nothing.
                cursor.execute("set local idle_in_transaction_session_timeout = 0")
        yield


def columns_of(table: Table, chosen: Chosen) -> list[str]:
    """Return the columns of a table that travel in this export."""
    return [name for name in table.columns if name in chosen.only.get(table.name, table.columns)]


def _write_table(archive: zipfile.ZipFile, table: Table, chosen: Chosen) -> int:
    columns = columns_of(table, chosen)
    instead = {name: value for name, value in chosen.instead.get(table.name, {}).items() if name in columns}
    count = 0
    with archive.open(table.path, "w", force_zip64=True) as out:
        rows = chosen.rows[table.name].order_by(*table.order).values_list(*columns)
        for values in rows.iterator(chunk_size=CHUNK):
            row = dict(zip(columns, values, strict=True)) | instead
            out.write(json.dumps(row, ensure_ascii=False, default=_plain, separators=(",", ":")).encode() + b"\n")
            count += 1
    return count


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in an export.")


def _write_files(archive: zipfile.ZipFile, chosen: Chosen, say: Callable[[str], None]) -> None:
    say("files")
    for stored in chosen.files.order_by("pk").values_list("stored", flat=True).iterator(chunk_size=CHUNK):
        for small in (False, True):
            path = files.path_of(stored, small)
            _write_file(archive, path, f"files/{stored}{files.SMALL if small else ''}")
    media = Path(settings.MEDIA_ROOT)
    seen: set[str] = set()
    photos = chosen.people.exclude(photo="").order_by("pk").values_list("photo", flat=True)
    for photo in photos.iterator(chunk_size=CHUNK):
        for name in {Path(photo).name, Path(photo).name.replace("-128.webp", "-512.webp")} - seen:
            seen.add(name)
            _write_file(archive, media / "portraits" / name, f"portraits/{name}")
    if chosen.has_logos and (media / "logos").is_dir():
        for path in sorted((media / "logos").iterdir()):
            _write_file(archive, path, f"logos/{path.name}")


def _write_file(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    if not path.is_file():
        return
    # Pictures and most documents are compressed already.
    about = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    with path.open("rb") as source, archive.open(about, "w", force_zip64=True) as out:
        while piece := source.read(BLOCK):
            out.write(piece)


def _write_texts(archive: zipfile.ZipFile, chosen: Chosen) -> None:
    """Write one's own words once more, for reading without any program; replies name what they are below."""
    rows = chosen.texts.exclude(source="").order_by("pk")
    for item in rows.only("pk", "kind", "title", "source", "made_at").iterator(chunk_size=CHUNK):
        head = f"# {item.title}\n\n" if item.title else f"In reply to: {item.below}\n\n" if item.below else ""
        name = f"texts/{item.pk}-{slugify(item.title, item.kind)[:60]}.md"
        archive.writestr(name, f"{head}{item.source}\n\n<!-- {item.kind} of {item.made_at:%Y-%m-%d} -->\n")


def _write_manifest(archive: zipfile.ZipFile, chosen: Chosen, scope: Scope, counts: dict[str, int]) -> None:
    about = {
        "format": FORMAT,
        "version": VERSION,
        "scope": str(scope),
        "made_at": timezone.now().isoformat(),
        "tables": {
            name: {"rows": count, "columns": columns_of(tables()[name], chosen)} for name, count in counts.items()
        },
    }
    archive.writestr(MANIFEST, json.dumps(about, indent=2, ensure_ascii=False))
