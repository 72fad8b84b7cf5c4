"""`bin/watercooler check`: says whether settings, database, tables and projections are in order."""

from __future__ import annotations

from watercooler.config.commands.django import database, manage
from watercooler.config.commands.progress import say


def run(arguments: list[str]) -> int:
    """Run the framework's checks, look for missing migrations, and name projections that stand still."""
    with database():
        if manage("check", "--database", "default"):
            return 1
        if manage("migrate", "--check", "--verbosity", "0"):
            say("The tables are older than the program. Run: bin/watercooler migrate")
            return 1
        behind = lagging()
    for name, count in behind.items():
        say(f"{name} is {count} activities behind. The worker brings it up to date; look at its lines if it does not.")
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
