"""Keeping the telling words of items true to their present state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from watercooler.projections.experts.models import Entry, Stem
from watercooler.projections.experts.router import route
from watercooler.spine.activity.projections import Projection, Recorded
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.verbs import EDITED, HELD, MERGED_TOPIC, MOVED, REMOVED, TAGGED
from watercooler.spine.spaces.verbs import CHANGED_SPACE

MOST_STEMS = 60
"""Of 30, 40, 60 and all stems, 60 found the right people most often; it also keeps long texts from winning."""
LONGEST = 6000
"""How many characters of a text are read."""
KNOWING = ("answer", "article", "page")
"""Kinds that speak for their author."""
ASKING = "question"

# Words of the title count three times, then a thread's question, then the text itself. The parser leaves out tags.
WRITE = f"""
insert into experts_entry
    (item_id, root_id, person_id, shows_knowledge, space_id, audience, at, topic_ids, keys)
select i.id, coalesce(i.root_id, i.id), i.author_id, i.kind <> '{ASKING}', i.space_id, i.audience, i.published_at,
       t.topic_ids, t.keys
from content_item i
left join content_item r on r.id = i.root_id
cross join lateral (
    select about.topic_ids, coalesce((
        select array_agg(stem_key(lexeme)) from (
            select lexeme from unnest(
                setweight(to_tsvector('watercooler', i.title || ' ' || coalesce(r.title, '')), 'A')
                || to_tsvector('watercooler', left(i.safe_html, {LONGEST})
                               || ' ' || left(coalesce(r.safe_html, ''), {LONGEST}))) word
            order by cardinality(positions) + 2 * cardinality(array_positions(weights, 'A')) desc, lexeme
            limit {MOST_STEMS}) telling), '{{}}')
        || coalesce((select array_agg(stem_key('#' || topic)) from unnest(about.topic_ids) topic), '{{}}') as keys
    from (select coalesce(r.topic_ids, i.topic_ids) as topic_ids) about) t
where i.id = any(%(items)s) and i.state = 1 and i.kind = any(%(kinds)s)
on conflict (item_id) do update set root_id = excluded.root_id, person_id = excluded.person_id,
    space_id = excluded.space_id, audience = excluded.audience, at = excluded.at, topic_ids = excluded.topic_ids,
    keys = excluded.keys
"""
GONE = """
delete from experts_entry e using content_item i where i.id = e.item_id and i.id = any(%(items)s) and i.state <> 1
"""
COUNT = """
insert into experts_stem (key, entries)
select key, %(sign)s * count(*) from experts_entry e cross join unnest(e.keys || 0) key
where e.item_id = any(%(items)s) and e.audience = 0 group by key order by key
on conflict (key) do update set entries = experts_stem.entries + excluded.entries
"""
THREADS = "select id from content_item where root_id = any(%s)"
OF_TOPICS = "select item_id from experts_entry where topic_ids && %s::bigint[]"
OF_SPACES = "select item_id from experts_entry where space_id = any(%s)"

OF_THREADS = frozenset({EDITED.name, REMOVED.name, HELD.name, MOVED.name, TAGGED.name})
SMALL = 100
"""Below this the worker has caught up; merging waiting words now spares every question from reading them."""


class Experts(Projection):
    """The telling words of questions, answers and pages, and how rare each word is."""

    name = "experts"
    version = 1
    tables = (Entry, Stem)

    @property
    def verbs(self) -> frozenset[str]:  # type: ignore[override]
        """What makes one of these kinds, and what changes its words, place or topics."""
        made = {registered()[name].made.name for name in (*KNOWING, ASKING) if name in registered()}
        return OF_THREADS | made | {MERGED_TOPIC.name, CHANGED_SPACE.name}

    def apply(self, batch: Sequence[Recorded]) -> None:
        touched = {a.item_id for a in batch if a.item_id}
        roots = [a.item_id for a in batch if a.item_id and a.verb in OF_THREADS and a.parent_id is None]
        topics = [a.detail["topic_id"] for a in batch if a.verb == MERGED_TOPIC.name]
        spaces = [a.space_id for a in batch if a.verb == CHANGED_SPACE.name and "access" in a.detail.get("fields", ())]
        with connection.cursor() as cursor:
            for sql, ids in ((THREADS, roots), (OF_TOPICS, topics), (OF_SPACES, spaces)):
                if ids:
                    cursor.execute(sql, [ids])
                    touched |= {row[0] for row in cursor.fetchall()}
            if touched:
                refresh(touched)
            if len(batch) < SMALL:
                cursor.execute("select gin_clean_pending_list('expert_keys')")
        route(batch)

    def snapshot(self) -> dict[str, list[tuple[Any, ...]]]:
        """Leave out keys that no entry holds any more; they cost less to keep than to look for."""
        rows = super().snapshot()
        return {**rows, "experts_stem": [row for row in rows["experts_stem"] if row[1]]}


def refresh(items: Iterable[int]) -> None:
    """Compute the entries of these items anew, and how many entries hold each word. Cost: four set statements."""
    values: dict[str, Any] = {"items": sorted(items), "kinds": [*KNOWING, ASKING]}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {**values, "sign": -1})
        cursor.execute(WRITE, values)
        cursor.execute(GONE, values)
        cursor.execute(COUNT, {**values, "sign": 1})
