"""The `semantic` extra under measurement: switched on and off in one run, over the same texts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from watercooler.config.problems import CannotRun, Misused

if TYPE_CHECKING:
    from watercooler.projections.semantic.embedder import Embedder

FLAG = "--semantic"
READS = "watercooler.projections.semantic.reads.meaning"
EVERY = "select id from content_item where state = 1 order by id"
# For nobody, and so out of the index, before it holds them; then for everybody, as the record goes on.
HOLD_BACK = "update semantic_entry set audience = -1"
LET_KNOW = """
update semantic_entry e set audience = 0 from content_item i
where i.id = e.item_id and i.published_at < %(at)s and e.audience = -1
"""


def taken_from(arguments: list[str]) -> tuple[list[str], Meaning | None]:
    """Return the other arguments and the model named by `--semantic FOLDER`, else by the setting; None without one.

    Raises Misused if no folder follows, CannotRun if the folder holds no model that can be loaded.
    """
    from django.conf import settings

    others, folder = list(arguments), str(settings.SEMANTIC)
    settings.MEANING = ""
    if FLAG in others:
        place = others.index(FLAG)
        if place + 1 == len(others):
            raise Misused(f"Name the folder of a model after {FLAG}.")
        folder = others[place + 1]
        del others[place : place + 2]
    return others, Meaning(_loaded(Path(folder))) if folder else None


def _loaded(folder: Path) -> Embedder:
    from watercooler.projections.semantic.embedder import Embedder
    from watercooler.projections.semantic.folder import NoModel

    try:
        return Embedder(folder)
    except NoModel as error:
        raise CannotRun(str(error)) from error


class Meaning:
    """A model in memory, with which the texts of the throw-away database are indexed and then searched."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    def index(self, *, is_replay: bool = False) -> None:
        """Give every text that is there its vector, by the product's own job. Cost: see docs/finding/meaning.md.

        is_replay: none is found until `let_know` says so.
        """
        from django.db import connection

        from watercooler.foundation.database import hot
        from watercooler.projections.semantic import loaded
        from watercooler.projections.semantic.entries import write
        from watercooler.projections.semantic.jobs import embed_some, ready

        loaded.use(self.embedder)
        if ready() is None:
            raise CannotRun("The built-in PostgreSQL offers no vectors; see the line above.")
        write(hot.rows(EVERY, int))
        if is_replay:
            hot.rows(HOLD_BACK)
        while embed_some(self.embedder):
            pass
        with connection.cursor() as cursor:
            cursor.execute("analyze semantic_entry")

    def let_know(self, at: datetime) -> None:
        """Let the texts be found that were written before a moment."""
        from watercooler.foundation.database import hot

        hot.rows(LET_KNOW, at=at)

    @contextmanager
    def on(self) -> Iterator[None]:
        """Let searches go by meaning too, for as long as the block lasts."""
        from django.conf import settings

        from watercooler.projections.semantic import loaded, reads

        loaded.use(self.embedder)
        reads.forget()
        settings.MEANING = READS
        try:
            yield
        finally:
            settings.MEANING = ""
            reads.forget()
