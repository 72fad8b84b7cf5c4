"""Files that lie in keeping and belong to nothing, and attachments whose file is not there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from django.conf import settings

from watercooler.foundation.base.files import keep as files
from watercooler.spine.content.models import Attachment

YOUNG_SECONDS = 86_400
"""A file that came later may still get its row: an upload, an import or a restore is under way."""
MOST_EXTRA = 100
"""So many at least may be removed at once."""
MOST_PART = 0.1
"""And never more than this part of all: then more likely the rows are missing than the files too many, as where files
were restored before the database."""
log = structlog.get_logger()


@dataclass
class Comparison:
    """What lies in keeping against what rows name. `extra`: names of old files that no row names."""

    kept: int = 0
    extra: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def is_too_much(self) -> bool:
        """Say whether so much is extra that it is no leftover."""
        return len(self.extra) > max(MOST_EXTRA, MOST_PART * self.kept)


def compare(older_than_seconds: float = YOUNG_SECONDS) -> Comparison:
    """Compare files and rows. Cost: a query and a stat for each file, folder by folder."""
    found, before = Comparison(), time.time() - older_than_seconds
    for there in files.folders():
        named = _named({files.of_kept(name) for name in there})
        found.kept += len(there)
        found.extra += [name for name, at in there.items() if at < before and _is_extra(name, named)]
    rows = Attachment.objects.order_by("pk").values_list("stored", flat=True).iterator()
    found.missing = [stored for stored in rows if not files.path_of(stored).exists()]
    return found


def _named(names: set[str]) -> set[str]:
    return set(Attachment.objects.filter(stored__in=names).values_list("stored", flat=True))


def _is_extra(name: str, named: set[str]) -> bool:
    return name.endswith(".part") or files.of_kept(name) not in named


def drop_extra(older_than_seconds: float = YOUNG_SECONDS) -> int:
    """Remove files that no row names and that came long ago. Returns how many.

    Removes nothing, and says so, where so many are extra that rather the rows are missing.
    """
    found = compare(older_than_seconds)
    if found.is_too_much():
        log.warning("files without rows are left", extra=len(found.extra), kept=found.kept)
        return 0
    return sum(_removed(found.extra))


def _removed(names: list[str]) -> Iterator[bool]:
    for name in names:
        if not _named({files.of_kept(name)}) or name.endswith(".part"):
            (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)
            log.info("file without a row removed", name=name)
            yield True
