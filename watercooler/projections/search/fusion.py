"""Words and meaning together: threads by the words they hold and threads nearest in meaning, by reciprocal rank.

Source: Cormack, Clarke and Büttcher, Reciprocal rank fusion outperforms Condorcet and individual rank learning
methods, 2009. Neither list needs to know how the other one counts.
"""

from __future__ import annotations

from functools import lru_cache

from watercooler.projections.search.sql import BY_WORDS, CHOSEN, FIND, KNOWN, MOST_THREADS, SEEN

PLACE = 10
"""A list's n-th counts 1 ÷ (10 + n). With 5, 10, 20 and the usual 60 the evaluation differs by 0.03, 10 being best."""
SECOND = 0.9999
"""Of two at the same place of their lists, what says the words goes first."""

# Each of the two says for itself whether anything fits. Where only one does, the other is silent: its best is noise.
FUSED = f"""
, alike as materialized (
    select n.item_id, e.root_id, n.near from ({{nearest}}) n join search_searchentry e on e.item_id = n.item_id, asked
    where {CHOSEN} and (asked.must is null or e.words @@ asked.must)
), meant as (
    select root_id, item_id, row_number() over (order by near desc, root_id desc) as place
    from (select distinct on (root_id) root_id, item_id, near from alike order by root_id, near desc, item_id desc) x
    where (select max(near) from alike) >= %(meaning_fits)s
), worded as (
    select root_id, item_id, fit, row_number() over (order by rank desc, root_id desc) as place from known
    where (select max(fit) from known) >= %(words_fit)s or (select max(fit) from known) = 0
), fused as materialized (
    select root_id, coalesce(w.item_id, m.item_id) as item_id, coalesce(w.fit, 1) as fit,
           coalesce(1.0::float8 / ({PLACE} + w.place), 0) + coalesce({SECOND}::float8 / ({PLACE} + m.place), 0) as rank
    from worded w full join meant m using (root_id)
    order by rank desc, root_id desc limit {MOST_THREADS}
)"""


@lru_cache(maxsize=4)
def fused(nearest: str) -> str:
    """Return the query that finds, with the select of what is nearest in meaning joined in."""
    by_both = FIND.replace(BY_WORDS, "from fused k", 1).replace(KNOWN, "(select item_id from fused)", 1)
    return by_both.replace(SEEN, FUSED.format(nearest=nearest) + SEEN, 1)
