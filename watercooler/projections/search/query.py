"""Reading what somebody typed into the search box."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from watercooler.foundation.base.text import clean_line

LONGEST = 300
_FILTER = re.compile(r'(?<!\S)(from|in|topic|kind|before|after|is):("[^"]{1,80}"|\S{1,80})', re.I)
_WORD = re.compile(r"[\w][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. words: as typed, without filters. filters: name → value, as from:priya in:heat is:solved."""

    words: str
    filters: dict[str, str] = field(default_factory=dict)

    @property
    def terms(self) -> list[str]:
        """Return the single words, at most 12, exclusions left out."""
        kept = re.sub(r"(?<!\S)-\S+", " ", self.words)
        return _WORD.findall(kept)[:12]

    @property
    def unfinished(self) -> str:
        """Return the word still being typed, which may be a beginning; empty after a space or a quote."""
        found = re.search(r"([\w]{2,40})\Z", self.words)
        return found[1] if found and '"' not in self.words and not re.search(r"(?<!\S)-\w+\Z", self.words) else ""

    @property
    def finished(self) -> str:
        """Return the words before the unfinished one."""
        return self.words[: len(self.words) - len(self.unfinished)].strip() if self.unfinished else self.words

    def on(self, name: str) -> date | None:
        """Return a filter's day, or None if it is no day."""
        try:
            return date.fromisoformat(self.filters.get(name, ""))
        except ValueError:
            return None


def parse(text: str) -> Query:
    """Return the query in what was typed: at most 300 characters, filters apart from words. Never raises."""
    text = clean_line(text[:LONGEST])
    filters = {m[1].lower(): m[2].strip('"').lstrip("@#").lower() for m in _FILTER.finditer(text)}
    return Query(clean_line(_FILTER.sub(" ", text)), filters)
