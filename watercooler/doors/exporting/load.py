"""Loading an export into an empty installation, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipInfo

import psycopg
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from watercooler.doors.exporting.archive import Archive, opened
from watercooler.doors.exporting.models import Scope
from watercooler.doors.exporting.tables import Table, fits, tables
from watercooler.foundation.base.errors import Invalid, TooLarge
from watercooler.foundation.base.files import keep
from watercooler.foundation.database import hot
from watercooler.spine.activity.projections import rebuild, registered
from watercooler.spine.content.acts import copy_rows
from watercooler.spine.content.markdown import cleaned_again
from watercooler.spine.content.models import Attachment, Item
from watercooler.spine.people.models import Organisation, Person
from watercooler.spine.people.reads import forget_organisation

BLOCK = 256 * 1024


def load(path: Path, say: Callable[[str], None] = lambda _words: None, *, is_dry: bool = False) -> dict[str, int]:
    """Load an export of everything, or of a space, and compute the projections. Returns table → rows.

    is_dry: check all of it, and leave nothing.

    Raises Invalid or TooLarge with a sentence; then nothing of it is here, neither rows nor files.
    """
    with opened(path) as archive:
        if archive.scope == Scope.OWN:
            raise Invalid(_("This export holds one person’s words. A space’s or everything can be loaded."))
        written: list[Path] = []
        try:
            with transaction.atomic():
                check_is_empty()
                counts = _load_tables(archive, say)
                _check_pointers(archive)
                _put_right()
                _load_files(archive, written, say)
                if is_dry:
                    transaction.set_rollback(True)
        except BaseException:
            _throw_away(written)
            raise
        if is_dry:
            _throw_away(written)
            return counts
    forget_organisation()
    for projection in registered():
        say(projection.name)
        rebuild(projection)
    return counts


def _throw_away(written: list[Path]) -> None:
    for file in written:
        file.unlink(missing_ok=True)


def check_is_empty() -> None:
    """Raise Invalid if anybody or anything is here already."""
    if Person.objects.exists() or Item.objects.exists() or Organisation.objects.exists():
        raise Invalid(
            _("This installation is in use. An export is loaded into an empty one: name a new folder with --data.")
        )


def _load_tables(archive: Archive, say: Callable[[str], None]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all deferred")
    for name, table in tables().items():
        if name not in archive.columns:
            continue
        say(name)
        at = [0]
        try:
            # A savepoint: what the database refuses is said in a sentence of ours.
            with transaction.atomic():
                copy_rows(
                    table.model._meta.db_table,
                    [f'"{f.column}"' for f in table.fields],
                    _values(archive, table, at),
                )
        except (psycopg.DataError, psycopg.IntegrityError, psycopg.ProgrammingError) as error:
            raise Invalid(
                _("%(table)s, near line %(line)s: %(why)s") % {"table": name, "line": at[0], "why": _why(error)}
            ) from None
        _go_on_counting(table)
    return dict(archive.rows)


def _values(archive: Archive, table: Table, at: list[int]) -> Iterator[list[Any]]:
    """Yield the values of every column, the ones that did not travel with what they begin with."""
    given = archive.columns[table.name]
    fields = table.fields
    missing = {f.attname: _beginning(f) for f in fields if f.attname not in given}
    for number, row in archive.lines(table):
        at[0] = number
        for field in fields:
            if field.attname in row and not fits(field, row[field.attname]):
                raise Invalid(
                    _("%(table)s, line %(line)s, %(column)s: this value does not belong there.")
                    % {"table": table.name, "line": number, "column": field.attname}
                )
        if table.name == "content.Item":
            row["safe_html"] = cleaned_again(row["safe_html"])
        if table.name == "people.Person":
            missing["password"] = make_password(None)
        whole = {**missing, **row}
        yield [_copied(field, whole[field.attname]) for field in fields]


def _beginning(field: models.Field[Any, Any]) -> Any:
    return None if field.null and not field.has_default() else field.get_default()


def _copied(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.JSONField) and value is not None:
        return json.dumps(value)
    if isinstance(field, ArrayField) and value is not None:
        return list(value)
    return value


def _why(error: psycopg.Error) -> str:
    """Return what the database refused, in words where it is what a changed archive would bring."""
    if isinstance(error, psycopg.errors.UniqueViolation):
        return _("two rows are the same where each has to be its own.")
    if isinstance(error, psycopg.errors.NumericValueOutOfRange):
        return _("a number is larger than one can be.")
    return str(error).splitlines()[0]


def _go_on_counting(table: Table) -> None:
    """Let the next number of a table be the one after the highest loaded."""
    key = table.model._meta.pk
    if isinstance(key, models.AutoField | models.BigAutoField):
        name = table.model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f'select setval(pg_get_serial_sequence(%s, %s), (select max("{key.column}") from "{name}"), true) '
                f'where exists (select 1 from "{name}")',
                [name, key.column],
            )


def _check_pointers(archive: Archive) -> None:
    """Raise Invalid for the first row that points at something the archive does not hold."""
    for name in archive.columns:
        model = tables()[name].model
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and getattr(field, "db_constraint", True):
                _check_pointer(name, model, field)


def _check_pointer(name: str, model: type[models.Model], field: models.ForeignKey[Any, Any]) -> None:
    theirs = field.target_field
    with connection.cursor() as cursor:
        cursor.execute(
            f'select t."{field.column}" from "{model._meta.db_table}" t '
            f'left join "{theirs.model._meta.db_table}" r on r."{theirs.column}" = t."{field.column}" '
            f'where t."{field.column}" is not null and r."{theirs.column}" is null limit 1'
        )
        row = cursor.fetchone()
    if row is not None:
        raise Invalid(
            _("%(table)s, %(column)s: %(value)s is not in the archive.")
            % {"table": name, "column": field.attname, "value": row[0]}
        )


_AUDIENCES = """
update content_item i set audience = case when s.access = 'open' then 0 else s.id end
from spaces_space s where s.id = i.space_id and i.audience <> case when s.access = 'open' then 0 else s.id end
"""


def _put_right() -> None:
    """Let no archive say who may read what: the spaces decide. Then let the database check every rule now."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_AUDIENCES)
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
    except IntegrityError as error:
        raise Invalid(_("The archive breaks a rule: %(why)s") % {"why": str(error).splitlines()[0]}) from None


def _load_files(archive: Archive, written: list[Path], say: Callable[[str], None]) -> None:
    """Put every file in its place, checked against what its attachment says of it."""
    say("files")
    media = Path(settings.MEDIA_ROOT)
    for entry, name in archive.files():
        stored = name["stored"]
        expected = None
        if stored:
            expected = Attachment.objects.filter(stored=stored).values_list("sha256", "size_bytes").first()
            if expected is None:
                continue  # nothing would ever show it
        target = keep.path_of(stored, small=bool(name["small"])) if stored else media / entry.filename
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        written.append(target)
        sha = _copy_out(archive, entry, target)
        if expected and not name["small"] and sha != expected[0]:
            raise Invalid(_("The file %(name)s is not the one that was exported.") % {"name": entry.filename})


def _copy_out(archive: Archive, entry: ZipInfo, target: Path) -> str:
    digest, left = hashlib.sha256(), entry.file_size
    with archive.zip.open(entry) as source, target.open("xb") as out:
        while piece := source.read(BLOCK):
            left -= len(piece)
            if left < 0:
                raise TooLarge(_("The file %(name)s is larger than it says.") % {"name": entry.filename})
            digest.update(piece)
            out.write(piece)
    target.chmod(0o600)
    return digest.hexdigest()


def administrators() -> list[str]:
    """Return the handles of those who may invite the others, now that nobody has a password."""
    rows = hot.rows("select handle from people_person where role >= 40 and is_active order by id limit 20")
    return [row.handle for row in rows]
