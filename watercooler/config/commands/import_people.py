"""`bin/watercooler import people FILE|DIR|ARCHIVE`: a directory of people, from one table or several."""

from __future__ import annotations

import argparse

from watercooler.config.commands.importing import Say, carry_out, options, unpacked
from watercooler.config.commands.progress import say
from watercooler.config.problems import CannotRun
from watercooler.doors.importing.arrival import alone
from watercooler.doors.importing.people.load import bring
from watercooler.doors.importing.people.sources import Source, Told, mapping_said, source
from watercooler.doors.importing.report import Broken, Report
from watercooler.doors.importing.who import administrator
from watercooler.foundation.base.errors import Refused


def run(arguments: list[str]) -> int:
    """Bring a directory in. Returns 0, or 1 if something in it is broken."""
    parser = options("people", "FILE")
    parser.add_argument("--map", default="", metavar="FIELD=COLUMN,…")
    parser.add_argument("--take", action="append", default=[], metavar="COLUMN")
    parser.add_argument("--encoding", default="")
    parser.add_argument("--mail-domain", default="")
    parser.add_argument("--source", default="directory", metavar="NAME")
    parser.add_argument("--full", action="store_true")
    with unpacked(parser.parse_args(arguments)) as chosen:
        return _run(chosen)


def _run(chosen: argparse.Namespace) -> int:
    try:
        said = mapping_said(chosen.map) if chosen.map else {}
        rows = source(chosen.path, Told(said, chosen.take, chosen.encoding, chosen.mail_domain))
    except Refused as error:
        raise CannotRun(str(error.sentence)) from None
    if not chosen.json:
        show(rows)
    report = Report(f"People from {chosen.path.name}", is_dry=chosen.dry_run)
    try:
        viewer = administrator(chosen.owner)
    except Broken as problem:
        raise CannotRun(str(problem)) from None

    def load(progress: Say) -> None:
        try:
            with alone():
                bring(
                    viewer,
                    rows,
                    name=chosen.source,
                    is_full=chosen.full,
                    is_dry=chosen.dry_run,
                    say=progress,
                    report=report,
                    is_told=not chosen.json,
                )
        except Refused as error:
            raise CannotRun(str(error.sentence)) from None

    words = "Checking people" if chosen.dry_run else "Bringing people in"
    return carry_out(words, report, load, is_quiet=chosen.json)


def show(rows: Source) -> None:
    """Print how the columns are understood, before anything is written."""
    for line in rows.said():
        say(f"  {line}")
