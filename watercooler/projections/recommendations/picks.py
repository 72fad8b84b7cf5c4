"""Picking for one person: what is alive where they take part, or read by those they meet there, and is like it.

One statement, bounded at every step. Everything passes the item's own rule before it is capped or compared, so what
somebody may not see changes neither what is picked for them nor its order. The weights were chosen by
`bin/watercooler evaluate recommendations`; docs/finding/suggestions.md says what each is worth. The telling words of
items, and how rare they are, are those that who-knows keeps (experts_entry, experts_stem).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.content.visibility import VISIBLE, visible_values

OWN = 50
"""How many of the threads somebody took part in last say what they are after."""
HALF = 20
"""Days after which a thread says half as much."""
PEOPLE, OF_EACH, PER_THREAD = 60, 40, 30
"""How many of the people met in these threads are looked at, how many threads of each, how many of a thread."""
SPACES, PER_SPACE = 12, 250
"""How many spaces are looked at, and how many acts of each, newest first."""
ELSEWHERE = 0.02
"""What a thread counts in a space where somebody did nothing yet, beside the share of those where they did."""
QUIET, YOUNG = 0.5, 0.2
"""Powers with which a thread fades since somebody last took part, five times a day, and since it began."""
ALIKE, CROWD, ALONE = 2.0, 0.5, 0.5
"""What being alike by words and topics, having the same people in it, and waiting for a first voice add at most."""
PROFILE = 400
"""How many words and topics stand for somebody."""

REFUSED = """
refused as materialized (
    select coalesce(array_agg(item_id) filter (where item_id is not null), '{}') as items,
           coalesce(array_agg(person_id) filter (where person_id is not null), '{}') as people,
           coalesce(array_agg(space_id) filter (where space_id is not null), '{}') as spaces,
           coalesce(array_agg(coalesce(t.synonym_of_id, t.id)) filter (where t.id is not null), '{}') as topics
    from (select item_id, colleague_id as person_id, space_id, topic_id
          from recommendations_notforme where person_id = %(person)s
          union all select item_id, person_id, space_id, topic_id
          from social_follow where follower_id = %(person)s and level = 'muted') said
    left join content_topic t on t.id = said.topic_id
)"""
"""What the viewer said "not for me" to, or muted."""
UNREFUSED = """not (i.id = any(refused.items) or i.author_id = any(refused.people)
    or i.space_id = any(refused.spaces) or i.topic_ids && refused.topics)"""

MINE = f"""
mine as materialized (
    select e.thread_id, e.space_id,
           1 / (1 + greatest(extract(epoch from %(now)s - e.at)::float, 0) / 86400 / {HALF}) as weight
    from recommendations_engagement e join content_item i on i.id = e.thread_id
    where e.person_id = %(person)s and e.acts > 0 and {VISIBLE}
    order by e.at desc, e.thread_id desc limit {OWN}
)"""
"""Where the viewer took part last."""

MET = f"""
met as materialized (
    select o.person_id, sum(mine.weight) as weight, count(*) as threads
    from mine cross join lateral (
        select o.person_id from recommendations_engagement o
        where o.thread_id = mine.thread_id and o.open_acts > 0 and o.person_id <> %(person)s
        order by o.open_at desc, o.person_id limit {PER_THREAD}) o
    group by o.person_id order by weight desc, o.person_id limit {PEOPLE}
)"""
"""Whom the viewer met there."""

PICKS = f"""
with {REFUSED}, {MINE}, {MET},
at_home as materialized (
    select space_id, sum(share) as share from (
        select space_id, sum(weight) / sum(sum(weight)) over () as share from mine group by space_id
        union all select wanted, {ELSEWHERE} from unnest(%(spaces)s::bigint[]) wanted) said
    group by space_id order by share desc, space_id limit {SPACES}
), crowd as materialized (
    select t.thread_id, sum(met.weight) as weight from met cross join lateral (
        select e.thread_id from recommendations_engagement e join content_item i on i.id = e.thread_id
        where e.person_id = met.person_id and e.open_acts > 0 and {VISIBLE}
        order by e.open_at desc, e.thread_id desc limit {OF_EACH}) t
    group by t.thread_id
), alive as materialized (
    select distinct t.thread_id from at_home cross join lateral (
        select e.thread_id from recommendations_engagement e join content_item i on i.id = e.thread_id
        where e.space_id = at_home.space_id and e.open_acts > 0 and {VISIBLE}
        order by e.open_at desc, e.thread_id desc limit {PER_SPACE}) t
), candidate as materialized (
    select i.id, i.space_id, i.published_at, crowd.weight as crowd, there.alive_at, there.people
    from refused cross join (select thread_id from alive union select thread_id from crowd) found
    join content_item i on i.id = found.thread_id left join crowd on crowd.thread_id = i.id
    cross join lateral (select max(e.open_at) as alive_at, count(*) as people from recommendations_engagement e
                        where e.thread_id = i.id and e.open_acts > 0) there
    where i.author_id <> %(person)s and {VISIBLE} and {UNREFUSED} and not exists (
        select 1 from recommendations_engagement e
        where e.person_id = %(person)s and e.thread_id = i.id and e.acts > 0)
), counted as materialized (
    select coalesce((select entries from experts_stem where key = 0), 0)::float as entries
), profile as materialized (
    select said.key, said.weight * ln(1 + counted.entries / greatest(s.entries, 1)) ^ 2 as weight
    from counted cross join (
        select key, sum(mine.weight) as weight from mine join experts_entry x on x.item_id = mine.thread_id
        cross join unnest(x.keys) key group by key) said
    join experts_stem s on s.key = said.key order by 2 desc, 1 limit {PROFILE}
), alike as materialized (
    select c.id, sum(profile.weight) / sqrt(max(cardinality(x.keys))) as weight
    from candidate c join experts_entry x on x.item_id = c.id
    cross join unnest(x.keys) key join profile using (key) group by c.id
), compared as (
    select c.id, at_home.share, extract(epoch from %(now)s - c.published_at)::float as age,
           extract(epoch from %(now)s - coalesce(c.alive_at, c.published_at))::float as quiet,
           case when c.people <= 1 then {ALONE} else 0 end as alone,
           coalesce({ALIKE} * alike.weight / max(alike.weight) over (), 0) as alike,
           coalesce({CROWD} * c.crowd / max(c.crowd) over (), 0) as crowd
    from candidate c left join alike using (id) left join at_home using (space_id)
), best as materialized (
    select id, alike, crowd, share, ({ELSEWHERE} + coalesce(share, 0)) * (1 + alike + crowd) * (1 + alone)
        * (1 + 5 * greatest(quiet, 0) / 86400) ^ -{QUIET} * (1 + greatest(age, 0) / 86400) ^ -{YOUNG} as worth
    from compared order by worth desc, id desc limit %(most)s
)
"""

# For the reason: the thread of one's own that shares most of the telling words, where being alike decided.
NEAREST = f"""
telling as materialized (
    select mine.thread_id, x.keys from mine join experts_entry x on x.item_id = mine.thread_id
), own_word as materialized (
    select thread_id, key from telling cross join unnest(keys) key join profile using (key)
), nearest as (
    select distinct on (best.id) best.id, own.thread_id
    from best join experts_entry x on x.item_id = best.id cross join unnest(x.keys) key
    join own_word own using (key) join profile using (key)
    where best.alike > {ALIKE / 3} group by best.id, own.thread_id
    order by best.id, sum(profile.weight) desc, own.thread_id desc
)
select best.id, best.worth, case when nearest.thread_id is not null then 'alike' when best.crowd > {CROWD / 10}
    then 'crowd' when best.share > {ELSEWHERE} then 'there' else 'joined' end, coalesce(nearest.thread_id, 0)
from best left join nearest using (id) order by best.worth desc, best.id desc
"""
WITH_REASONS = f"{PICKS.rstrip()}, {NEAREST}"


@dataclass(slots=True)
class Pick:
    """One item for somebody. why: "alike" another one they took part in (`about`), "crowd" for the people met there,
    "there" for a space they take part in, "joined" for one they are in."""

    item_id: int
    worth: float
    why: str
    about: int


def picks(viewer: Viewer, now: datetime, most: int) -> list[Pick]:
    """Return what suits a viewer, best first: nothing of their own, nothing they took part in or refused.

    Cost: one prepared query over at most some thousand rows, whatever the size of the organisation.
    """
    values: dict[str, Any] = {"person": viewer.person_id, "spaces": viewer.space_ids, "now": now, "most": most}
    return hot.rows(WITH_REASONS, Pick, **values, **visible_values(viewer))
