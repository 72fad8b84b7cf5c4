"""What was asked before, by all its words and those of its answers, over the whole index."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.experts.asking import Asked, asked
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.similar import FROM_CHARACTERS, Similar

NEAR_ENOUGH = 0.12
"""The share of telling words below which a question is not worth showing."""

# A thread is as near as its nearest part: an answer may say in other words what the question did not.
NEAREST = f"""
with {asked("e.root_id <> %(but)s and e.at < %(now)s")},
nearest as (
    select root_id, max(worth) as worth from held group by root_id order by max(worth) desc, root_id limit 60
)
select i.id, i.title, i.answer_count, coalesce((i.card->>'solved')::boolean, false), i.helped_count, i.kind
from nearest n cross join whole join content_item i on i.id = n.root_id
where i.kind = any(%(kinds)s) and n.worth / whole.worth >= %(near)s
  and i.state = 1 and (i.audience = any(%(audiences)s) or i.space_id = any(%(guest_spaces)s))
order by n.worth desc, i.id limit %(most)s
"""


def nearest(
    viewer: Viewer,
    about: Asked,
    kinds: list[str],
    *,
    most: int = 3,
    but: int = 0,
    near: float = NEAR_ENOUGH,
    now: datetime | None = None,
) -> list[Similar]:
    """Return visible threads of these kinds nearest to what is asked. but: the item itself, left out.

    Cost: one prepared query that reads at most 12,000 entries.
    """

    def into(id: int, title: str, answers: int, is_solved: bool, helped: int, kind: str) -> Similar:
        return Similar(id, title, answers, is_solved, helped, registered()[kind].url(id, title), kind)

    values = about.values(viewer, now or timezone.now())
    return hot.rows(NEAREST, into, **values, kinds=kinds, most=most, but=but, near=near)


def similar(viewer: Viewer, kind: str, words: str, body: str = "") -> list[Similar]:
    """Return at most three threads of a kind that resemble what is being written; none below twelve characters."""
    words = clean_line(words)
    if len(words) < FROM_CHARACTERS:
        return []
    return nearest(viewer, Asked(words, body), [kind])
