"""Reading the words of files, each in a process of its own that is thrown away."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils import timezone

from watercooler.foundation.base.files import keep
from watercooler.projections.search.entries import write
from watercooler.projections.search.files.models import FileText
from watercooler.spine.content.models import Attachment

CHILD = Path(__file__).with_name("child.py")
PATIENCE_SECONDS = 60
"""By the clock; the child has 20 seconds of the processor."""
MOST_PRINTED = 2_000_000
KINDS = {
    **{kind: kind for kind in ("pdf", "docx", "pptx", "xlsx", "odt", "ods", "odp")},
    **dict.fromkeys(("txt", "md", "markdown", "csv", "tsv", "log", "rst"), "text"),
    **dict.fromkeys(("html", "htm"), "html"),
    **dict.fromkeys(("vtt", "srt"), "captions"),
}
"""Endings of names whose files can be read → how."""
AT_ONCE = 50

UNREAD = """
select a.id from content_attachment a
where a.item_id is not null and lower(substring(a.name from '[^.]+$')) = any(%s)
  and not exists (select from search_filetext t where t.attachment_id = a.id)
order by a.id desc limit %s
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says. problem: why it says nothing."""

    text: str
    is_cut: bool
    problem: str


def kind_of(name: str) -> str:
    """Return how a file of this name is read; empty if it is not."""
    return KINDS.get(name.rpartition(".")[2].lower(), "") if "." in name else ""


def said_by(path: Path, kind: str) -> Said:
    """Return what a file says. Never raises for what is in it. Cost: a process, some 0.1 s, at most a minute."""
    command = [sys.executable, "-I", str(CHILD), kind, str(path)]
    try:
        done = subprocess.run(  # noqa: S603  # our own program; the path is one we made
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # libraries complain of each thing they find, as often as a file has it
            timeout=PATIENCE_SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        return Said("", False, "slow")
    if done.returncode or len(done.stdout) > MOST_PRINTED:
        return Said("", False, "slow" if done.returncode < 0 else "broken")
    told = json.loads(done.stdout)
    return Said(told["text"], told["is_cut"], told["problem"])


def read_one(attachment: Attachment) -> bool:
    """Read one file and let search know what it hangs on by it. Returns False if it is gone, or of no kind we read."""
    kind, path = kind_of(attachment.name), keep.path_of(attachment.stored)
    if not kind or not path.exists():
        return False
    said = said_by(path, kind)
    facts = {"text": said.text, "is_cut": said.is_cut, "problem": said.problem, "read_at": timezone.now()}
    if not Attachment.objects.filter(pk=attachment.pk).exists():
        return False
    FileText.objects.update_or_create(attachment_id=attachment.pk, defaults=facts)
    return True


def unread() -> list[int]:
    """Return files on items that nobody has read yet, as after an import, at most 50. Cost: one query."""
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, [list(KINDS), AT_ONCE])
        return [row[0] for row in cursor.fetchall()]


def write_again(items: Collection[int]) -> None:
    """Let what these items' files say now be found, and nothing that they said before."""
    write(items)
