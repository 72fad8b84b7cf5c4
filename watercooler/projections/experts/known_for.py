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


# A topic is shown for what colleagues found useful in it: `proof` is each item that shows knowledge, once a topic.
IS_ACCEPTED = "coalesce((r.card->'accepted'->>'id')::bigint = i.id, false)"
SUMS = """
    count(*) filter (where is_accepted) as accepted, sum(helped_count) as helped,
    sum((is_accepted::int * 3 + helped_count)
        / (1 + extract(epoch from now() - published_at)::float / 86400 / 365)) as score"""
IS_USEFUL = "count(*) filter (where is_accepted) > 0 or sum(helped_count) > 0"
BEST_FIRST = "is_accepted desc, helped_count desc, id desc"


def newest_of(person: str) -> str:
    """Return the entries that speak for the person that an expression names, newest first."""
    return f"""select e.person_id, e.item_id, e.topic_ids from experts_entry e
    where e.person_id = {person} and e.shows_knowledge order by e.at desc limit {NEWEST}"""


PROOF = f"""i.id, i.kind, i.title, r.id as root_id, r.kind as root_kind, r.title as root_title,
        {IS_ACCEPTED} as is_accepted, i.helped_count"""


# Only what the viewer may read counts; what its owner hid, or somebody who does not want to be found, is left out. A
# topic without a proof that they may read is no claim.
def _claims(person: str, sources: str, proofs: str) -> str:
    """Return claims as one JSON value: of `topic` (id, accepted, helped, score) in `sources`, each with its `proofs`
    (topic and PROOF)."""
    return f"""(
with {sources}, claim as materialized (
    select k.id, t.name, t.slug, k.accepted, k.helped, k.score
    from topic k join content_topic t on t.id = k.id
    where not exists (select from experts_hiddentopic c
                      where c.person_id = {person} and c.topic_id = k.id)
      and not exists (select from experts_findable f where f.person_id = {person} and f.is_out)
    order by k.score desc, t.name limit {MOST}
), proved as (
    select topic, jsonb_agg(
        jsonb_build_array(id, kind, title, root_id, root_kind, root_title, is_accepted, helped_count)
        order by {BEST_FIRST}) as proofs
    from (select x.*, row_number() over (partition by topic order by {BEST_FIRST}) as place from ({proofs}) x) x
    where place <= {PROOFS} group by topic)
select coalesce(jsonb_agg(jsonb_build_object(
    'name', claim.name, 'slug', claim.slug, 'accepted', claim.accepted, 'helped', claim.helped, 'proofs', proved.proofs
    ) order by claim.score desc, claim.name), '[]')
from claim join proved on proved.topic = claim.id)"""


def _worked_out(person: str) -> str:
    """Return the claims as they are this moment. Cost: two rows for each of the person's entries."""
    sources = f"""mine as materialized ({newest_of(person)}
), proof as materialized (
    select topic, i.published_at, {PROOF}
    from mine join content_item i on i.id = mine.item_id left join content_item r on r.id = i.root_id
    cross join unnest(mine.topic_ids) topic
    where {VISIBLE}
), topic as (select topic as id, {SUMS} from proof group by topic having {IS_USEFUL})"""
    return _claims(person, sources, "select proof.* from claim join proof on proof.topic = claim.id")


def _kept(person: str) -> str:
    """Return the claims from what is kept (`known.py`). Cost: the topics kept, and the proofs shown."""
    kept = f"k.person_id = {person} and k.audience = any(%(audiences)s)"
    sources = f"""topic as (
    select k.topic_id as id, sum(k.accepted) as accepted, sum(k.helped) as helped, sum(k.score) as score
    from experts_knowntopic k where {kept} group by k.topic_id)"""
    proofs = f"""select claim.id as topic, {PROOF}
        from claim join experts_knowntopic k on {kept} and k.topic_id = claim.id cross join unnest(k.item_ids) item
        join content_item i on i.id = item left join content_item r on r.id = i.root_id
        where {VISIBLE}"""
    return _claims(person, sources, proofs)


KNOWN_FOR = f"case when %(knows_all)s then {_kept('p.id')} else '[]'::jsonb end"
"""A column over `people_person p` for pages that read one person anyway; read it with `claims`."""
ALONE = f"select {_worked_out('%(person)s')} as claims"


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


def _proof(each: list[Any]) -> tuple[str, str, bool, int]:
    number, kind, title, root_id, root_kind, root_title, is_accepted, helped = each
    url = url_of(kind, number, title, root_id, root_kind or "", root_title or "")
    return title or root_title or "", url, is_accepted, helped
