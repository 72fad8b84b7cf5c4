"""Hearing of files that came, were put on an item, or went."""

from __future__ import annotations

from watercooler.foundation.base.jobs import enqueue
from watercooler.projections.search.files.reading import kind_of
from watercooler.projections.search.jobs import read_file, write_item
from watercooler.spine.content.models import Attachment


def told(file: Attachment, item_id: int | None) -> None:
    """Have a new file read, and an item found by the files it has now. Cost: a statement for a file with words."""
    if not kind_of(file.name):
        return
    if item_id is None:
        enqueue(read_file, attachment_id=file.pk, in_turn=read_file.name)
    else:
        enqueue(write_item, item_id=item_id)
