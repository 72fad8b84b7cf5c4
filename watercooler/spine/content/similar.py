"""What was said before that resembles what somebody is writing: while the search projection says nothing better."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.visibility import VISIBLE, visible_values

FROM_CHARACTERS = 12
NEWEST = 2000
"""How many of the newest are compared. Cost: about 10 µs each, without an index that every write would pay for."""

SIMILAR = f"""
select near.id, near.title, near.answer_count, near.is_solved, near.helped_count from (
    select i.id, i.title, i.answer_count, coalesce((i.card->>'solved')::boolean, false) as is_solved, i.helped_count,
           greatest(similarity(lower(i.title), %(words)s), 0.9 * word_similarity(%(words)s, lower(i.title))) as nearness
    from content_item i
    where i.kind = %(kind)s and i.parent_id is null and {VISIBLE}
    order by i.published_at desc, i.id desc limit {NEWEST}) near
where near.nearness > 0.32
order by near.nearness desc, near.id desc limit 3
"""  # no value of a person's stands in it


@dataclass(frozen=True, slots=True)
class Similar:
    """One thing like it: its words, where it is, and how far it got."""

    id: int
    title: str
    answer_count: int
    is_solved: bool
    helped_count: int
    url: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Typing:
    """What somebody is writing so far. space: its slug. topics: names with commas between, as typed."""

    title: str
    source: str = ""
    space: str = ""
    topics: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What stands beside a question being written. people: name, handle, photo, reason; they hear of it once posted."""

    similar: list[Similar] = field(default_factory=list)
    pages: list[Similar] = field(default_factory=list)
    people: list[Any] = field(default_factory=list)


def leads_nowhere_in(listed: str, thread: str) -> str:
    """Return a condition: the thread does not lead to another one of a list, which asked the same before it.

    listed: a part of a query with root_id. thread: a column with a thread's id. Of two that lead to each other, as they
    may after an import, the older one stays. Cost: one look into an index for each thread.
    """
    return f"""not exists (
        select from content_link l join {listed} first on first.root_id = l.other_id
        where l.item_id = {thread} and l.kind = 'duplicate' and (l.other_id < l.item_id or not exists (
            select from content_link b where b.item_id = l.other_id and b.other_id = l.item_id
            and b.kind = 'duplicate')))"""


def suggested(viewer: Viewer, kind: str, typing: Typing) -> Suggested:
    """Return what was asked before, by titles alone: the plainest that settings.SUGGESTED may name."""
    return Suggested(similar(viewer, kind, typing.title))


def similar(viewer: Viewer, kind: str, words: str) -> list[Similar]:
    """Return at most three visible items of a kind whose titles resemble `words`, nearest first.

    Below twelve characters there is nothing to compare, and none is returned.

    Cost: one query, about 20 ms at most.
    """
    words = clean_line(words).lower()[:200]
    if len(words) < FROM_CHARACTERS:
        return []

    def into(id: int, title: str, answers: int, is_solved: bool, helped: int) -> Similar:
        return Similar(id, title, answers, is_solved, helped, registered()[kind].url(id, title))

    return hot.rows(SIMILAR, into, words=words, kind=kind, **visible_values(viewer))
