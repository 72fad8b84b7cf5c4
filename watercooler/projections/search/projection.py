"""Keeping the search table true to the items' present state."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from watercooler.projections.search.models import SearchEntry
from watercooler.spine.activity.projections import Projection, Recorded
from watercooler.spine.content.kinds import registered

WRITE = """
insert into search_searchentry
    (item_id, root_id, kind, space_id, author_id, topic_ids, published_at, title, body, words, quality)
select i.id, coalesce(i.root_id, i.id), i.kind, i.space_id, i.author_id, i.topic_ids, i.published_at,
       lower(immutable_unaccent(i.title)), b.body,
       setweight(to_tsvector('watercooler', i.title), 'A') || setweight(to_tsvector('watercooler', b.body), 'B')
           || setweight(to_tsvector('watercooler', coalesce(r.title, '')), 'C')
           || setweight(to_tsvector('watercooler', t.names), 'A'),
       ln(1 + i.helped_count) * 0.3 + case when (i.card->>'solved')::boolean then 0.4 else 0 end
           + case when (r.card->'accepted'->>'id')::bigint = i.id then 0.6 else 0 end
from content_item i
left join content_item r on r.id = i.root_id
cross join lateral (select left(replace(replace(replace(replace(regexp_replace(i.safe_html, '<[^>]+>', ' ', 'g'),
    '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&amp;', '&'), 20000) as body) b
cross join lateral (select coalesce(string_agg(x.name, ' '), '') as names
                    from content_topic x where x.id = any(i.topic_ids)) t
where i.id = any(%(items)s) and i.state = 1
on conflict (item_id) do update set root_id = excluded.root_id, kind = excluded.kind, space_id = excluded.space_id,
    author_id = excluded.author_id, topic_ids = excluded.topic_ids, published_at = excluded.published_at,
    title = excluded.title, body = excluded.body, words = excluded.words, quality = excluded.quality
"""
GONE = """
delete from search_searchentry e using content_item i
where i.id = e.item_id and i.id = any(%(items)s) and i.state <> 1
"""
THREADS = "select id from content_item where root_id = any(%(roots)s) or parent_id = any(%(roots)s)"
RECKON = """
update search_searchentry e set quality = ln(1 + i.helped_count) * 0.3
    + case when (i.card->>'solved')::boolean then 0.4 else 0 end
    + case when (r.card->'accepted'->>'id')::bigint = i.id then 0.6 else 0 end
from content_item i left join content_item r on r.id = i.root_id
where i.id = e.item_id and i.id = any(%(items)s)
"""

SMALL = 100
"""Below this the worker has caught up, and merging waiting words now spares every search from reading them."""

WHOLE_THREAD = frozenset({"edited", "removed", "held", "moved"})
QUALITY = frozenset({"helped", "accepted"})


class Search(Projection):
    """Rows of every live item, recomputed from its present state whenever something was done to it."""

    name = "search"
    version = 1
    tables = (SearchEntry,)

    @property
    def verbs(self) -> frozenset[str]:  # type: ignore[override]
        """Everything that makes or changes items; a new kind is found without a word here."""
        return WHOLE_THREAD | QUALITY | {"tagged"} | {kind.made.name for kind in registered().values()}

    def apply(self, batch: Sequence[Recorded]) -> None:
        touched = {a.item_id for a in batch if a.item_id and a.verb not in QUALITY}
        roots = {a.item_id for a in batch if a.item_id and a.verb in WHOLE_THREAD}
        reckoned = {a.item_id for a in batch if a.item_id and a.verb in QUALITY}
        reckoned |= {a.root_id for a in batch if a.root_id and a.verb == "accepted"}
        with connection.cursor() as cursor:
            if roots:
                cursor.execute(THREADS, {"roots": sorted(roots)})
                touched |= {row[0] for row in cursor.fetchall()}
            if touched:
                cursor.execute(WRITE, {"items": sorted(touched)})
                cursor.execute(GONE, {"items": sorted(touched)})
            if reckoned:
                cursor.execute(RECKON, {"items": sorted(reckoned)})
            if len(batch) < SMALL:
                cursor.execute("select gin_clean_pending_list('search_words')")
