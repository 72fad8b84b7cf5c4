"""Searches for a few known words that stand for themselves alone: most of all searches, by a shorter query.

What the full query of sql.py finds out about words first (stems, how rare they are, what holds all of them) is known
in the process here, so each word is a column and not a row, and none of the steps that could widen or narrow a search
is begun. Both find the same, in the same order. The query itself asks whether the glossary or a merged topic knows one
of its words; where it does, nothing comes back and the full one is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, log, sqrt
from typing import Any, NamedTuple

from watercooler.projections.search import newest, sql
from watercooler.projections.search.naming import is_called
from watercooler.projections.search.statistics import Statistics

WIDTHS = (1, 2, 3, 5, 8)
"""Queries for so many words are prepared, and not one for each number of them: each keeps 1 MB a connection."""
MOST_WORDS = WIDTHS[-1]
MOST_HEARD = 50_000
_heard: dict[tuple[str, str], tuple[str, ...]] = {}
"""(word, language) → its stems, as the database's own stemmer made them. They never change."""


class Word(NamedTuple):
    """A word looked for. query, marked: the stems it may have, and these in titles. items, titles: that hold it."""

    query: str
    marked: str
    items: int
    titles: int
    idf: float


NO_WORD = Word("'~'", "", 0, 0, 0.0)
"""Stands where a query is for more words than there are. No item holds it."""


def unheard(terms: Sequence[str], languages: Sequence[str]) -> list[str]:
    """Return the words whose stems a query is to bring along; none for more words than are looked for here."""
    if len(terms) > 2 * MOST_WORDS:
        return []
    return [term for term in terms if any((term, language) not in _heard for language in languages)]


def forms(term: str, languages: Sequence[str]) -> list[tuple[str, ...]] | None:
    """Return the stems of a word in each language; None if it was not heard in one, or is a small word there."""
    found = [_heard.get((term, language), ()) for language in languages]
    return found if all(found) else None


def hear(stems: Sequence[Sequence[Any]]) -> None:
    """Remember stems: word, language, and the stems of that word in that language."""
    if len(_heard) > MOST_HEARD:
        _heard.clear()
    _heard.update({(word, language): tuple(found) for word, language, found in stems})


def values(asked: Mapping[str, Any], counted: Statistics) -> dict[str, Any] | None:
    """Return the values of `finding`, or None if a word is unknown, a letter, stands for others, or are too many."""
    if asked["letters"] or tuple(asked["terms"]) in counted.widened:
        return None
    words = _words(asked, counted)
    if words is None or not 0 < len(words) <= MOST_WORDS:
        return None
    many = next(width for width in WIDTHS if width >= len(words))
    every = [*words, *[NO_WORD] * (many - len(words))]
    return {
        **asked,
        **{f"word{place}": word.query for place, word in enumerate(every)},
        "idf": "{" + ",".join([str(word.idf) for word in every]) + "}",
        "idf_of_all": sum([word.idf for word in words]),
        **_wanted(words, counted),
        "rare": _rare(words, asked["enough"]),
        "many": many,
    }


def _words(asked: Mapping[str, Any], counted: Statistics) -> list[Word] | None:
    """Return the words but the small ones of their language; None if one is unknown."""
    words = []
    for term, meant, often in zip(asked["terms"], asked["meant"], asked["often"], strict=True):
        stems = [_heard.get((term, language)) for language in asked["languages"]]
        if None in stems:
            return None
        if not _heard.get((term, asked["spoken_in"])):
            continue  # a small word, whatever may have been meant by it
        word = _word([found for found in stems if found], often, counted)
        if meant or not word.items:
            return None
        words.append(word)
    return words


def _word(forms: Sequence[tuple[str, ...]], often: int, counted: Statistics) -> Word:
    items = max(min(counted.words.get(stem, 0) for stem in form) for form in forms)
    rarity = log(1 + (counted.items - min(items, counted.items) + 0.5) / (items + 0.5))
    return Word(
        query=_either([_all([_quoted(stem) for stem in form]) for form in forms]),
        marked=_either([_all([_quoted("=" + stem) for stem in form]) for form in forms]),
        items=items,
        titles=max(min(counted.titles.get(stem, 0) for stem in form) for form in forms),
        idf=often * rarity,
    )


def _quoted(stem: str) -> str:
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


def _all(parts: Sequence[str]) -> str:
    return f"({' & '.join(parts)})"


def _either(parts: Sequence[str]) -> str:
    return f"({' | '.join(dict.fromkeys(parts))})"


def _wanted(words: Sequence[Word], counted: Statistics) -> dict[str, str]:
    """Return what an item must hold: all words, where these are common the rarest in its title, or among the newest.

    The same as sql.asked reckons. In two parts, since the index leaps from one condition's items to the next that the
    other has, where it follows every list of a single one.
    """
    total = max(float(counted.items), 1)
    rarest = min(words, key=lambda word: word.items)
    likely = sqrt(rarest.items * exp(sum(log(word.items / total) for word in words)) * total)
    # What has a word in its title holds it: where many do, the longer list need not be read beside the shorter.
    own = rarest.marked if likely > sql.COMMON else rarest.query
    others = [word.query for word in words if word is not rarest]
    if likely > sql.COMMON:
        share = min(1.0, sql.NEWEST * rarest.items / (max(rarest.titles, sql.COMMON, 1) * likely))
        if within := newest.among(share, *counted.ends):
            return {"wanted": " & ".join([own, *others]), "within": within}
    return {"wanted": own, "within": " & ".join(others) or own}


def _rare(words: Sequence[Word], enough: int) -> str:
    """Return what an item must hold where few hold all: any of the rarest words, until so many items do: sql.RARE."""
    parts, before = [], 0
    for word in sorted(words, key=lambda word: word.items):
        if before < enough:
            parts.append(word.marked if word.items > sql.COMMON_LOOSE else word.query)
        before += word.items
    return _either(parts)


ITEM = "c.item_id, c.root_id, c.kind, c.quality, c.published_at, c.space_id, c.topic_ids"
# No word stands for another: neither by the glossary, nor by topics that were merged.
STANDS_ALONE = """
    not exists (select from content_term c where c.keys && %(grams)s::varchar[])
    and not exists (select from content_topic t where t.slug = any(%(terms)s) and (t.synonym_of_id is not null
                    or exists (select from content_topic o where o.synonym_of_id = t.id)))"""


@cache
def finding(many: int, is_named: bool) -> str:
    """Return the query for so many words. No row, if a word does not stand alone.

    Its columns are those of sql.finding but for the last, which says whether somebody or something is called so.

    Each step of it costs some 2 µs to begin and end, whatever it finds, and each item it hands on about as much; so
    items are weighed before they are sorted, when their words need not be carried along, and no list is written down
    that is read once.
    """
    words = range(many)
    counts = ", ".join(f"{sql.COUNTED.replace('w.query', f'%(word{n})s::tsquery')} as often{n}" for n in words)
    often = ", ".join(f"often{n}" for n in words)
    is_said = " + ".join(f"often{n}" for n in words) + " > 0"
    says = ", ".join(f"{_idf(n)} * often{n} / (often{n} + 1)" for n in words)
    item = ITEM.replace("c.", "")
    return f"""with strict as materialized (
    select {ITEM}, {counts} from (
        select {sql.ENTRY} from search_searchentry e where e.words @@ %(wanted)s::tsquery
            and e.words @@ %(within)s::tsquery and {sql.NOMINATED}
        offset 0) c
    order by c.quality desc, c.item_id desc limit {sql.MOST_FOUND}
), part as materialized (
    select {item}, {often} from strict where {is_said}
    union all
    select {item}, {often} from (
        select {ITEM}, {counts} from (
            select {sql.ENTRY} from search_searchentry e
            where (select count(distinct root_id) from strict) < {sql.FEW}
              and e.words @@ %(rare)s::tsquery and {sql.NOMINATED}
            limit %(most_loose)s) c
        offset 0) loose
    where {is_said} and item_id not in (select item_id from strict)
), best as (
    select root_id, (max(array[greatest({says}), item_id]))[2]::bigint as item_id,
           {_worth(words)} + {sql.WORTH_OF_THREAD} as rank,
           {" + ".join(f"case when sum(often{n}) > 0 then {_telling(n)} else 0 end" for n in words)} as told
    from part group by root_id order by rank desc, root_id desc limit {sql.MOST_THREADS}
), known as materialized (
    select b.root_id, b.item_id, p.kind, p.published_at, p.topic_ids, b.rank, b.told / %(idf_of_all)s::float8 as fit
    from best b join part p using (item_id)
){sql.SEEN}
    select {sql.FACTS.format(entry="k")} {sql.BY_WORDS} {sql.SHOWN}
    json_build_array({sql.HITS}, '[]'::json, '[]'::json)::text, {sql.facets(NOBODY)},
    {is_called(is_handle=many == 1) if is_named else "false"}
    where {STANDS_ALONE}"""


NOBODY = "'[]'::json, '[]'::json, '[]'::json"


def _idf(place: int) -> str:
    return f"(%(idf)s::float8[])[{place + 1}]"


_telling = _idf
"""What a known word tells is its rarity; sql.UNKNOWN is for unknown ones."""


def _worth(words: Sequence[int]) -> str:
    return " + ".join(f"{_idf(n)} * sum(often{n}) / (sum(often{n}) + {sql.DAMPING})" for n in words)
