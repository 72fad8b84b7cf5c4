"""The glossary as it is read: by name, or those that a few letters fit."""

from __future__ import annotations

from dataclasses import dataclass

from watercooler.foundation.database import hot
from watercooler.spine.content.acts.glossary import MOST_TERMS, key_of

LISTED = f"""
select t.id, t.name, t.meaning, t.others from content_term t
where %(key)s = '' or exists (select from unnest(t.keys) key where strpos(key, %(key)s) > 0)
order by lower(t.name), t.id limit {MOST_TERMS}
"""


@dataclass(slots=True)
class TermLine:
    """A word, what it means, and what else people call it."""

    id: int
    name: str
    meaning: str
    others: list[str]


def terms(words: str = "") -> list[TermLine]:
    """Return the terms in whose name or other words these letters stand; all of them without. One prepared query."""
    return hot.rows(LISTED, TermLine, key=key_of(words))
