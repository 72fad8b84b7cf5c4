"""Reading what somebody typed into the search box."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from watercooler.foundation.base.text import clean_line
from watercooler.projections.search.days import day_called
from watercooler.projections.search.letters import pairs

LONGEST = 10_000
MOST_TERMS = 60
"""More words are not looked up; of these the search itself takes the rarest."""
ALSO = {
    "author": "from", "by": "from", "von": "from", "space": "in", "tag": "topic", "thema": "topic", "type": "kind",
    "art": "kind", "since": "after", "nach": "after", "until": "before", "vor": "before", "ist": "is",
    "gelöst": "solved",
}  # fmt: skip
"""What filters are called too, elsewhere and in German → what they are called here."""
NAMES = ("from", "in", "topic", "kind", "before", "after", "is", "solved")
_FILTER = re.compile(rf'(?<!\S)({"|".join([*NAMES, *ALSO])}):("[^"]{{1,80}}"|(?![:/])\S{{1,80}})', re.I)
_LIKE_FILTER = re.compile(r"(?<!\S)([^\W\d_]{2,20}):(?![\s:/])")
_BEGUN = re.compile(r"(?<![\w*-])(\w{3,40})\*(?!\S)")
_PHRASE = re.compile(r'(?<!\S)(-?)"([^"]{1,200})"')
_EXCLUDED = re.compile(r"(?<!\S)-(\w[\w'’-]{0,60})")
_WORD = re.compile(r"\w+")
_NUMBERED = re.compile(r"(?=[\w.-]*\d)\w+(?:[.-]\w+)*")
_LAST = re.compile(r"(?<![\w-])(\w{2,40})\Z")
_MOST_LETTERS = 60
YES = frozenset({"yes", "true", "1", "ja"})
NO = frozenset({"no", "false", "0", "nein"})
SOLVED = frozenset({"solved", "gelöst", "geloest"})
OPEN = frozenset({"open", "unsolved", "offen", "ungelöst", "ungeloest"})


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. words: as typed, without filters. filters: name → value, as from:priya in:heat is:solved."""

    words: str
    filters: dict[str, str] = field(default_factory=dict)

    @property
    def phrases(self) -> list[str]:
        """Return what stands in quotes and has to be found just so."""
        return [m[2] for m in _PHRASE.finditer(self.words) if not m[1]] if '"' in self.words else []

    @property
    def excluded(self) -> list[str]:
        """Return the words and phrases after a minus."""
        if "-" not in self.words:
            return []
        phrases = [m[2] for m in _PHRASE.finditer(self.words) if m[1]]
        return phrases + [m[1] for m in _EXCLUDED.finditer(_PHRASE.sub(" ", self.words))]

    @property
    def spoken(self) -> list[str]:
        """Return the words looked for, as often as they stand there, without exclusions, in lower case."""
        return list(_spoken(self.words))

    @property
    def words_said(self) -> list[str]:
        """Return the words as they were said: what `spoken` has as pairs of letters is one here."""
        return list(_said(self.words))

    @property
    def terms(self) -> list[str]:
        """Return the different words looked for, in their order."""
        return list(dict.fromkeys(self.spoken))

    @property
    def unfinished(self) -> str:
        """Return the word still being typed, which may be a beginning; empty after a space or a quote."""
        found = _LAST.search(self.words[-42:])  # longer than the longest word, or every place would be tried in vain
        return found[1].lower() if found and '"' not in self.words else ""

    @property
    def begun(self) -> list[str]:
        """Return the words that a star ends: they are looked for as beginnings."""
        return [m[1].lower() for m in _BEGUN.finditer(_PHRASE.sub(" ", self.words))] if "*" in self.words else []

    @property
    def stars(self) -> bool:
        """Say whether a star stands where it stands for nothing: anywhere but at a word's end."""
        return "*" in self.words and "*" in _BEGUN.sub(" ", _PHRASE.sub(" ", self.words))

    @property
    def like_filters(self) -> list[str]:
        """Return what stands before a colon like a filter and is none, in lower case. It is looked for as a word."""
        if ":" not in self.words:
            return []
        return [m[1].lower() for m in _LIKE_FILTER.finditer(_PHRASE.sub(" ", self.words))]

    def on(self, name: str) -> date | None:
        """Return a filter's day, or None if it is no day."""
        return day_called(self.filters.get(name, ""))


@lru_cache(maxsize=500)
def _spoken(text: str) -> tuple[str, ...]:
    said = _said(text)
    return said if text.isascii() else tuple(pair for word in said for pair in pairs(word))


@lru_cache(maxsize=500)
def _said(text: str) -> tuple[str, ...]:
    kept = _EXCLUDED.sub(" ", _PHRASE.sub(lambda m: " " if m[1] else f" {m[2]} ", text))
    return tuple(_terms(kept.lower()))


def _terms(text: str) -> list[str]:
    """Return words; what holds a digit stays whole, as E-1043 or 2.5."""
    out: list[str] = []
    for chunk in text.split():
        # Looking ahead for a digit from every letter would take long in a long word.
        numbered = _NUMBERED.findall(chunk) if len(chunk) <= _MOST_LETTERS else []
        out += numbered if numbered and len(numbered[0]) > 1 else _WORD.findall(chunk)
    return [word for word in out if len(word) <= _MOST_LETTERS]


def telling(words: list[str], most: int = MOST_TERMS) -> tuple[list[str], list[int]]:
    """Return at most `most` different words of a long text and how often each stands there, the most telling first.

    Without knowing how rare words are, long ones repeated often say most of what a text is about.
    """
    counts = Counter(words)
    chosen = list(counts)
    if len(chosen) > most:
        chosen = sorted(counts, key=lambda word: -min(len(word), 12) * (1 + counts[word]))[:most]
    return chosen, [counts[word] for word in chosen]


def parse(text: str) -> Query:
    """Return the query in what was typed: filters apart from words, nothing past 10,000 characters. Never raises."""
    text = clean_line(text[:LONGEST])
    filters = {
        ALSO.get(m[1].lower(), m[1].lower()): m[2].strip('"').lstrip("@#").lower() for m in _FILTER.finditer(text)
    }
    if filters.get("is") in SOLVED or filters.get("solved") in YES:
        filters["is"] = "solved"
    elif filters.get("is") in OPEN or filters.get("solved") in NO:
        filters["is"] = "open"
    if filters.get("solved") in YES | NO:
        del filters["solved"]
    return Query(clean_line(_FILTER.sub(" ", text)), filters)


def as_words(text: str) -> Query:
    """Return the query for a text that is not typed into a box: quotes, minuses and colons in it mean nothing."""
    return Query(clean_line(re.sub(r"[\"\-:]", " ", text[:LONGEST])))
