"""`bin/watercooler import …`: brings in people, handbooks and years of questions from elsewhere.

Each kind of import is a module of its own beside this one, listed in KINDS by the word that follows `import`.
"""

from __future__ import annotations

from importlib import import_module

from watercooler.config.commands.django import database
from watercooler.config.options import options
from watercooler.config.problems import CannotRun, Misused
from watercooler.foundation.database import embedded

KINDS = {
    "people": "watercooler.config.commands.import_people",
    "handbook": "watercooler.config.commands.import_handbook",
    "watercooler": "watercooler.config.commands.import_watercooler",
    "stackexchange": "watercooler.config.commands.import_stackexchange",
    "discourse": "watercooler.config.commands.import_discourse",
}
NOT_YET = (
    "This installation’s tables are not there yet, or older than this version, and a dry run makes none. "
    "Bring them up to date first: bin/watercooler migrate."
)
HELP = """Bring in what lies elsewhere. Nothing is loaded twice, so an import that was stopped can be started again.

  bin/watercooler import people FILE|DIR                  A directory of people: one table, or a folder of tables.
                   --map field=Column,…   which column means what, or a small file that says so
                   --take Column          use a private column all the same
                   --full                 whoever is not in the file any more has left
                   --encoding NAME, --mail-domain NAME, --source NAME
  bin/watercooler import handbook DIR --space NAME        A folder of Markdown, with its history if it is a git clone.
  bin/watercooler import watercooler FILE                 An export of Watercooler, into an empty installation.
  bin/watercooler import stackexchange DIR --space NAME   A community as a Stack Exchange data dump: a folder of XML.
  bin/watercooler import discourse DIR                    A Discourse forum: a folder of topics as its API gives them.

Each takes a folder, or an archive of one: .zip, .tar, .tar.gz, .tar.xz, .tar.bz2, .7z.

  --dry-run        read and check everything, write nothing
  --json           print the report for programs
  --most-unpacked GB   how much may come out of an archive (default: 64, and 250 times what it weighs)
  --owner HANDLE   who owns what is opened (default: the first administrator)
"""


def run(arguments: list[str]) -> int:
    """Run one kind of import; 0 if everything was read, 1 if something in the input is broken."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(HELP)
        return 0 if arguments else 2
    kind, *others = arguments
    if kind not in KINDS:
        raise Misused(f"“import {kind}” is not known. Known are: {', '.join(KINDS)}.")
    is_dry = "--dry-run" in others
    if is_dry and not options.database_url and not embedded.is_made(options.data_dir):
        raise CannotRun(NOT_YET)
    with database():
        import django

        from watercooler.config.commands.migrate import bring_up_to_date, count_missing

        django.setup()
        if not is_dry:
            bring_up_to_date()
        elif count_missing():
            raise CannotRun(NOT_YET)
        return int(import_module(KINDS[kind]).run(others))
