"""Who waits at a door: requests that the viewer decides, and invitations to the viewer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.spaces.models import Membership, Standing

MOST = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request or invitation. person: {name, handle, photo, job} of who asks or, where known, who invited."""

    id: int
    is_invitation: bool
    since: datetime
    note: str
    space_slug: str
    space_name: str
    space_hue: int
    space_tagline: str
    member_count: int
    person: dict[str, Any]


WAITING = """
select m.id, m.standing = 'invited', m.since, m.note, s.slug, s.name, s.hue, s.tagline, s.member_count,
       jsonb_build_object('name', p.name, 'handle', p.handle, 'photo', p.photo, 'job', p.job)
from spaces_membership m
join spaces_space s on s.id = m.space_id and s.archived_at is null
left join lateral (
    select a.actor_id from activity_activity a
    where m.standing = 'invited' and a.verb = 'invited_to_space' and a.person_id = m.person_id
      and a.space_id = m.space_id
    order by a.id desc limit 1) invited on true
join people_person p on p.id = case when m.standing = 'invited' then coalesce(invited.actor_id, s.owner_id)
                                    else m.person_id end
where (m.standing = 'invited' and m.person_id = %(person)s)
   or (m.standing = 'requested' and m.space_id = any(%(hosted)s) and p.is_active)
order by m.since desc, m.id desc limit %(most)s
"""


def waiting(viewer: Viewer) -> list[Waiting]:
    """Return what the viewer is asked to decide, newest first, at most MOST. Cost: one prepared query."""
    return hot.rows(WAITING, Waiting, person=viewer.person_id, hosted=list(viewer.hosted_space_ids), most=MOST)


def decidable(viewer: Viewer, membership_id: int) -> Membership | None:
    """Return the request or invitation if it is the viewer's to decide. Cost: one query."""
    found = Membership.objects.select_related("space", "person").filter(pk=membership_id).first()
    if found is None:
        return None
    is_mine = found.standing == Standing.INVITED and found.person_id == viewer.person_id
    is_asked = found.standing == Standing.REQUESTED and viewer.hosts(found.space_id)
    return found if is_mine or is_asked else None
