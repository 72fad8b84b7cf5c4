"""Searching by filters alone, as from:priya: with no words to rank by, the newest come first."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.search.filters import looked_up
from watercooler.projections.search.query import Query
from watercooler.projections.search.reads import Near, Sought, seek
from watercooler.projections.search.snippets import Marker
from watercooler.projections.search.sql import PAGE
from watercooler.spine.content.checked import checked
from watercooler.spine.content.visibility import VISIBLE, visible_values

NOBODY = json.dumps(["", "", "", [], [], []])
"""What `tally` takes where nothing is counted: by filters alone the list has no end that could be counted to."""

# An answer or comment is listed where its author or its kind is asked for; otherwise threads are.
LISTED = f"""
select i.id, coalesce(i.root_id, i.id), i.version, coalesce(r.version, i.version), a.version, s.name, i.card->'checked',
       1.0::float8, exists (select from content_attachment h join search_filetext t on t.attachment_id = h.id
                            where h.item_id = i.id and t.text <> '')
from (
    select i.id from content_item i
    where {VISIBLE} and (i.parent_id is null or %(kind)s <> '' or %(author)s <> '')
      and (%(kind)s = '' or i.kind = %(kind)s)
      and (%(space)s = '' or i.space_id = (select id from spaces_space where slug = %(space)s))
      and (%(author)s = '' or i.author_id = (select id from people_person where handle = %(author)s))
      and (%(topic)s = '' or i.topic_ids @> array(
            select coalesce(t.synonym_of_id, t.id) from content_topic t where t.slug = %(topic)s
            union all select -1 where not exists (select from content_topic t where t.slug = %(topic)s)))
      and (%(after)s::date is null or i.published_at >= %(after)s)
      and (%(before)s::date is null or i.published_at < %(before)s)
      and (not %(solved)s or i.kind = 'answer' or (i.card->>'solved')::boolean)
    order by i.published_at desc, i.id desc offset %(skip)s limit {PAGE} + 1
) found
join content_item i on i.id = found.id left join content_item r on r.id = i.root_id
join people_person a on a.id = i.author_id join spaces_space s on s.id = i.space_id
order by i.published_at desc, i.id desc
"""


def is_asked(query: Query, chosen: dict[str, str]) -> bool:
    """Say whether a search asks for something by filters alone."""
    if query.words:
        return False
    by_choice = any(chosen.get(name) for name in ("kind", "space", "topic", "author", "solved"))
    return by_choice or query.on("after") is not None or query.on("before") is not None


def sought(
    viewer: Viewer, query: Query, *, now: datetime, chosen: dict[str, str], skip: int = 0
) -> tuple[Sought, dict[str, str], list[str]]:
    """Return what `reads.seek` or `listed` finds, what was chosen, and what of it nobody could make sense of.

    Where nothing is found, names typed for a person, a space or a topic are looked up, and it is looked once more.
    """
    found = _found(viewer, query, now, chosen, skip)
    if found.near or skip or not any(chosen.get(name) for name in ("space", "author", "topic")):
        return found, chosen, []
    called, unknown = looked_up(viewer, chosen)
    if called != chosen:
        found = _found(viewer, query, now, called, skip)
    return found, called, unknown


def _found(viewer: Viewer, query: Query, now: datetime, chosen: dict[str, str], skip: int) -> Sought:
    if query.words:
        return seek(viewer, query, now=now, chosen=chosen, skip=skip)
    return listed(viewer, query, chosen=chosen, skip=skip)


def listed(viewer: Viewer, query: Query, *, chosen: dict[str, str], skip: int = 0) -> Sought:
    """Return the newest that the viewer may see of what the filters leave, a page of it. Cost: one prepared query.

    Takes what `reads.seek` takes, and returns what it returns.
    """
    values: dict[str, Any] = {name: chosen.get(name, "") for name in ("kind", "space", "topic", "author")}
    values |= {"solved": chosen.get("solved") == "1", "after": query.on("after"), "before": query.on("before")}
    rows = hot.rows(LISTED, lambda *row: list(row), skip=skip, **values, **visible_values(viewer))
    near = [_near(row) for row in rows]
    return Sought(near[:PAGE], len(near) > PAGE, "", [], Marker([]), NOBODY)


def _near(row: list[Any]) -> Near:
    mark = checked({"checked": row[6]}) if row[6] else None
    row[6] = mark is not None and mark.stands
    return Near(*row)
