"""Dropping old lines, so that the inbox of a house grows with its people and not with its years."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from watercooler.projections.notifications.projection import Notifications
from watercooler.spine.activity.projections import reached

AT_ONCE = 5_000
"""Lines looked at in one transaction. Nobody is told of anything while it lasts: 3 ms where none is old, 50 to 140 ms
where half of them are (busy machine, two rows of the ledger a line)."""
UNREAD_DAYS = 365

LAST = """
select max(id) from (select id from notifications_notification where id > %(after)s order by id limit %(most)s) batch"""
# A line goes with what it was summed from: so a rebuild has nothing to sum it from, and the cursor of what was told
# keeps anybody from being told again. A line from which all was taken back holds only how far it was read.
DROP = """
with old as (
    select n.id from notifications_notification n
    where n.id > %(after)s and n.id <= %(last)s and (
        n.at < case when n.read_position >= n.position then %(read)s else %(unread)s end
        or n.position = 0 and not exists (select from notifications_told t where t.notification_id = n.id))
),
ledger as (delete from notifications_told t using old where t.notification_id = old.id)
delete from notifications_notification n using old where n.id = old.id
"""


def prune(now: datetime, days: int) -> int:
    """Drop lines read and older than `days`, and unread ones older than a year. Returns how many. 0 days keeps all.

    Cost: reads the whole table once, AT_ONCE lines a transaction.
    """
    if days <= 0:
        return 0
    times = {"read": now - timedelta(days=days), "unread": now - timedelta(days=max(days, UNREAD_DAYS))}
    dropped = after = 0
    while last := _last(after):
        dropped += _drop(after, last, times)
        after = last
    return dropped


def _last(after: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(LAST, {"after": after, "most": AT_ONCE})
        (last,) = cursor.fetchone()
        return None if last is None else int(last)


@transaction.atomic
def _drop(after: int, last: int, times: dict[str, datetime]) -> int:
    reached(Notifications.name, Notifications.version)  # held to the end: nobody adds to a line that is going
    with connection.cursor() as cursor:
        cursor.execute(DROP, {"after": after, "last": last, **times})
        return int(cursor.rowcount)
