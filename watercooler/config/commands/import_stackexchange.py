"""`bin/watercooler import stackexchange DIR|ARCHIVE --space NAME`: a community, from its Stack Exchange data dump."""

from __future__ import annotations

import argparse

from watercooler.config.commands.importing import Say, carry_out, options, unpacked
from watercooler.config.problems import CannotRun
from watercooler.doors.importing.arrival import alone, find_space
from watercooler.doors.importing.hands import hands
from watercooler.doors.importing.report import Broken, Report
from watercooler.doors.importing.stackexchange import Dump
from watercooler.doors.importing.stackexchange.bring import bring, space_for
from watercooler.doors.importing.stackexchange.check import check

LIGHT = 4000
"""How many texts are worked on beside the writing, before a process of their own is worth its start."""


def run(arguments: list[str]) -> int:
    """Load or check one dump. Returns 0, or 1 if something in it is broken."""
    parser = options("stackexchange", "DIR")
    parser.add_argument("--space", required=True, metavar="NAME")
    parser.add_argument("--site", default="", metavar="NAME")
    with unpacked(parser.parse_args(arguments)) as chosen:
        return _run(chosen)


def _run(chosen: argparse.Namespace) -> int:
    try:
        dump = Dump(chosen.path, chosen.site)
    except Broken as problem:
        raise CannotRun(str(problem)) from None
    report = Report(f"{dump.site} into “{chosen.space}”", is_dry=chosen.dry_run)

    def load(say: Say) -> None:
        if chosen.dry_run:
            find_space(dump.site, chosen.space)
            check(dump, report, say)
            return
        with alone(), hands(most=1, after=LIGHT) as more:
            bring(dump, space_for(dump, chosen.space, chosen.owner, report), report, say, more.map)

    words = f"Checking {dump.site}" if chosen.dry_run else f"Bringing in {dump.site}"
    return carry_out(words, report, load, is_quiet=chosen.json)
