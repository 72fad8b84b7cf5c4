"""Finding the saved searches that a new item answers: first by one rare word, then by the search's own conditions.

A saved search is looked up by the stems of its rarest word, so a new item meets only the few that share one with it,
however many there are. Those are asked in earnest, with the parts of the search's own query and as the person who
keeps them, restricted to the new items: what a saved search tells of, the search finds.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.search import sql
from watercooler.projections.search.listing import among, asking
from watercooler.projections.search.reads import asked_by
from watercooler.projections.search.saved.asked import Asked, read
from watercooler.projections.search.saved.models import SavedFind, SavedSearch
from watercooler.spine.content.visibility import VISIBLE
from watercooler.spine.spaces.viewer import build

SHARING = """
select s.id, s.person_id, s.asked, array_agg(x.item_id)
from (
    select e.item_id, s.id
    from search_searchentry e join search_savedsearch s on s.keys && (tsvector_to_array(e.words) || array(
        select '~topic:' || topic from unnest(e.topic_ids) topic)
        || array['~author:' || e.author_id, '~space:' || e.space_id, '~kind:' || e.kind, '~'])
    where e.item_id = any(%(items)s)
    union
    select e.item_id, s.id
    from search_savedsearch s join search_searchentry e
        on e.item_id = any(%(items)s)
        and exists (select from unnest(tsvector_to_array(e.words)) stem where starts_with(stem, s.begins))
    where s.begins <> ''
) x
join search_savedsearch s on s.id = x.id
join search_searchentry e on e.item_id = x.item_id
join people_person p on p.id = s.person_id and p.is_active
where s.tells <> 'never' and e.author_id <> s.person_id and e.published_at >= s.made_at
group by s.id, s.person_id, s.asked order by s.id
"""
MATCH = f"""with {sql.TYPED}, {sql.ASKED}
select e.item_id from asked, search_searchentry e join content_item i on i.id = e.item_id
where e.item_id = any(%(items)s) and e.words @@ asked.every and {sql.CHOSEN} and {VISIBLE}
  and {sql.if_solved("e.root_id")}
"""
RAREST = f"with {sql.TYPED} select query::text, items from typed"
# Addresses and numbers of what filters name; a topic by the one that stands for it.
NUMBERS = """
select (select id from people_person where handle = %(author)s),
       (select coalesce(synonym_of_id, id) from content_topic where slug = %(topic)s),
       (select id from spaces_space where slug = %(space)s)
"""
_STEM = re.compile(r"'((?:[^']|'')*)'(:\*)?")


@dataclass(frozen=True, slots=True)
class Sharing:
    """A saved search with the new items that share a stem of its rarest word."""

    search_id: int
    person_id: int
    asked: str
    items: list[int]


def match(items: Collection[int], now: datetime) -> list[tuple[int, int]]:
    """Return (saved search, item) for every new item that somebody asked to hear of and may see now.

    Cost: one query, and one or two for each saved search that shares its rarest word with an item.
    """
    found: list[tuple[int, int]] = []
    for one in hot.rows(SHARING, Sharing, items=sorted(items)):
        found += [(one.search_id, item) for item in _holding(read(one.asked), build(one.person_id), one.items, now)]
    return found


def _holding(asked: Asked, viewer: Viewer, items: Sequence[int], now: datetime) -> list[int]:
    """Return those of some items that a search finds."""
    if asked.query.terms:
        values = asked_by(viewer, asked.query, now=now, chosen=asked.chosen)
        return hot.rows(MATCH, int, items=items, **values)
    alone = asking(viewer, asked.query, asked.chosen)
    return hot.rows(among(alone[0]), int, **{**alone[1], "items": list(items)}) if alone else []


def keep(found: Iterable[tuple[int, int]], positions: Mapping[int, int], now: datetime) -> None:
    """Write down what was found; what was found before is left as it is. Cost: one statement."""
    SavedFind.objects.bulk_create(
        (SavedFind(search_id=search, item_id=item, position=positions[item], at=now) for search, item in found),
        ignore_conflicts=True,
    )


def keys_of(saved: SavedSearch, now: datetime) -> tuple[list[str], str]:
    """Return the stems of a search's rarest word, and how a stem may begin instead where that word is still unknown.

    Of filters alone, that which fewest items are likely to fit stands for a word.
    """
    asked = read(saved.asked)
    if not asked.query.terms:
        return _keys_of_filters(asked.chosen), ""
    values = asked_by(build(saved.person_id), asked.query, now=now, chosen=asked.chosen)
    rows: list[Any] = hot.rows(RAREST, lambda query, items: (items, query), **values)
    words = [[(stem.replace("''", "'"), mark) for stem, mark in _STEM.findall(query)] for _items, query in sorted(rows)]
    known = [word for word in words if not any(mark for _stem, mark in word)]
    chosen = (known or words or [[]])[0]
    return sorted({stem for stem, mark in chosen if not mark}), next((stem for stem, mark in chosen if mark), "")


def _keys_of_filters(chosen: Mapping[str, str]) -> list[str]:
    """Return what stands for the filters of a search without words; a name that nothing has yet stands for nothing."""
    names = {name: chosen.get(name, "") for name in ("author", "topic", "space")}
    numbers: Sequence[int | None] = hot.rows(NUMBERS, lambda *numbers: numbers, **names)[0]
    for (name, said), number in zip(names.items(), numbers, strict=True):
        if said and number:
            return [f"~{name}:{number}"]
    return [f"~kind:{chosen['kind']}" if chosen["kind"] else "~"]


def reckon(searches: Iterable[SavedSearch], now: datetime) -> int:
    """Reckon anew by which words searches are looked up, and return how many changed. Cost: a query or two each."""
    changed = []
    for saved in searches:
        keys, begins = keys_of(saved, now)
        if (keys, begins) != (saved.keys, saved.begins):
            saved.keys, saved.begins = keys, begins
            changed.append(saved)
    SavedSearch.objects.bulk_update(changed, ["keys", "begins"], batch_size=500)
    return len(changed)
