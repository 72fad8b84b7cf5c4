"""Building the Viewer from memberships, and keeping it for a moment in the process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from watercooler.foundation.base.viewer import EVERYONE, STRANGER, Role, Viewer
from watercooler.foundation.database import hot

MOST_KEPT = 20_000

# One row: the person with what they are inside of. `not_open` are the audiences beyond EVERYONE.
VIEWER = """
select p.id, p.role, p.name, p.handle, p.photo, p.language, p.status, p.theme, p.has_shortcuts,
       p.welcomed_at is not null as is_welcomed, p.is_active, p.ends_on, coalesce(w.id, 0) as wall_id,
       coalesce(m.space_ids, '{}') as space_ids, coalesce(m.not_open, '{}') as not_open,
       coalesce(m.hosted, '{}') as hosted
from people_person p
left join spaces_space w on w.owner_id = p.id and w.purpose = 'wall'
left join lateral (
    select array_agg(s.id) as space_ids,
           array_agg(s.id) filter (where s.access <> 'open') as not_open,
           array_agg(s.id) filter (where ms.standing = 'host') as hosted
    from spaces_membership ms join spaces_space s on s.id = ms.space_id
    where ms.person_id = p.id and ms.standing in ('host', 'member')
) m on true
where p.id = %(person)s
"""


def build(person_id: int, today: date | None = None) -> Viewer:
    """Return the viewer for an active person, or STRANGER. Cost: one prepared query."""
    found = hot.rows(VIEWER, person=person_id)
    if not found:
        return STRANGER
    row = found[0]
    ended = row.ends_on is not None and row.ends_on < (today or timezone.localdate())
    if not row.is_active or ended:
        return STRANGER
    is_guest = row.role == Role.GUEST
    return Viewer(
        person_id=row.id,
        role=Role(row.role),
        name=row.name,
        handle=row.handle,
        photo=row.photo,
        language=row.language,
        status=row.status,
        theme=row.theme,
        has_shortcuts=row.has_shortcuts,
        is_welcomed=row.is_welcomed,
        wall_id=row.wall_id,
        audiences=tuple(row.not_open) if is_guest else (EVERYONE, *row.not_open),
        guest_space_ids=tuple(set(row.space_ids) - set(row.not_open)) if is_guest else (),
        space_ids=tuple(row.space_ids),
        hosted_space_ids=frozenset([*row.hosted, row.wall_id]) - {0},
    )


class KeptViewers:
    """Session key → viewer, for at most `viewer_cache_seconds`. Bounded, safe between threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[float, Viewer]] = OrderedDict()
        self._dropped: OrderedDict[int, float] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, session_key: str) -> Viewer | None:
        kept = self._kept.get(session_key)
        return kept[1] if kept and kept[0] > time.monotonic() else None

    def keep(self, session_key: str, viewer: Viewer, read_at: float) -> None:
        """Keep a viewer read at this moment (time.monotonic), unless it was dropped since then."""
        with self._lock:
            if self._dropped.get(viewer.person_id, 0) >= read_at:
                return
            self._kept[session_key] = (time.monotonic() + settings.VIEWER_CACHE_SECONDS, viewer)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)

    def drop(self, person_id: int) -> None:
        with self._lock:
            self._dropped[person_id] = time.monotonic()
            self._dropped.move_to_end(person_id)
            while len(self._dropped) > MOST_KEPT:
                self._dropped.popitem(last=False)
            for key in [k for k, (_, viewer) in self._kept.items() if viewer.person_id == person_id]:
                del self._kept[key]

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


kept = KeptViewers()


def forget(*person_ids: int) -> None:
    """Make every process build these people's viewers anew, as soon as the present transaction commits.

    Called where sessions, roles, memberships or access change. Rare, so a notification inside the act is cheap.
    """
    with connection.cursor() as cursor:
        for person_id in person_ids:
            cursor.execute("select pg_notify('viewer', %s)", [str(person_id)])
            transaction.on_commit(lambda person_id=person_id: kept.drop(person_id))  # type: ignore[misc]
