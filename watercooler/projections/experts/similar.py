"""What was asked before, by all its words and those of its answers, over the whole index."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.experts.asking import Asked, asked
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.meaning import meaning
from watercooler.spine.content.similar import FROM_CHARACTERS, Similar, leads_nowhere_in
from watercooler.spine.content.visibility import VISIBLE

NEAR_ENOUGH = 0.12
"""The share of telling words below which a question is not worth showing."""

# A thread is as near as its nearest part: an answer may say in other words what the question did not.
WORDS = f"""{asked("e.root_id <> %(but)s and e.at < %(now)s")},
nearest as (
    select n.root_id, n.worth from (
        select root_id, max(worth) as worth from held group by root_id order by max(worth) desc, root_id) n
    join content_item i on i.id = n.root_id and i.kind = any(%(kinds)s) order by n.worth desc, n.root_id limit 60
)"""
# What leads to another one of the list is not shown beside it.
LIKELY = f"""likely as materialized (
    select i.id as root_id, i.title, i.answer_count, coalesce((i.card->>'solved')::boolean, false) as is_solved,
           i.helped_count, i.kind, n.worth
    from {{nearest}} n join content_item i on i.id = n.root_id where i.kind = any(%(kinds)s) and {VISIBLE}
)
select root_id, title, answer_count, is_solved, helped_count, kind from likely n
where {leads_nowhere_in("likely", "n.root_id")} order by n.worth desc, root_id limit %(most)s
"""
NEAREST = f"""
with {WORDS}, worded as (
    select root_id, n.worth from nearest n cross join whole where n.worth / whole.worth >= %(near)s
), {LIKELY.format(nearest="worded")}"""

PLACE = 10
"""By reciprocal rank a list's n-th counts 1 ÷ (10 + n); measured in search, see docs/finding/search-measured.md."""


@lru_cache(maxsize=4)
def with_meaning(alike: str) -> str:
    """Return NEAREST joined with the select of what is nearest in meaning; each list leaves out what does not fit."""
    return f"""
with {WORDS}, worded as (
    select n.root_id, row_number() over (order by n.worth desc, n.root_id) as place
    from nearest n cross join whole where n.worth / whole.worth >= %(near)s
), alike as (
    select coalesce(i.root_id, i.id) as root_id, max(n.near) as near
    from ({alike}) n join content_item i on i.id = n.item_id
    where coalesce(i.root_id, i.id) <> %(but)s and i.published_at < %(now)s and n.near >= %(meaning_fits)s
    group by 1
), meant as (
    select root_id, row_number() over (order by near desc, root_id) as place from alike
), both_ways as (
    select root_id, coalesce(1.0::float8 / ({PLACE} + w.place), 0) + coalesce(1.0::float8 / ({PLACE} + m.place), 0)
        as worth
    from worded w full join meant m using (root_id)
), {LIKELY.format(nearest="both_ways")}"""


def nearest(
    viewer: Viewer,
    about: Asked,
    kinds: list[str],
    *,
    most: int = 3,
    but: int = 0,
    near: float = NEAR_ENOUGH,
    now: datetime | None = None,
) -> list[Similar]:
    """Return visible threads of these kinds nearest to what is asked. but: the item itself, left out.

    Cost: one prepared query that reads at most 12,000 entries.
    """

    def into(id: int, title: str, answers: int, is_solved: bool, helped: int, kind: str) -> Similar:
        return Similar(id, title, answers, is_solved, helped, registered()[kind].url(id, title), kind)

    values = {**about.values(viewer, now or timezone.now()), "kinds": kinds, "most": most, "but": but, "near": near}
    meant = meaning(viewer, f"{about.title}\n{about.body}")
    if meant is None:
        return hot.rows(NEAREST, into, **values)
    fits = meant.fits if near else 0.0
    return hot.rows(with_meaning(meant.nearest), into, **{**values, **meant.values, "meaning_fits": fits})


def similar(viewer: Viewer, kind: str, words: str, body: str = "") -> list[Similar]:
    """Return at most three threads of a kind that resemble what is being written; none below twelve characters."""
    words = clean_line(words)
    if len(words) < FROM_CHARACTERS:
        return []
    return nearest(viewer, Asked(words, body), [kind])
