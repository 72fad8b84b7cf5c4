"""`bin/watercooler check`: says whether settings, database, tables, projections and files are in order."""

from __future__ import annotations

from watercooler.config.commands.django import database, manage
from watercooler.config.commands.progress import say


def run(arguments: list[str]) -> int:
    """Run the framework's checks, look for missing migrations, name what stands still and files that are missing."""
    with database():
        if manage("check", "--database", "default"):
            return 1
        if manage("migrate", "--check", "--verbosity", "0"):
            say("The tables are older than the program. Run: bin/watercooler migrate")
            return 1
        behind, about_files = lagging(), files()
    for name, count in behind.items():
        say(f"{name} is {count} activities behind. The worker brings it up to date; look at its lines if it does not.")
    for sentence in about_files:
        say(sentence)
    say("Settings, database and tables are in order.")
    return 0


def lagging() -> dict[str, int]:
    """Return how many activities each projection that is behind has still to read."""
    from django.db.models import Max

    from watercooler.spine.activity.models import Activity, Cursor
    from watercooler.spine.activity.projections import followers, registered

    last = Activity.objects.aggregate(last=Max("position"))["last"] or 0
    read = dict(Cursor.objects.values_list("projection", "position"))
    behind = {each.name: last - read.get(each.name, 0) for each in (*registered(), *followers())}
    return {name: count for name, count in behind.items() if count > 0}


MOST_NAMED = 20


def files() -> list[str]:
    """Return in sentences which files are missing, and how many belong to nothing."""
    from watercooler.spine.content.acts import compare
    from watercooler.spine.content.models import Attachment

    found = compare()
    said = []
    if found.missing:
        rows = Attachment.objects.filter(stored__in=found.missing[:MOST_NAMED]).order_by("pk")
        lines = [f"  /files/{row.pk}/{row.name} should lie at files/{row.stored}" for row in rows]
        more = [f"  and {len(found.missing) - MOST_NAMED} more"] if len(found.missing) > MOST_NAMED else []
        said.append("\n".join([f"{len(found.missing)} attached files are missing:", *lines, *more]))
    if found.extra:
        then = (
            "That is much: are they of a later backup than the database? They are left." if found.is_too_much() else ""
        )
        said.append(f"{len(found.extra)} files belong to nothing. {then or 'The worker removes them tonight.'}")
    return said
