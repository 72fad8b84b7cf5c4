"""Following the record: a row to send for each activity that somebody's webhook asked for."""

from __future__ import annotations

from collections.abc import Sequence

from watercooler.doors.webhooks.payload import offered
from watercooler.foundation.database import hot
from watercooler.spine.activity.projections import Follower, Recorded

# It nominates by the space of that moment; the item decides when it is sent.
NOMINATE = """
insert into webhooks_delivery
    (webhook_id, activity_id, message, type, state, attempts, made_at, next_at, body, answer, problem)
select w.id, a.id, 'msg_' || replace(a.uuid::text, '-', ''),
       case when a.item_id is not null then 'item.' when a.space_id is not null then 'space.'
            when a.person_id is not null then 'person.' else 'all.' end
       || a.verb || case when a.undoes_id is not null then '.undone' else '' end,
       1, 0, now(), now(), '', '', ''
from activity_activity a join webhooks_webhook w
    on w.off = '' and a.position > w.after_position
    and (w.verbs = '{}' or a.verb = any(w.verbs)) and (w.space_ids = '{}' or a.space_id = any(w.space_ids))
where a.id = any(%(ids)s) and not a.is_imported
order by a.position
on conflict do nothing
returning webhook_id
"""


class Webhooks(Follower):
    """Writes down what is to be sent, and asks for a job that sends it. Reaches for no network itself."""

    name = "webhooks"

    @property
    def verbs(self) -> frozenset[str]:  # type: ignore[override]
        """What a webhook may be told of."""
        return frozenset(verb.name for verb in offered())

    def apply(self, batch: Sequence[Recorded]) -> None:
        woken = hot.rows(NOMINATE, int, ids=[a.id for a in batch])
        if woken:
            # Not before: what sends takes 0.15 s to load, and an import tells nobody.
            from watercooler.doors.webhooks.jobs import wake
        for webhook_id in sorted(set(woken)):
            wake(webhook_id)
