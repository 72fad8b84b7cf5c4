"""The ask-router: puts a new question before three people who may know and have not been asked too much.

Whom to nudge is decided once, when the worker first reads the question, and kept in a ledger (Nudge): a rebuild of the
projection decides nothing again. At most one nudge a day each; who said "Not me" to the like counts half as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.experts.asking import Asked
from watercooler.projections.experts.load import least_loaded
from watercooler.projections.experts.models import Nudge
from watercooler.projections.experts.ranking import Ranked, rank
from watercooler.projections.experts.verbs import NUDGED, Nudging
from watercooler.spine.activity.projections import Recorded, moved, reached
from watercooler.spine.activity.record import record
from watercooler.spine.content.models import Item
from watercooler.spine.spaces.viewer import build

CONSIDERED = 30
STALE = timedelta(days=1)
"""A question older than this, as from an import or the demo, is put before nobody."""
MOST_AT_ONCE = 50
"""Questions routed in one batch; after a flood the rest find their people by being read."""
ROUTED = "nudged"
"""The cursor that says up to where questions have been put before people. A rebuild does not move it back."""

# How each of these people stands: nudges in seven days, whether today's is used up, how often they said "Not me" to
# something alike (a shared topic, or six of the same telling words), and whether they read the space and want to hear.
STANDING = """
select p.id, count(n.item_id) filter (where n.at > %(now)s::timestamptz - interval '7 days')::int,
       coalesce(bool_or(n.at > %(now)s::timestamptz - interval '1 day'), false),
       count(n.item_id) filter (where n.declined_at is not null and (past.topic_ids && %(topics)s::bigint[]
           or cardinality(array(select unnest(past.keys) intersect select unnest(asked.keys))) >= 6))::int,
       coalesce(f.takes_nudges, true) and (%(audience)s = 0 or m.id is not null)
           and coalesce(m.level, '') <> 'muted'
           and not exists (select from social_follow s where s.follower_id = p.id and s.level = 'muted'
                           and (s.space_id = %(space)s or s.person_id = %(asker)s or s.topic_id = any(%(topics)s)))
from unnest(%(people)s::bigint[]) p (id)
left join experts_findable f on f.person_id = p.id
left join experts_nudge n on n.person_id = p.id and n.at > %(now)s::timestamptz - interval '180 days'
left join experts_entry past on past.item_id = n.item_id
left join experts_entry asked on asked.item_id = %(item)s
left join spaces_membership m
    on m.person_id = p.id and m.space_id = %(space)s and m.standing in ('host', 'member')
group by p.id, f.takes_nudges, m.id, m.level
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """nudges: in seven days. declined: how often they said "Not me" to the like."""

    person_id: int
    nudges: int
    had_todays: bool
    declined: int
    may: bool


def choose(viewer: Viewer, about: Asked, audience: int, now: datetime, item_id: int = 0) -> list[Ranked]:
    """Return the at most three people to nudge about what the viewer asks, best first. Guests' questions nudge nobody.

    item_id: the question once it is posted, whose words "Not me" is compared with. Cost: two prepared queries.
    """
    if not viewer.is_member:
        return []
    ranked = rank(viewer, about, now, most=CONSIDERED, asker_id=viewer.person_id, lively=0)
    found = hot.rows(
        STANDING,
        Standing,
        people=[one.person_id for one in ranked],
        topics=list(about.topic_ids),
        space=about.space_id,
        audience=audience,
        asker=viewer.person_id,
        item=item_id,
        now=now,
    )
    standing = {one.person_id: one for one in found}
    full = frozenset(p for p, one in standing.items() if one.had_todays or not one.may)
    weighed = [_learnt(one, standing[one.person_id].declined) for one in ranked if one.person_id in standing]
    return least_loaded(weighed, {p: one.nudges for p, one in standing.items()}, full)


def _learnt(one: Ranked, declined: int) -> Ranked:
    """Return somebody with half the score for every "Not me" to the like."""
    items, site = one.items, one.site_id
    return Ranked(one.person_id, one.score / 2**declined, items, one.alike, one.accepted, one.helped, site)


def route(batch: Sequence[Recorded]) -> None:
    """Put the new questions of a batch before people who may know, and record it. Once only, rebuild or not."""
    asked = [a for a in batch if a.verb == "asked"]
    if not asked or (routed := reached(ROUTED)) >= asked[-1].position:
        return
    now = timezone.now()
    fresh = [
        a.item_id
        for a in asked
        if a.item_id and a.position > routed and a.undoes_id is None and not a.is_imported and now - a.at < STALE
    ]
    items = Item.objects.filter(pk__in=fresh[-MOST_AT_ONCE:], state=1, answer_count=0)
    for item in items.order_by("pk"):
        _nudge(item, now)
    moved(ROUTED, asked[-1].position)


def _nudge(item: Item, now: datetime) -> None:
    asker = build(item.author_id)
    about = Asked(item.title, item.source, tuple(item.topic_ids), item.space_id)
    chosen = choose(asker, about, item.audience, now, item.pk)
    made = [Nudge(item=item, person_id=one.person_id, at=now, alike=one.alike) for one in chosen]
    if made:
        Nudge.objects.bulk_create(made, ignore_conflicts=True)
        people = [{"person": one.person_id, "alike": one.alike} for one in chosen]
        record(asker, NUDGED, item=item, detail=Nudging(people))
