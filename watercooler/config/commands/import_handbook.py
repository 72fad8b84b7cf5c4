"""`bin/watercooler import handbook DIR|ARCHIVE --space NAME`: a folder of Markdown becomes articles."""

from __future__ import annotations

import argparse
import time
from collections import Counter

from watercooler.config.commands.importing import Say, carry_out, options, unpacked
from watercooler.config.problems import CannotRun
from watercooler.doors.importing.arrival import alone, take_space
from watercooler.doors.importing.handbook.folder import UNREAD, Folder, Unreadable, look
from watercooler.doors.importing.handbook.load import bring
from watercooler.doors.importing.hands import CORES, Hands, hands
from watercooler.doors.importing.report import Broken, Report
from watercooler.doors.importing.who import administrator
from watercooler.foundation.base.errors import Refused
from watercooler.spine.people.models import Person


def run(arguments: list[str]) -> int:
    """Bring a handbook in. Returns 0, or 1 if something in it is broken, as a link that leads to nothing."""
    parser = options("handbook", "DIR")
    parser.add_argument("--space", required=True, metavar="NAME")
    parser.add_argument("--source", default="", metavar="NAME")
    parser.add_argument("--by", default="", metavar="HANDLE")
    with unpacked(parser.parse_args(arguments)) as chosen:
        if not chosen.path.is_dir():
            raise CannotRun(f"There is no folder or archive {chosen.path}.")
        with hands(most=max(CORES - 1, 1)) as more:  # the import itself has work enough for one
            return _bring(chosen, more)


def why_nothing(folder: Folder) -> str:
    """Return why a folder gives no page: what lies in it instead."""
    if (folder.base / "HEAD").is_file() and (folder.base / "objects").is_dir():
        return (
            f"{folder.base.name} is a bare git repository, whose pages are packed inside. "
            "Clone it first (git clone), and import the clone."
        )
    others = Counter(why.removesuffix(UNREAD) for why in folder.left_out.values() if why.endswith(UNREAD))
    if others:
        [(sort, count)] = others.most_common(1)
        return (
            f"{folder.base.name} holds no Markdown, but {count:,} files of {sort}, which this import does not read. "
            "Turn them into Markdown first, as pandoc does: pandoc page.rst --to gfm --output page.md."
        )
    why = ", ".join(f"{count:,} {why}" for why, count in Counter(folder.left_out.values()).most_common(3))
    return f"{folder.base.name} holds no page: no file of it is Markdown{f' that can be read ({why})' if why else ''}."


def _bring(chosen: argparse.Namespace, more: Hands) -> int:
    began = time.monotonic()
    try:
        folder = look(chosen.path, more.together)
    except Unreadable as error:
        raise CannotRun(f"{chosen.path} cannot be read: {error}.") from None
    if not folder.pages:
        raise CannotRun(why_nothing(folder))
    source = f"handbook {chosen.source or chosen.path.resolve().name}"
    try:
        viewer = administrator(chosen.by or chosen.owner)
    except Broken as problem:
        raise CannotRun(str(problem)) from None
    report = Report(f"{chosen.path.resolve().name} into “{chosen.space}”", is_dry=chosen.dry_run)

    def load(progress: Say) -> None:
        objective = "What holds here, written down where everybody finds it."
        try:
            with alone():
                owner = Person.objects.get(pk=viewer.person_id)
                bring(
                    viewer,
                    lambda: take_space(source, chosen.space, owner, objective),
                    folder,
                    source=source,
                    is_dry=chosen.dry_run,
                    say=progress,
                    report=report,
                    share=more.map,
                )
        except Refused as error:
            raise CannotRun(str(error.sentence)) from None

    words = f"{'Checking' if chosen.dry_run else 'Bringing in'} {len(folder.pages):,} pages"
    return carry_out(words, report, load, is_quiet=chosen.json, began=began)
