"""The newest of what holds very common words: docs/decisions/0012-blocks-of-items.md. The same in SQL and in Python.

Each item's number, divided by powers of two, stands among its words as "~10:195". So the newest are found in the
words' index, whose lists are in the order of items: three to nine blocks of them.
"""

from __future__ import annotations

BLOCKS = (10, 13, 16)
WORTH_IT = 0.7
"""Looking among the newest alone is worth it where these are a smaller share of all items …"""
WIDEST = 8 << BLOCKS[-1]
"""… and so many at most: each further block is a list to follow, 0.4 ms."""

_WIDTH = "(%(last)s::bigint - %(first)s::bigint) * share"
IS_WORTH_IT = f"(share < {WORTH_IT} and {_WIDTH} < {WIDEST})"
"""Wants `share`, of all items; asks for the `first` and `last` item's number."""
AMONG = f"""(
        select string_agg(quote_literal('~' || power || ':' || block), ' | ')::tsquery
        from (select {_WIDTH} as width) w,
             lateral (select case when width < {8 << BLOCKS[0]} then {BLOCKS[0]}
                                  when width < {8 << BLOCKS[1]} then {BLOCKS[1]} else {BLOCKS[2]} end as power) p,
             generate_series((%(last)s::bigint - width::bigint) >> power, (%(last)s::bigint >> power) + 1) block)"""
"""The query for these, up to a block more than were there when words were last counted."""


def among(share: float, first: int, last: int) -> str:
    """Return the query for the newest items, this share of all; nothing where it is not worth it."""
    width = (last - first) * share
    if share >= WORTH_IT or width >= WIDEST:
        return ""
    power = next((power for power in BLOCKS[:2] if width < 8 << power), BLOCKS[2])
    blocks = range((last - round(width)) >> power, (last >> power) + 2)
    return f"({' | '.join(f"'~{power}:{block}'" for block in blocks)})"
