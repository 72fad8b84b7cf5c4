"""`bin/watercooler import watercooler FILE`: an export, into an empty installation."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from django.conf import settings

from watercooler.config.commands.importing import UNPACKING, take_archives
from watercooler.config.commands.progress import say, step
from watercooler.config.problems import CannotRun
from watercooler.doors.exporting import load
from watercooler.doors.importing.archives import repacked
from watercooler.doors.importing.arrival import alone
from watercooler.doors.importing.report import Broken
from watercooler.foundation.base.errors import Refused
from watercooler.spine.people.acts import invite
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.viewer import build


def run(arguments: list[str]) -> int:
    """Load an export, and say how its first administrator gets in."""
    parser = argparse.ArgumentParser(prog="import watercooler", add_help=False, allow_abbrev=False)
    parser.add_argument("path", metavar="FILE", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--dry-run", action="store_true")
    take_archives(parser)
    chosen = parser.parse_args(arguments)
    began = time.monotonic()
    try:
        with repacked(chosen.path, UNPACKING, chosen.most_unpacked) as chosen.path, alone():
            counts = _load(chosen)
    except Refused as error:
        raise CannotRun(str(error.sentence)) from None
    except Broken as problem:
        raise CannotRun(str(problem)) from None
    seconds = time.monotonic() - began
    if chosen.json:
        print(json.dumps({"dry_run": chosen.dry_run, "rows": counts, "seconds": round(seconds, 2)}, indent=2))
        return 0
    for name, count in counts.items():
        say(f"  {name:<28}{count:>12,}")
    say(
        f"{sum(counts.values()):,} rows in {seconds:.1f} s, {sum(counts.values()) / max(seconds, 0.001):,.0f} a second."
    )
    if not chosen.dry_run:
        say(_way_in())
    return 0


def _load(chosen: argparse.Namespace) -> dict[str, int]:
    words = "Checking the export" if chosen.dry_run else "Loading the export"
    if chosen.json:
        return load.load(chosen.path, is_dry=chosen.dry_run)
    with step(words) as note:
        return load.load(chosen.path, note, is_dry=chosen.dry_run)


def _way_in() -> str:
    """Return the sentence that lets somebody in: no password travels, so an administrator needs a link."""
    handles = load.administrators()
    if not handles:
        return "Nobody in it is an administrator. `bin/watercooler django shell` can make one."
    person = Person.objects.get(handle=handles[0])
    made = invite(build(person.pk), person)
    return f"No passwords travel. {person.name} gets in once by {settings.SITE_URL}/invitation/{made.token}"
