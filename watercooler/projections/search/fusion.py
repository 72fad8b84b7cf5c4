"""Words and meaning together: each thread counts how well it says the words, and how near in meaning it is.

Source: Bruch, Gai and Ingber, An analysis of fusion functions for hybrid retrieval, 2023: a weighted sum of the two
beats sums of places in two lists, once both count on a scale of their own. Words count as a share of the best thread's;
nearness in spreads above what has nothing in common, the model's own measure.
"""

from __future__ import annotations

from functools import lru_cache

from watercooler.projections.search.sql import BY_WORDS, CHOSEN, FIND, KNOWN, MOST_THREADS, SEEN
from watercooler.spine.content.visibility import VISIBLE

WHOLE = 6
"""So many spreads of nearness count as much as the best by words. From 5 to 8 the evaluation hardly differs."""
BEST_MOVE = 3
"""So many of the best by both move what is asked, the first of them most."""
AS_WORDS = 3
"""They count as much as so many words: what is asked in few is moved half-way, a whole question hardly."""

# How near a thread begins counts for whatever was found by words, among the nearest or not. Titles that are like
# misspelt words rank by how like they are, less ten.
WORDED = """
, worded as materialized (
    select root_id, item_id, fit, greatest(case when fit = 0 then rank + 10 else rank end, 0) as worth from known
    where (select max(fit) from known) >= %(words_fit)s or (select max(fit) from known) = 0
)"""


def _fused(turn: str, nearest: str, each: str) -> str:
    """Return the parts of a query that rank by words and by how near things are."""
    return f"""
, alike{turn} as materialized (
    select n.item_id, e.root_id, n.near from ({nearest}) n join search_searchentry e on e.item_id = n.item_id, asked
    where {CHOSEN} and (asked.must is null or e.words @@ asked.must)
), meant{turn} as materialized (
    select distinct on (root_id) root_id, item_id, near from alike{turn} where {FITS}
    order by root_id, near desc, item_id desc
), fused{turn} as materialized (
    select root_id, coalesce(w.item_id, m.item_id) as item_id, coalesce(w.fit, 1) as fit,
           coalesce(m.item_id, root_id) as compared,
           coalesce(w.worth / nullif((select max(worth) from worded), 0), 0) + greatest(0,
               coalesce(m.near, {each.format(item="root_id")}, %(meaning_none)s)
               - %(meaning_none)s) / ({WHOLE} * %(meaning_spread)s::float8) as rank
    from worded w full join meant{turn} m using (root_id)
    order by rank desc, root_id desc limit {MOST_THREADS}
)"""


# Each of the two says for itself whether anything fits: of what was asked, not of what that was moved to. Where words
# do, what is nearest need only be near enough to take part; where only meaning does, words add nothing.
FITS = """(select max(near) from alike_at_first)
        >= case when exists (select from worded where fit > 0) then 0 else %(meaning_fits)s::float8 end"""
# Of what this reader may see: nothing else may move what is asked, whatever the indexes still hold.
BEST = f"""
        select f.compared as item_id,
               {BEST_MOVE} + 1 - row_number() over (order by f.rank desc, f.root_id desc) as weight
        from fused_at_first f join content_item i on i.id = f.compared where {VISIBLE}
        order by f.rank desc, f.root_id desc limit {BEST_MOVE}"""

SHARE = f"least(1, {AS_WORDS} / greatest((select count(*) from typed), 1)::float8)"


@lru_cache(maxsize=4)
def fused(nearest: str, each: str, moved: str, nearest_moved: str, each_moved: str) -> str:
    """Return the query that finds, with the selects of a Meaning: first by what was asked, then by what it moved to."""
    by_meaning = "".join(
        (
            WORDED,
            _fused("_at_first", nearest, each),
            f", moved as materialized ({moved.format(items=BEST, share=SHARE)})",
            _fused("", nearest_moved, each_moved),
        )
    )
    by_both = FIND.replace(BY_WORDS, "from fused k", 1).replace(KNOWN, "(select item_id from fused)", 1)
    return by_both.replace(SEEN, by_meaning + SEEN, 1)
