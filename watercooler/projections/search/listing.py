"""Searching by filters alone, as from:priya: with no words to rank by, the newest come first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from watercooler.foundation.base.viewer import EVERYONE, Viewer
from watercooler.foundation.database import hot
from watercooler.projections.search.filters import looked_up
from watercooler.projections.search.query import Query
from watercooler.projections.search.reads import Near, Sought, seek
from watercooler.projections.search.snippets import Marker
from watercooler.projections.search.sql import PAGE, if_solved
from watercooler.spine.content.checked import checked
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.visibility import READ_SPACE, VISIBLE, visible_values

NOBODY = json.dumps(["", "", "", [], [], []])
"""What `tally` takes where nothing is counted: by filters alone the list has no end that could be counted to."""

_TOPIC = """array(
            select coalesce(t.synonym_of_id, t.id) from content_topic t where t.slug = %(topic)s
            union all select -1 where not exists (select from content_topic t where t.slug = %(topic)s))"""
ASKED = {
    "kind": "i.kind = %(kind)s",
    "space": f"i.space_id = {READ_SPACE}",
    "author": "i.author_id = (select id from people_person where handle = %(author)s)",
    "topic": f"i.topic_ids @> {_TOPIC}",
    "after": "i.published_at >= %(after)s::date",
    "before": "i.published_at < %(before)s::date",
    "solved": if_solved("coalesce(i.root_id, i.id)"),
}
"""Conditions on an item that filters ask for."""
ABOUT = f"coalesce((select r.topic_ids from content_item r where r.id = i.root_id), i.topic_ids) @> {_TOPIC}"
"""An answer or comment is about what its thread is about."""
QUESTION = "question"
"""The one kind that is open or solved."""
NEWEST = "order by i.published_at desc, i.id desc"
SO_MANY = "offset %(skip)s limit %(many)s"
UP_TO = "limit %(skip)s + %(many)s"
MOST_REPLIES, MOST_OF_SPACE = 10_000, 5_000
"""Among so many answers or comments that every member may read, the newest, and so many of each closed space and
guest's space of one's own, those are looked for that other filters leave: what is hidden from somebody does not count,
or it would move what is listed, and costs nothing."""
OWN = "unnest(%(audiences)s::bigint[] || %(guest_spaces)s::bigint[]) own(id)"
"""The spaces that not every member may read and the viewer may; and 0, which stands for all others."""
# Each way goes down an index until a page is full, or reads no more than there is of one person, topic or space, and
# none has to sort all that there is: that took 0.4 s of 200,000.
OF_ONE = f"select i.id from content_item i where {VISIBLE} and {{asked}} {NEWEST} {SO_MANY}"
THREADS = f"select i.id from content_item i where i.parent_id is null and {VISIBLE} and {{asked}} {NEWEST} {SO_MANY}"
OF_EACH_KIND = f"""
    select i.id from unnest(%(kinds)s::text[]) k(kind) cross join lateral (
        select i.id, i.published_at from content_item i
        where i.kind = k.kind and i.parent_id is null and {VISIBLE} and {{asked}} {NEWEST} {UP_TO}
    ) i {NEWEST} {SO_MANY}"""
OF_OWN_SPACES = f"""
    select i.id from {OWN} cross join lateral (
        select i.id, i.published_at from content_item i
        where i.space_id = own.id and i.parent_id is null and {VISIBLE} and {{asked}} {NEWEST} {UP_TO}
    ) i {NEWEST} {SO_MANY}"""
# The index of what may be solved holds both lists, that of open questions and that of solved ones, newest first.
OF_STATE = f"""
    select i.id from content_item i where i.parent_id is null and i.card ? 'solved'
      and i.card->'solved' = (%(solved)s = '1')::text::jsonb and {VISIBLE} and {{asked}} {NEWEST} {SO_MANY}"""

SAID_BY_STATE = frozenset({"solved", "kind"})


def _replies(where: str, most: int) -> str:
    return f"""
        select i.id from (
            select e.item_id from search_searchentry e where e.kind = %(kind)s and {where}
            order by e.item_id desc limit {most}) e
        join content_item i on i.id = e.item_id where {VISIBLE} and {{asked}} order by i.id desc {UP_TO}"""


REPLIES_THERE = f"""
    select i.id from (select {READ_SPACE} as id) there cross join lateral (
        {_replies("e.space_id = there.id", MOST_REPLIES)}) i order by i.id desc {SO_MANY}"""
REPLIES = f"""
    select i.id from (
        ({_replies("e.audience = 0 and 0 = any(%(audiences)s)", MOST_REPLIES)})
        union all
        select i.id from {OWN} cross join lateral (
            {_replies("own.id <> 0 and e.space_id = own.id", MOST_OF_SPACE)}) i
    ) i order by i.id desc {SO_MANY}"""
LISTED = """
select i.id, coalesce(i.root_id, i.id), i.version, coalesce(r.version, i.version), a.version, s.name, i.card->'checked',
       exists (select from content_attachment h join search_filetext t on t.attachment_id = h.id
               where h.item_id = i.id and t.text <> '')
from ({found}) found
join content_item i on i.id = found.id left join content_item r on r.id = i.root_id
join people_person a on a.id = i.author_id join spaces_space s on s.id = i.space_id
{order}
"""
FOUND = f"""select i.id from content_item i
where i.id = any(%(items)s) and {VISIBLE} and {{asked}} and {{which}}"""


class Asking(NamedTuple):
    """Which filters there are, apart from what they say. by_reply: whether the kind asked for stands below others.

    An answer or comment is listed where its author or its kind is asked for; otherwise threads are. Answers or comments
    of nobody in particular come in the order in which they came in here, which no index of days holds.
    """

    filters: frozenset[str]
    by_reply: bool
    is_member: bool

    @property
    def is_in_order_of_days(self) -> bool:
        return not self.by_reply or "author" in self.filters

    def way(self) -> str:
        """Return the select that finds these; see the constants above."""
        if "author" in self.filters:
            return OF_ONE
        if self.by_reply:
            return REPLIES_THERE if "space" in self.filters else REPLIES
        if self.filters & {"space", "topic"}:
            return THREADS
        if not self.is_member:
            return OF_OWN_SPACES
        return OF_STATE if "solved" in self.filters else OF_EACH_KIND

    def conditions(self, without: frozenset[str] = frozenset()) -> str:
        """Return what the filters ask of an item."""
        conditions = dict(ASKED) if not (self.by_reply or "author" in self.filters) else ASKED | {"topic": ABOUT}
        return " and ".join([conditions[name] for name in sorted(self.filters - without)]) or "true"


@cache
def found(asking: Asking) -> str:
    """Return a select of the items that these filters leave, the newest."""
    way = asking.way()
    return way.format(asked=asking.conditions(SAID_BY_STATE if way is OF_STATE else frozenset()))


@cache
def listing(asking: Asking) -> str:
    """Return the query for a page of them."""
    order = NEWEST if asking.is_in_order_of_days else "order by i.id desc"
    return LISTED.format(found=found(asking), order=order)


@cache
def among(asking: Asking) -> str:
    """Return the query for those of some items that the listing holds."""
    is_reply = "author" in asking.filters or asking.by_reply
    return FOUND.format(asked=asking.conditions(), which="true" if is_reply else "i.parent_id is null")


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


def asking(viewer: Viewer, query: Query, chosen: Mapping[str, str]) -> tuple[Asking, dict[str, Any]] | None:
    """Return what filters alone ask for, with the values of `found` but for `many`; None for what nothing can be.

    chosen: as `reads.seek` takes it.
    """
    values: dict[str, Any] = {name: chosen.get(name, "") for name in ("kind", "space", "topic", "author", "solved")}
    values |= {"after": query.on("after"), "before": query.on("before")}
    filters = frozenset(name for name, value in values.items() if value)
    if values["kind"] and values["kind"] not in registered():
        return None
    tops = [name for name, kind in registered().items() if kind.is_top]
    by_reply = bool(values["kind"]) and values["kind"] not in tops
    if values["solved"] and values["kind"] in {*tops} - {QUESTION}:
        return None
    values |= {"kinds": [values["kind"]] if values["kind"] else tops, "skip": 0}
    return Asking(filters, by_reply, EVERYONE in viewer.audiences), {**values, **visible_values(viewer)}


def listed(viewer: Viewer, query: Query, *, chosen: dict[str, str], skip: int = 0) -> Sought:
    """Return the newest that the viewer may see of what the filters leave, a page of it. Cost: one prepared query.

    Takes what `reads.seek` takes, and returns what it returns.
    """
    asked = asking(viewer, query, chosen)
    near: list[Near] = []
    if asked is not None:
        near = hot.rows(listing(asked[0]), _near, **{**asked[1], "skip": skip, "many": PAGE + 1})
    return Sought(near[:PAGE], len(near) > PAGE, "", [], Marker([]), NOBODY)


def _near(  # what the columns of LISTED hold
    item: int, root: int, version: int, of_root: int, of_author: int, space: str, check: Any, has_text: bool
) -> Near:
    mark = checked({"checked": check}) if check else None
    return Near(item, root, version, of_root, of_author, space, mark is not None and mark.stands, 1.0, has_text)
