"""The column of vectors and its index, made when there is a model and the database can hold them."""

from __future__ import annotations

import structlog
from django.db import connection, transaction
from django.db.utils import DatabaseError

from watercooler.projections.semantic.embedder import Embedder
from watercooler.projections.semantic.languages import known
from watercooler.projections.semantic.models import Model
from watercooler.projections.semantic.noise import noise

log = structlog.get_logger()
TURN = 0x4D45414E
"""Advisory lock number: two workers do not make the column at once."""
OLDEST = (0, 7)
"""From this version on the extension knows half precision, which halves the table and loses nothing measurable."""

AVAILABLE = "select default_version, installed_version from pg_available_extensions where name = 'vector'"
# Only what every member may read is in the index, so nothing hidden shapes the ways through it (decision 0011).
# What waits to be checked would refuse to have its table altered.
MAKE = """
set constraints all immediate;
set constraints all deferred;
alter table semantic_entry drop column if exists vector;
alter table semantic_entry add column vector halfvec({dimensions});
create index semantic_nearest on semantic_entry using hnsw (vector halfvec_ip_ops) where audience = 0;
comment on index semantic_nearest is 'What every member may read, by meaning: search, asked before.';
delete from semantic_entry where place > 0;
update semantic_entry set is_due = true where not is_due;
"""


class NoVectors(Exception):
    """The database cannot keep vectors. The message is for an operator."""


@transaction.atomic
def make_for(embedder: Embedder) -> bool:
    """Make the column that fits a model, unless it is there; after another model every text is due again.

    Returns whether it was made. Raises NoVectors. Cost: two queries if it is there.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [TURN])
        if Model.objects.filter(fingerprint=embedder.fingerprint).exists():
            return False
        _have_extension()
        cursor.execute(MAKE.format(dimensions=int(embedder.dimensions)))
    mean, spread = noise(embedder)
    Model.objects.all().delete()
    made = Model.objects.create(
        fingerprint=embedder.fingerprint,
        dimensions=embedder.dimensions,
        mean=mean,
        spread=spread,
        languages=known(embedder),
    )
    log.info("texts get vectors of a new model", languages=made.languages)
    return True


def _have_extension() -> None:
    with connection.cursor() as cursor:
        cursor.execute(AVAILABLE)
        offered = cursor.fetchone()
        if offered is None:
            raise NoVectors("This PostgreSQL does not offer the extension “vector” (pgvector).")
        default, installed = offered
        if _version(installed or default) < OLDEST:
            raise NoVectors(f"The extension “vector” is {installed or default}; 0.7 or newer is needed.")
        if installed:
            return
        try:
            with transaction.atomic():
                cursor.execute("create extension if not exists vector")
        except DatabaseError as error:
            raise NoVectors(
                f"The extension “vector” could not be made ({str(error).splitlines()[0]}). Let an administrator of the "
                "database run: create extension vector"
            ) from error


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())
