"""What a person is known for: topics with the evidence for each, never what somebody says of themselves alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.content.kinds import url_of
from watercooler.spine.content.visibility import VISIBLE, visible_values

NEWEST = 400
"""How many of a person's answers and pages are read."""
MOST = 6
PROOFS = 3


# A topic is shown for what colleagues found useful in it. Only what the viewer may read counts; what its owner hid, or
# somebody who does not want to be found, is left out.
def _known_for(person: str) -> str:
    """Return the query as one JSON value, for the person that an expression names."""
    return f"""(
with mine as materialized (
    select e.item_id, e.topic_ids from experts_entry e
    where e.person_id = {person} and e.shows_knowledge order by e.at desc limit {NEWEST}
), proof as materialized (
    select topic, i.id, i.kind, i.title, i.helped_count, i.published_at, r.id as root_id, r.kind as root_kind,
           r.title as root_title, coalesce((r.card->'accepted'->>'id')::bigint = i.id, false) as is_accepted
    from mine join content_item i on i.id = mine.item_id left join content_item r on r.id = i.root_id
    cross join unnest(mine.topic_ids) topic
    where {VISIBLE}
), topic as (
    select topic as id, count(*) filter (where is_accepted) as accepted, sum(helped_count) as helped,
           sum((is_accepted::int * 3 + helped_count)
               / (1 + extract(epoch from now() - published_at)::float / 86400 / 365)) as score
    from proof group by topic
    having count(*) filter (where is_accepted) > 0 or sum(helped_count) > 0
), claim as (
    select k.id, t.name, t.slug, k.accepted, k.helped, k.score
    from topic k join content_topic t on t.id = k.id
    where not exists (select from experts_hiddentopic c
                      where c.person_id = {person} and c.topic_id = k.id)
      and not exists (select from experts_findable f where f.person_id = {person} and f.is_out)
    order by k.score desc, t.name limit {MOST}
)
select coalesce(jsonb_agg(jsonb_build_object(
    'name', claim.name, 'slug', claim.slug, 'accepted', claim.accepted, 'helped', claim.helped, 'proofs', (
        select coalesce(jsonb_agg(to_jsonb(x) order by x.is_accepted desc, x.helped_count desc, x.id desc), '[]') from (
            select id, kind, title, root_id, root_kind, root_title, is_accepted, helped_count from proof
            where proof.topic = claim.id order by is_accepted desc, helped_count desc, id desc limit {PROOFS}) x)
    ) order by claim.score desc, claim.name), '[]')
from claim)"""


KNOWN_FOR = f"case when %(knows_all)s then {_known_for('p.id')} else '[]'::jsonb end"
"""A column over `people_person p` for pages that read one person anyway; read it with `claims`."""
ALONE = f"select {_known_for('%(person)s')} as claims"


@dataclass(frozen=True, slots=True)
class Claim:
    """One topic somebody is known for. proofs: (title, address, is accepted, helped), the best three."""

    name: str
    slug: str
    accepted: int
    helped: int
    proofs: list[tuple[str, str, bool, int]]

    @property
    def level(self) -> int:
        """Return how much evidence there is, 1 to 5: each step takes three times as much as the one before."""
        worth = self.accepted * 3 + self.helped
        return 1 + sum(worth >= step for step in (3, 9, 27, 81))


def known_for(viewer: Viewer, person_id: int) -> list[Claim]:
    """Return what a person is known for, as far as the viewer may read what shows it. Cost: one prepared query."""
    if not viewer.is_member and viewer.person_id != person_id:
        return []
    return claims(hot.one(ALONE, person=person_id, **visible_values(viewer)).claims)


def claims(rows: list[dict[str, Any]]) -> list[Claim]:
    """Return the value of KNOWN_FOR as claims."""
    return [
        Claim(row["name"], row["slug"], row["accepted"], row["helped"], [_proof(each) for each in row["proofs"]])
        for row in rows
    ]


def _proof(each: dict[str, Any]) -> tuple[str, str, bool, int]:
    root_title = each["root_title"] or ""
    url = url_of(each["kind"], each["id"], each["title"], each["root_id"], each["root_kind"] or "", root_title)
    return each["title"] or root_title, url, each["is_accepted"], each["helped_count"]
