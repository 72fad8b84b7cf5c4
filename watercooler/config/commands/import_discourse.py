"""`bin/watercooler import discourse DIR|ARCHIVE`: a forum, from its topics as Discourse's API gives them."""

from __future__ import annotations

import argparse
import time

from watercooler.config.commands.importing import Say, carry_out, options, unpacked
from watercooler.config.problems import CannotRun
from watercooler.doors.importing.arrival import alone
from watercooler.doors.importing.discourse import Forum
from watercooler.doors.importing.discourse.bring import bring
from watercooler.doors.importing.discourse.job import Job
from watercooler.doors.importing.hands import hands
from watercooler.doors.importing.report import Broken, Report

LIGHT = 1000
"""How many texts are worked on beside the writing, before a process of their own is worth its start."""


def run(arguments: list[str]) -> int:
    """Load or check one forum. Returns 0, or 1 if something in it is broken."""
    parser = options("discourse", "DIR")
    parser.add_argument("--space", default="", metavar="NAME")
    parser.add_argument("--site", default="", metavar="NAME")
    with unpacked(parser.parse_args(arguments)) as chosen:
        return _run(chosen)


def _run(chosen: argparse.Namespace) -> int:
    began = time.monotonic()
    try:
        forum = Forum(chosen.path, chosen.site)
    except Broken as problem:
        raise CannotRun(str(problem)) from None
    where = f"“{chosen.space}”" if chosen.space else "a space for each category"
    report = Report(f"{forum.name} into {where}", is_dry=chosen.dry_run)

    def load(say: Say) -> None:
        with alone(), hands(most=1, after=LIGHT) as more:
            bring(Job(forum, report, chosen.space, chosen.owner, say, is_dry=chosen.dry_run, share=more.map))

    words = f"Checking {forum.name}" if chosen.dry_run else f"Bringing in {forum.name}"
    return carry_out(words, report, load, is_quiet=chosen.json, began=began)
