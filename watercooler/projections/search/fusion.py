"""Words and meaning together: each thread counts how well it says the words, and how near in meaning it is.

Source: Bruch, Gai and Ingber, An analysis of fusion functions for hybrid retrieval, 2023: a weighted sum of the two
beats sums of places in two lists, once both count on a scale of their own. Words count as a share of the best thread's;
nearness in spreads above what has nothing in common, the model's own measure.
"""

from __future__ import annotations

from functools import lru_cache

from watercooler.projections.search.sql import BY_WORDS, CHOSEN, FIND, KNOWN, MOST_THREADS, SEEN

WHOLE = 6
"""So many spreads of nearness count as much as the best by words. From 5 to 8 the evaluation hardly differs."""

# Each of the two says for itself whether anything fits. Where only one does, the other adds nothing: its best is noise.
# How near a thread begins counts for whatever was found by words, among the nearest or not. Titles that are like
# misspelt words rank by how like they are, less ten.
FUSED = f"""
, alike as materialized (
    select n.item_id, e.root_id, n.near from ({{nearest}}) n join search_searchentry e on e.item_id = n.item_id, asked
    where {CHOSEN} and (asked.must is null or e.words @@ asked.must)
), meant as materialized (
    select distinct on (root_id) root_id, item_id, near from alike
    where (select max(near) from alike) >= %(meaning_fits)s order by root_id, near desc, item_id desc
), worded as materialized (
    select root_id, item_id, fit, greatest(case when fit = 0 then rank + 10 else rank end, 0) as worth from known
    where (select max(fit) from known) >= %(words_fit)s or (select max(fit) from known) = 0
), fused as materialized (
    select root_id, coalesce(w.item_id, m.item_id) as item_id, coalesce(w.fit, 1) as fit,
           coalesce(w.worth / nullif((select max(worth) from worded), 0), 0) + greatest(0,
               coalesce(m.near, {{each}}, %(meaning_none)s)
               - %(meaning_none)s) / ({WHOLE} * %(meaning_spread)s::float8) as rank
    from worded w full join meant m using (root_id)
    order by rank desc, root_id desc limit {MOST_THREADS}
)"""


@lru_cache(maxsize=4)
def fused(nearest: str, each: str) -> str:
    """Return the query that finds, with the selects of what is nearest in meaning and of how near one item is."""
    by_both = FIND.replace(BY_WORDS, "from fused k", 1).replace(KNOWN, "(select item_id from fused)", 1)
    return by_both.replace(SEEN, FUSED.format(nearest=nearest, each=each.format(item="root_id")) + SEEN, 1)
