"""How rare words are and how long texts: counted now and then from what every member may read, kept in the process."""

from __future__ import annotations

import time
from bisect import bisect_left
from dataclasses import dataclass, field

from django.db import connection, transaction

from watercooler.foundation.base.language import DEFAULT
from watercooler.foundation.base.viewer import EVERYONE
from watercooler.foundation.database import hot
from watercooler.projections.search.models import SearchEntry, SearchTotal

KEPT_SECONDS = 300
KEPT_WORDS = 50_000
MANY_TITLES = 300
"""In how many titles a word stands at least whose number of titles is kept."""
SPOKEN = 0.01
"""From this share of the items on, a language is searched in."""

# Only words of two items or more: one person's slip of the keyboard suggests itself to nobody. "=word", which
# stands for it in titles, where these are many.
WORDS = f"""
insert into search_searchword (word, items)
select word, ndoc from ts_stat('select words from search_searchentry where audience = {EVERYONE}')
where ndoc > case when left(word, 1) = '=' then {MANY_TITLES} else 1 end and length(word) <= 60 and left(word, 1) <> '~'
"""
TOTALS = f"""
insert into search_searchtotal (kind, language, items, mean_size)
select kind, language, count(*), avg(size) from search_searchentry where audience = {EVERYONE} group by 1, 2
"""
COMMONEST = (
    "select word, items from search_searchword where left(word, 1) <> '=' order by items desc, word limit %(most)s"
)
TITLED = "select substr(word, 2), items from search_searchword where left(word, 1) = '='"
ENDS = "select coalesce(min(item_id), 0), coalesce(max(item_id), 0) from search_searchentry"


@dataclass(frozen=True, slots=True)
class Statistics:
    """items: what every member may read. mean_sizes: kind → words of a text. languages: those in use.

    main: the language of most items. words: stem → items that hold it, the commonest 50,000; about 6 MB. titles: stem →
    titles that hold it, where these are many. ends: the first and the last item's number. in_order: the words by their
    letters. mended: what was found to be meant by words that are not known. widened: searches some of whose words
    were found to stand for others too. sent: arrays that every search takes, written for the database once.
    """

    items: int
    mean_sizes: dict[str, float]
    languages: list[str]
    main: str
    words: dict[str, int]
    titles: dict[str, int]
    ends: tuple[int, int]
    in_order: list[str]
    mended: dict[str, str] = field(default_factory=dict)
    widened: set[tuple[str, ...]] = field(default_factory=set)
    sent: dict[str, str] = field(default_factory=dict)

    def beginning_with(self, letters: str) -> int:
        """Return how many items hold words that begin so; those of several such words count for each."""
        start = bisect_left(self.in_order, letters)
        end = bisect_left(self.in_order, letters + "\U0010ffff", start)
        return sum(self.words[word] for word in self.in_order[start:end])

    def since(self, share: float) -> int:
        """Return the number from which on about this share of the items lies, the newest."""
        first, last = self.ends
        return int(last - (last - first) * share)


_kept: tuple[float, Statistics] | None = None


@transaction.atomic
def count_words() -> int:
    """Count words and lengths anew, and return how many items were read. Costs about 30 µs an item, in the database."""
    with connection.cursor() as cursor:
        cursor.execute("set local work_mem = '64MB'")
        for table in ("search_searchword", "search_searchtotal"):
            cursor.execute(f"delete from {table}")
        cursor.execute(WORDS)
        cursor.execute(TOTALS)
    forget()
    return kept().items


def is_outdated() -> bool:
    """Say whether the number of items that every member may read has changed by a hundredth. Cost: two counts."""
    then = sum(SearchTotal.objects.values_list("items", flat=True))
    return abs(SearchEntry.objects.filter(audience=EVERYONE).count() - then) * 100 > then


def kept() -> Statistics:
    """Return what was counted last. Cost: two queries in five minutes."""
    global _kept
    if _kept is None or _kept[0] < time.monotonic():
        _kept = (time.monotonic() + KEPT_SECONDS, _read())
    return _kept[1]


def forget() -> None:
    """Read the counts again at the next search: after counting, and in tests."""
    global _kept
    _kept = None


def _read() -> Statistics:
    rows = hot.rows(f"select kind, language, items, mean_size from {SearchTotal._meta.db_table}")
    items: dict[str, int] = {}
    words: dict[str, float] = {}
    languages: dict[str, int] = {DEFAULT: 0}
    for row in rows:
        items[row.kind] = items.get(row.kind, 0) + row.items
        words[row.kind] = words.get(row.kind, 0.0) + row.items * row.mean_size
        languages[row.language] = languages.get(row.language, 0) + row.items
    total = sum(items.values())
    spoken = [code for code, count in languages.items() if code == DEFAULT or count > total * SPOKEN]
    known = hot.rows(COMMONEST, lambda word, count: (word, count), most=KEPT_WORDS)
    return Statistics(
        items=total,
        mean_sizes={kind: words[kind] / items[kind] for kind in items},
        languages=sorted(spoken),
        main=max(languages, key=lambda code: languages[code]),
        words=dict(known),
        titles=dict(hot.rows(TITLED, lambda word, count: (word, count))),
        ends=hot.rows(ENDS, lambda first, last: (first, last))[0],
        in_order=sorted(word for word, _count in known),
    )
