"""Telling people what concerns them: set statements over a batch, never a loop over people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from watercooler.foundation.database import hot
from watercooler.projections.notifications import between
from watercooler.projections.notifications.models import Notification
from watercooler.projections.notifications.recipients import TELL, TELL_FOUND
from watercooler.spine.activity.projections import Projection, Recorded, moved, reached
from watercooler.spine.content.kinds import registered

# An undo takes back what its act told.
TAKE_BACK = """
delete from notifications_told t using activity_activity a
where a.id = any(%(undone)s) and t.position = a.position returning t.notification_id
"""
# Who was let in or turned away asks no more; who came in or said no is invited no more; who was answered asks no more.
SETTLE = """
with settled as (
    select position, space_id, verb, coalesce(person_id, actor_id) as person_id, actor_id, detail from activity_activity
    where position = any(%(settling)s) and undoes_id is null
),
request as (
    select q.position from settled s join activity_activity q
        on q.verb = 'asked_to_join' and q.actor_id = s.person_id and q.space_id = s.space_id and q.position < s.position
    union all
    select q.position from settled s join activity_activity q
        on q.verb = 'invited_to_space' and q.person_id = s.person_id and q.space_id = s.space_id
            and q.position < s.position
    where s.verb in ('joined', 'left')
    union all
    select q.position from settled s join activity_activity q
        on q.verb = 'asked_to_connect' and q.actor_id = s.person_id and q.person_id = s.actor_id
            and q.position < s.position
    where s.verb in ('connected', 'declined_connection')
),
declined as (
    select t.notification_id, t.actor_id, t.position
    from settled s join notifications_notification n
        on n.person_id = s.actor_id and n.key = 'introduced:' || (s.detail ->> 'introduction_id')
    join notifications_told t on t.notification_id = n.id
    where s.verb = 'declined_introduction'
)
delete from notifications_told t using (
    select t.notification_id, t.actor_id, t.position
    from request q join notifications_told t on t.position = q.position
    union
    select * from declined
) gone
where t.notification_id = gone.notification_id and t.actor_id = gone.actor_id and t.position = gone.position
returning t.notification_id
"""
# What was removed or held is no news, and is news again when it comes back: read from the items as they are now.
HIDE = """
update notifications_told t set is_hidden = i.state <> 1
from notifications_notification n, activity_activity a, content_item i
where n.item_id = any(%(roots)s) and n.kind not in ('care', 'flag') and t.notification_id = n.id
  and a.position = t.position and i.id = a.item_id and t.is_hidden <> (i.state <> 1)
returning t.notification_id
"""
# A line of a saved search speaks of many threads and is found by their acts.
HIDE_FOUND = """
update notifications_told t set is_hidden = i.state <> 1
from notifications_notification n, activity_activity a, content_item i
where (i.id = any(%(roots)s) or i.root_id = any(%(roots)s)) and a.item_id = i.id and t.position = a.position
  and n.id = t.notification_id and n.kind = 'found' and t.is_hidden <> (i.state <> 1)
returning t.notification_id
"""
TOUCHED = "select distinct notification_id from notifications_told where position between %(first)s and %(last)s"
# Sums whole lines, so that it can't drift: 4 ms for a line of 1,000 acts, once a batch.
SUM = """
with actor as (
    select notification_id, actor_id, max(position) as position from notifications_told
    where notification_id = any(%(lines)s) and not is_hidden group by 1, 2
),
line as (
    select notification_id as id, count(*) as actors, (array_agg(actor_id order by position desc))[1:3] as newest,
           max(position) as position
    from actor group by 1
)
update notifications_notification n
set position = coalesce(line.position, 0), actor_count = coalesce(line.actors, 0),
    actor_ids = coalesce(line.newest, '{}'), at = coalesce(t.at, a.at), because = coalesce(t.because, ''),
    because_id = t.because_id,
    last_item_id = case when n.item_id is null and n.kind <> 'found' then null else a.item_id end
from unnest(%(lines)s) touched
left join line on line.id = touched
left join activity_activity a on a.position = line.position
left join notifications_told t
    on t.notification_id = line.id and t.actor_id = line.newest[1] and t.position = line.position
where n.id = touched
"""
EMPTY = """
update notifications_notification set position = 0, actor_count = 0, actor_ids = '{}', at = null, because = '',
    because_id = null, last_item_id = null
"""

UNTELL = "delete from notifications_told where position = any(%(positions)s)"

FEW = 50
TOLD = "told"
"""The cursor that says up to where people have been told. A rebuild does not move it back."""

OF_ITEMS = frozenset(
    {
        *("edited", "accepted", "helped", "rated", "recommended", "highlighted", "flagged", "decided", "nudged"),
        *("checked", "unchecked", "check_ends"),
    }
)
OF_PEOPLE = frozenset(
    {
        *("invited_to_space", "asked_to_join", "changed_standing", "handed_on", "followed"),
        *("asked_to_connect", "connected", "introduced", "agreed_to_meet"),
    }
)
SETTLING = frozenset(
    {"let_in", "turned_away", "joined", "left", "connected", "declined_connection", "declined_introduction"}
)
HIDING = frozenset({"removed", "held"})


class Notifications(Projection):
    """The lines of everybody's inbox."""

    name = "notifications"
    version = 1
    tables = (Notification,)

    @property
    def verbs(self) -> frozenset[str]:  # type: ignore[override]
        """What makes items of any kind, also those still to be invented, and what is told of them."""
        made = frozenset(kind.made.name for kind in registered().values())
        return made | OF_ITEMS | OF_PEOPLE | SETTLING | HIDING | between.verbs().keys()

    def apply(self, batch: Sequence[Recorded]) -> None:
        first, last = batch[0].position, batch[-1].position
        self._tell(batch)
        touched: set[int] = set()
        if undone := [a.undoes_id for a in batch if a.undoes_id]:
            touched |= _ids(TAKE_BACK, undone=undone)
        if settling := [a.position for a in batch if a.verb in SETTLING]:
            touched |= _ids(SETTLE, settling=settling)
        if roots := [a.root_id for a in batch if a.verb in HIDING]:
            touched |= _ids(HIDE, roots=roots) | _ids(HIDE_FOUND, roots=roots)
        touched |= _ids(TOUCHED, first=first, last=last)
        if touched:
            _run(SUM, lines=sorted(touched))

    def rehearse(self, batch: Sequence[Recorded]) -> None:
        """Tell once more, as if nobody had been told yet."""
        hot.rows(UNTELL, positions=[a.position for a in batch])
        moved(TOLD, batch[0].position - 1)
        self.apply(batch)

    def _tell(self, batch: Sequence[Recorded]) -> None:
        """Tell of what nobody was told of yet. Once told, an activity is never told again, rebuild or not."""
        told = reached(TOLD)
        positions = [a.position for a in batch if a.position > told]
        if not positions:
            return
        kinds = registered().values()
        tops = [kind.made.name for kind in kinds if kind.is_top]
        replies = [kind.made.name for kind in kinds if not kind.is_top]
        two = between.verbs()
        of_two = {
            "two_verbs": list(two),
            "two_kinds": [each.kind for each in two.values()],
            "two_threads": [each.thread for each in two.values()],
        }
        _run(TELL, positions=positions, at=None, tops=tops, replies=replies, **of_two)
        moved(TOLD, positions[-1])

    def clear(self) -> None:
        """Forget what was summed; keep the lines with what was read of them."""
        _run(EMPTY)


def tell_found(found: Sequence[tuple[int, int, int]], at: datetime) -> None:
    """Tell people what their saved searches found: (person, search, position of the act that made the item).

    One line a saved search. Whoever may not read an item, muted what it belongs to, wrote it, or was told of it for
    another reason hears nothing. Cost: two statements.
    """
    people, searches, positions = (list(column) for column in zip(*found, strict=True))
    if lines := _ids(TELL_FOUND, people=people, searches=searches, positions=positions, at=at):
        _run(SUM, lines=sorted(lines))


def _run(sql: str, **values: Any) -> None:
    _written(sql, values)


def _ids(sql: str, **values: Any) -> set[int]:
    return {row[0] for row in _written(sql, values)}


def _written(sql: str, values: dict[str, Any]) -> Sequence[Any]:
    """Run a statement, planned for what it does: once and by indexes for a few activities, anew for a full batch.

    Planning costs 44 ms: ten times what the one activity of a quiet moment does, a tenth of what a thousand do.
    """
    if max((len(value) for value in values.values() if isinstance(value, list)), default=0) <= FEW:
        return hot.rows(sql, **values)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else ()
