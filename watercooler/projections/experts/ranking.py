"""Who knows about something: people in the order of what their answers and pages say, from evidence alone.

Each answer or page that shares words or topics with what is asked, or where there is the extra for it means the like,
speaks for its author: the nearer, the fresher, the more. What each part is worth says docs/finding/who-knows.md;
`bin/watercooler evaluate experts` measures it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.experts.asking import MAY, Asked, asked
from watercooler.spine.content.meaning import meaning

NEARNESS = 1.5
"""Power of the share of telling words held: many loosely related answers must not outweigh a few that fit."""
TOPIC = 0.03
"""What a shared topic adds, at most three times."""
FRESH_DAYS, FADING = 20.0, 1.5
"""An answer counts (1 + age / 20 days) to the power of −1.5: half after twelve days, 3 % after half a year."""
SAME_SPACE = 3.0
"""How much more an answer counts that was given in the space where it is asked: one and three times as much."""
NEAR = 0.04
"""The share of telling words, or a shared topic, from which an answer is near enough to be named as evidence. Who has
nothing near is not named at all: sometimes nobody knows.
"""
LIKE_WORDS = 2
"""How many of the words an entry holds, or a shared topic, that a sentence may call it like what is asked. By one word
somebody may be found, and no more is said of them: who knows about kumquat valves has answered about valves.
"""
MOST_ENTRIES = 1000
"""How many entries speak at most, the loudest first."""
LIVELY = 0.75
"""What somebody's share of all that was lately answered in the space adds to their share of what speaks. Half or one
and a half times as much is as good.
"""
MOST_LIVELY = 500
"""How many of the space's newest entries say who is active there."""
FREE_FROM, FREE_TO = 8, 18
"""Hours of a person's own working day at their site."""

LIKENESS = 0.6
"""What the square of the nearness in meaning adds, where there is the extra. Half or twice as much is as good."""

WHICH = "e.shows_knowledge and e.at < %(now)s and e.person_id <> %(asker)s"
SHARE = "case when h.is_named then 1 else h.worth / whole.worth end"
HELD = f"(power({SHARE}, {NEARNESS}) + {TOPIC}::float8 * least(h.shared, 3))"
IS_NEAR = f"h.worth / whole.worth >= {NEAR} or h.shared > 0"
IS_LIKE = f"h.shared > 0 or h.worth / whole.worth >= {NEAR} and h.words >= least(whole.words, {LIKE_WORDS})"


def _fresh(entry: str) -> str:
    """Return how much of an entry's worth its age has left."""
    # All in floats: reckoned in numerics, as literals and `extract` are, it took a third of the whole statement.
    age = f"greatest(date_part('epoch', %(now)s::timestamptz - {entry}.at), 0) / 86400"
    return f"power(1 + {age} / {FRESH_DAYS}, -{FADING})"


def _loud(entry: str) -> str:
    """Return how loud an entry speaks, whatever it says: by its age and its space."""
    return f"""{_fresh(entry)}
           * case when {entry}.space_id = %(space)s then {1 + SAME_SPACE}::float8 else 1 end"""


WORDS = f"""
with {asked(WHICH)},
spoken as materialized (
    select h.item_id, {IS_NEAR} as is_near, {IS_LIKE} as is_like, {HELD} * {_loud("h")} as weight
    from held h cross join whole
    order by weight desc, h.item_id limit {MOST_ENTRIES}
)"""


@lru_cache(maxsize=4)
def with_meaning(nearest: str, each: str) -> str:
    """Return the query in which nearness in meaning speaks too: of what is loudest by words, and of what is nearest."""
    return f"""
with {asked(WHICH)},
worded as materialized (
    select h.item_id, {IS_NEAR} as is_near, {IS_LIKE} as is_like, {HELD} as held, {_loud("h")} as loud
    from held h cross join whole
    order by {HELD} * {_loud("h")} desc, h.item_id limit {MOST_ENTRIES}
), meant as materialized (
    select n.item_id, n.near, {_loud("e")} as loud
    from ({nearest}) n join experts_entry e on e.item_id = n.item_id where {MAY} and {WHICH}
), spoken as materialized (
    select item_id, coalesce(w.is_near, false) or n.near >= %(meaning_fits)s as is_near,
           coalesce(w.is_like, false) or n.near >= %(meaning_fits)s as is_like,
           (coalesce(w.held, 0) + {LIKENESS} * power(greatest(n.near, 0), 2)) * coalesce(w.loud, m.loud) as weight
    from worded w full join meant m using (item_id)
    cross join lateral (select coalesce(m.near, {each.format(item="coalesce(w.item_id, m.item_id)")}, 0) as near) n
){SPEAKERS}"""


SHOWN = "i.state = 1 and (i.audience = any(%(audiences)s) or i.space_id = any(%(guest_spaces)s))"
SPEAKERS = f""", speaking as (
    select e.person_id, e.item_id, s.weight, s.is_near, s.is_like, i.helped_count,
           coalesce((r.card->'accepted'->>'id')::bigint = i.id, false) as is_accepted
    from spoken s join experts_entry e on e.item_id = s.item_id
    join content_item i on i.id = s.item_id
    left join content_item r on r.id = i.root_id
    where {SHOWN} and not exists (
        select from experts_hiddentopic c where c.person_id = e.person_id and c.topic_id = any(e.topic_ids))
), known as materialized (
    select person_id, sum(weight) as score, count(*) filter (where is_like) as alike,
           count(*) filter (where is_like and is_accepted) as accepted,
           coalesce(sum(helped_count) filter (where is_like), 0) as helped,
           (array_agg(item_id order by is_like desc, is_near desc, weight desc, item_id))[1:3] as items
    from speaking group by person_id having bool_or(is_near)
), lately as materialized (
    select e.person_id, sum({_fresh("e")}) as score from (
        select e.person_id, e.item_id, e.at from experts_entry e
        where %(lively)s::float8 > 0 and e.space_id = %(space)s and {MAY} and {WHICH}
        order by e.at desc limit {MOST_LIVELY}) e
    join content_item i on i.id = e.item_id where {SHOWN} group by e.person_id
), ranked as (
    select k.*, k.score / (select sum(score) from known)
           + %(lively)s::float8 * coalesce(l.score / (select sum(score) from lately), 0) as share
    from known k left join lately l using (person_id)
)
select k.person_id, k.share, k.items, k.alike::int, k.accepted::int, k.helped::int, p.site_id
from ranked k join people_person p on p.id = k.person_id and p.is_active and p.role >= 20
left join people_site site on site.id = p.site_id
left join experts_findable f on f.person_id = p.id
where not coalesce(f.is_out, false)
  and (%(site)s = 0 or p.site_id = %(site)s) and (%(speaks)s = '' or %(speaks)s = any(p.languages))
  and (not %(only_free)s or (p.status = %(open)s and extract(hour from %(now)s::timestamptz
       at time zone coalesce(site.time_zone, 'UTC')) between {FREE_FROM} and {FREE_TO} - 1))
order by k.share desc, k.person_id limit %(most)s
"""
RANK = WORDS + SPEAKERS
OPEN = "Open to questions"


@dataclass(frozen=True, slots=True)
class Ranked:
    """One person who may know. score: comparable within one answer only. items: what speaks loudest, at most 3.

    alike: how many of their answers and pages are like it, none where one word alone is shared; accepted: how many of
    these solved something; helped: how many people said that these helped.
    """

    person_id: int
    score: float
    items: list[int]
    alike: int
    accepted: int
    helped: int
    site_id: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to look for. site: 0 for all. only_free: open to questions, and at work at this hour."""

    site: int = 0
    speaks: str = ""
    only_free: bool = False


def rank(
    viewer: Viewer,
    about: Asked,
    now: datetime,
    *,
    most: int = 10,
    wanted: Wanted | None = None,
    asker_id: int = 0,
    lively: float = LIVELY,
) -> list[Ranked]:
    """Return who knows, best first, as far as the viewer may read what shows it. The asker is left out.

    lively: what being active in the space where it is asked adds. Whom to nudge goes without: the load spreads wider.
    Cost: one prepared query that reads at most 12,000 entries, however many there are.
    """
    wanted = wanted or Wanted()
    values = {
        **about.values(viewer, now),
        "space": about.space_id,
        "asker": asker_id,
        "site": wanted.site,
        "speaks": wanted.speaks,
        "only_free": wanted.only_free,
        "open": OPEN,
        "most": most,
        "lively": lively,
    }
    meant = meaning(viewer, f"{about.title}\n{about.body}")
    if meant is None:
        return hot.rows(RANK, Ranked, **values)
    statement = with_meaning(meant.nearest, meant.each)
    return hot.rows(statement, Ranked, **{**values, **meant.values, "meaning_fits": meant.fits})
