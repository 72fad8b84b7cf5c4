"""What every kind of import shares on the command line: its options, its steps in words, its report."""

from __future__ import annotations

import argparse
import io
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, redirect_stdout
from pathlib import Path
from typing import NoReturn

from watercooler.config.commands.progress import say, step
from watercooler.config.options import options as installation
from watercooler.config.problems import CannotRun, Misused
from watercooler.doors.importing import archives, following
from watercooler.doors.importing.report import Broken, Report

type Say = Callable[[str], None]
UNPACKING = installation.data_dir / "unpacking"
"""Where archives are unpacked for as long as an import lasts."""


class _Words(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Misused(f"{self.prog}: {message}. bin/watercooler import --help shows how.")


def options(kind: str, what: str) -> argparse.ArgumentParser:
    """Return a parser that knows what every import takes: `what` (a path), --dry-run, --json, --owner."""
    parser = _Words(prog=f"import {kind}", add_help=False, allow_abbrev=False)
    parser.add_argument("path", metavar=what, type=Path)
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--owner", default="")
    take_archives(parser)
    return parser


def take_archives(parser: argparse.ArgumentParser) -> None:
    """Add what an import knows that takes archives: how much may come out of one."""
    parser.add_argument("--most-unpacked", type=gigabytes, default=0, metavar="GB")


def gigabytes(said: str) -> float:
    if not 0 < (count := float(said)) < 100_000:
        raise ValueError
    return count


@contextmanager
def unpacked(chosen: argparse.Namespace) -> Iterator[argparse.Namespace]:
    """Yield the options with the folder that an archive holds as their path, for as long as the block lasts.

    Raises CannotRun with a sentence for an archive nobody should unpack, or can.
    """
    try:
        is_packed = chosen.path.is_file() and archives.is_archive(chosen.path)
        words = step(f"Unpacking {chosen.path.name}") if is_packed and not chosen.json else nullcontext()
        with ExitStack() as until:
            with words:
                chosen.path = until.enter_context(archives.unpacked(chosen.path, UNPACKING, chosen.most_unpacked))
            yield chosen
    except Broken as problem:
        raise CannotRun(str(problem)) from None


def carry_out(
    words: str, report: Report, load: Callable[[Say], object], *, is_quiet: bool, began: float | None = None
) -> int:
    """Run an import with its progress shown, let the projections follow, and print the report.

    began: by `time.monotonic`, if the input was looked at before.
    Returns 1 if something in the input is broken, else 0. Raises CannotRun with a sentence for input nobody can read.
    """
    began = time.monotonic() if began is None else began
    try:
        with redirect_stdout(io.StringIO()) if is_quiet else nullcontext():
            _in_steps(words, report, load)
    except Broken as problem:
        raise CannotRun(str(problem)) from None
    seconds = time.monotonic() - began
    if is_quiet:
        print(json.dumps(report.as_json() | {"seconds": round(seconds, 2)}, indent=2, ensure_ascii=False))
    else:
        rate = report.total / max(seconds, 0.001)
        say(f"\n{report.table()}\n\n{report.total:,} records in {seconds:.1f} s, {rate:,.0f} a second.")
    return 1 if report.problem_count else 0


def _in_steps(words: str, report: Report, load: Callable[[Say], object]) -> None:
    if report.is_dry:
        _load(words, report, load)
        return
    with following.followed() as caught_up:
        _load(words, report, load)
        with step("Feed, inbox and search"):
            if not caught_up():
                report.notes.append("The running server brings feed, inbox and search up to date.")


def _load(words: str, report: Report, load: Callable[[Say], object]) -> None:
    with step(words) as note:
        load(note)
        note.result = f"{report.total:,} records read"
