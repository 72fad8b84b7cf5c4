"""Searching by filters alone, as from:priya: with no words to rank by, the newest come first."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from typing import Any

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.search.filters import looked_up
from watercooler.projections.search.query import Query
from watercooler.projections.search.reads import Near, Sought, seek
from watercooler.projections.search.snippets import Marker
from watercooler.projections.search.sql import PAGE, if_solved
from watercooler.spine.content.checked import checked
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.visibility import VISIBLE, visible_values

NOBODY = json.dumps(["", "", "", [], [], []])
"""What `tally` takes where nothing is counted: by filters alone the list has no end that could be counted to."""

ASKED = {
    "kind": "i.kind = %(kind)s",
    "space": "i.space_id = (select id from spaces_space where slug = %(space)s)",
    "author": "i.author_id = (select id from people_person where handle = %(author)s)",
    "topic": """i.topic_ids @> array(
            select coalesce(t.synonym_of_id, t.id) from content_topic t where t.slug = %(topic)s
            union all select -1 where not exists (select from content_topic t where t.slug = %(topic)s))""",
    "after": "i.published_at >= %(after)s::date",
    "before": "i.published_at < %(before)s::date",
    "solved": if_solved("coalesce(i.root_id, i.id)"),
}
NEWEST = "order by i.published_at desc, i.id desc"
A_PAGE = f"offset %(skip)s limit {PAGE} + 1"
MOST_REPLIES = 20_000
"""Among so many items that one may see, the newest, answers or comments of nobody and no space in particular are
looked for: hidden ones do not count, or they would move what is listed."""
# Each way goes down an index until a page is full, or reads no more than there is of one person or space, and none has
# to sort all that there is: that took 0.4 s of 200,000.
OF_ONE = f"select i.id from content_item i where {VISIBLE} and {{asked}} {NEWEST} {A_PAGE}"
THREADS = f"select i.id from content_item i where i.parent_id is null and {VISIBLE} and {{asked}} {NEWEST} {A_PAGE}"
OF_EACH_KIND = f"""
    select i.id from unnest(%(kinds)s::text[]) k(kind) cross join lateral (
        select i.id, i.published_at from content_item i
        where i.kind = k.kind and i.parent_id is null and {VISIBLE} and {{asked}} {NEWEST} limit %(skip)s + {PAGE} + 1
    ) i {NEWEST} {A_PAGE}"""
REPLIES_THERE = f"""
    select i.id from (select i.id from content_item i where {VISIBLE} and {{asked}} offset 0) i
    order by i.id desc {A_PAGE}"""
REPLIES = f"""
    select i.id from (select * from content_item i where {VISIBLE} order by i.id desc limit {MOST_REPLIES}) i
    where {{asked}} order by i.id desc {A_PAGE}"""
LISTED = """
select i.id, coalesce(i.root_id, i.id), i.version, coalesce(r.version, i.version), a.version, s.name, i.card->'checked',
       exists (select from content_attachment h join search_filetext t on t.attachment_id = h.id
               where h.item_id = i.id and t.text <> '')
from ({found}) found
join content_item i on i.id = found.id left join content_item r on r.id = i.root_id
join people_person a on a.id = i.author_id join spaces_space s on s.id = i.space_id
{order}
"""


@cache
def listing(asked: frozenset[str], *, is_reply: bool) -> str:
    """Return the query for these filters. is_reply: whether the kind asked for stands below others.

    An answer or comment is listed where its author or its kind is asked for; otherwise threads are. Answers or comments
    of nobody in particular come in the order in which they came in here, which no index of days holds.
    """
    if "author" in asked:
        way = OF_ONE
    elif is_reply:
        way = REPLIES_THERE if "space" in asked else REPLIES
    else:
        way = THREADS if asked & {"space", "topic"} else OF_EACH_KIND
    found = way.format(asked=" and ".join(ASKED[name] for name in sorted(asked)))
    return LISTED.format(found=found, order="order by i.id desc" if way in {REPLIES, REPLIES_THERE} else NEWEST)


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
    values |= {"solved": chosen.get("solved", ""), "after": query.on("after"), "before": query.on("before")}
    asked = frozenset(name for name, value in values.items() if value)
    if values["kind"] and values["kind"] not in registered():
        return Sought([], False, "", [], Marker([]), NOBODY)
    tops = [name for name, kind in registered().items() if kind.is_top]
    is_reply = bool(values["kind"]) and values["kind"] not in tops
    values |= {"kinds": [values["kind"]] if values["kind"] else tops, "skip": skip}
    near = hot.rows(listing(asked, is_reply=is_reply), _near, **values, **visible_values(viewer))
    return Sought(near[:PAGE], len(near) > PAGE, "", [], Marker([]), NOBODY)


def _near(  # what the columns of LISTED hold
    item: int, root: int, version: int, of_root: int, of_author: int, space: str, check: Any, has_text: bool
) -> Near:
    mark = checked({"checked": check}) if check else None
    return Near(item, root, version, of_root, of_author, space, mark is not None and mark.stands, 1.0, has_text)
