"""Words that mean the same: what the glossary adds to a query, and the meaning it has of a word looked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from watercooler.projections.search.letters import pairs
from watercooler.spine.content.acts.glossary import key_of

LONGEST = 4
"""Words of a term that is recognised in a query."""
MOST_WORDS = 12
"""So many of a query's words are looked at; a longer one says enough by itself."""

_key = lru_cache(maxsize=10_000)(key_of)
SAME = """
same as materialized (
    select g.term, g.gram, c.id, c.keys from unnest(%(gram_terms)s::text[], %(grams)s::text[]) g (term, gram)
    join content_term c on c.keys @> array[g.gram::varchar]
)"""
"""Terms of the glossary that stand in a query, with each word they consist of there. A term of two words widens both:
(heat or ASHP) and (pump or ASHP) is the same as (heat and pump) or ASHP."""
ALSO = """
            select '(' || q::text || ')', null, 0, 0, false
            from same s cross join unnest(s.keys) other cross join unnest(%(languages)s::text[]) language
            cross join lateral phraseto_tsquery(search_config(language), search_asked_apart(other)) q
            where s.term = t.term and other <> s.gram and numnode(q) > 0"""
"""The other words for a word `t.term` of a query, each as a phrase in every language."""
MEANT = "case when not exists (select from same s where s.term = t.term) then t.meant end"
"""What was probably meant by a word; nothing if the glossary has it: it is not misspelt."""
MEANINGS = """(
    select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'meaning', c.meaning, 'others', c.others,
            'keys', c.keys, 'is_all', c.keys @> array[%(whole)s::varchar]) order by c.name), '[]')
    from content_term c where c.id in (select id from same))"""
"""A column: the terms in a query; is_all: the query is exactly that term."""


def grams(said: Sequence[str]) -> dict[str, Any]:
    """Return the values of SAME and MEANINGS: each run of words that may be a term, once for every word in it.

    What is looked for as pairs of letters is there once for each pair.
    """
    words = [(word, _key(word)) for word in said[:MOST_WORDS]]
    runs = [words[start : start + many] for many in range(1, LONGEST + 1) for start in range(len(words) - many + 1)]
    of_words = [(word, " ".join(key for _word, key in run)) for run in runs for word, _key in run]
    apart = [(pair, gram) for word, gram in of_words for pair in ((word,) if word.isascii() else pairs(word))]
    found = dict.fromkeys(apart)
    return {
        "gram_terms": [word for word, _gram in found],
        "grams": [gram for _word, gram in found],
        "whole": " ".join(key for _word, key in words) if len(said) <= MOST_WORDS else "",
    }
