"""Keeping the search table true to the items' present state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from watercooler.foundation.database import hot
from watercooler.projections.search.language import DEFAULT, detect
from watercooler.projections.search.models import SearchEntry
from watercooler.spine.activity.projections import Projection, Recorded
from watercooler.spine.content.kinds import registered

TEXTS = """
select i.id, i.title || ' ' || i.excerpt as text, coalesce(r.title || ' ' || r.excerpt, '') as root_text
from content_item i left join content_item r on r.id = i.root_id where i.id = any(%(items)s) and i.state = 1
"""
QUALITY_OF = """ln(1 + i.helped_count) * 0.3 + case when (i.card->>'solved')::boolean then 0.4 else 0 end
           + case when (r.card->'accepted'->>'id')::bigint = i.id then 0.6 else 0 end"""
# The parser leaves tags and entities out by itself.
WRITE = f"""
insert into search_searchentry
    (item_id, root_id, kind, space_id, author_id, audience, topic_ids, published_at, language, title, size, words,
     quality)
select i.id, coalesce(i.root_id, i.id), i.kind, i.space_id, i.author_id, i.audience,
       coalesce(r.topic_ids, i.topic_ids), i.published_at, n.language, lower(immutable_unaccent(i.title)),
       length(b.words),
       setweight(h.words, 'A') || setweight(b.words, 'B') || case when r.id is null then '' else
           setweight(to_tsvector(search_config(n.language), r.title), 'C') end || t.words
           || case when i.title = '' then '' else h.marked end,
       {QUALITY_OF}
from unnest(%(items)s::bigint[], %(languages)s::text[]) n(id, language)
join content_item i on i.id = n.id
left join content_item r on r.id = i.root_id
cross join lateral (select to_tsvector(search_config(n.language), i.safe_html) as words) b
cross join lateral (
    select y.words, array_to_tsvector(array(select '=' || x from unnest(tsvector_to_array(y.words)) x)) as marked
    from (select to_tsvector(search_config(n.language), i.title) as words) y) h
cross join lateral (
    select to_tsvector(search_config(n.language), coalesce(string_agg(x.name, ' '), '')) as words
    from content_topic x where x.id = any(i.topic_ids)) t
where i.state = 1
on conflict (item_id) do update set root_id = excluded.root_id, kind = excluded.kind, space_id = excluded.space_id,
    author_id = excluded.author_id, audience = excluded.audience, topic_ids = excluded.topic_ids,
    published_at = excluded.published_at, language = excluded.language, title = excluded.title,
    size = excluded.size, words = excluded.words, quality = excluded.quality
"""
GONE = """
delete from search_searchentry e using content_item i
where i.id = e.item_id and i.id = any(%(items)s) and i.state <> 1
"""
THREADS = "select id from content_item where root_id = any(%(roots)s) or parent_id = any(%(roots)s)"
TOPICS = "select id from content_item where topic_ids && %(topics)s"
RECKON = f"""
update search_searchentry e set quality = {QUALITY_OF}
from content_item i left join content_item r on r.id = i.root_id
where i.id = e.item_id and i.id = any(%(items)s)
"""
MOVE = """
update search_searchentry e set audience = i.audience from content_item i
where i.id = e.item_id and e.space_id = any(%(spaces)s) and e.audience <> i.audience
"""

SMALL = 100
"""Below this the worker has caught up, and merging waiting words now spares every search from reading them."""

WHOLE_THREAD = frozenset({"edited", "removed", "held", "moved", "tagged"})
QUALITY = frozenset({"helped", "accepted"})
ELSEWHERE = frozenset({"changed_space", "merged_topic"})


class Search(Projection):
    """Rows of every live item, recomputed from its present state whenever something was done to it."""

    name = "search"
    version = 2
    tables = (SearchEntry,)

    @property
    def verbs(self) -> frozenset[str]:  # type: ignore[override]
        """Everything that makes or changes items; a new kind is found without a word here."""
        return WHOLE_THREAD | QUALITY | ELSEWHERE | {kind.made.name for kind in registered().values()}

    def apply(self, batch: Sequence[Recorded]) -> None:
        touched = {a.item_id for a in batch if a.item_id and a.verb not in QUALITY}
        roots = {a.item_id for a in batch if a.item_id and a.verb in WHOLE_THREAD}
        reckoned = {a.item_id for a in batch if a.item_id and a.verb in QUALITY}
        reckoned |= {a.root_id for a in batch if a.root_id and a.verb == "accepted"}
        topics = {a.detail["into_id"] for a in batch if a.verb == "merged_topic"}
        spaces = {a.space_id for a in batch if a.space_id and a.verb == "changed_space"}
        with connection.cursor() as cursor:
            if topics:
                cursor.execute(TOPICS, {"topics": sorted(topics)})
                roots |= {row[0] for row in cursor.fetchall()}
            if roots:
                cursor.execute(THREADS, {"roots": sorted(roots)})
                touched |= roots | {row[0] for row in cursor.fetchall()}
            if touched:
                write(touched)
                cursor.execute(GONE, {"items": sorted(touched)})
            if reckoned:
                cursor.execute(RECKON, {"items": sorted(reckoned)})
            if spaces:
                cursor.execute(MOVE, {"spaces": sorted(spaces)})
            if len(batch) < SMALL:
                cursor.execute("select gin_clean_pending_list('search_words')")


def write(items: Iterable[int]) -> None:
    """Write the rows of these items, those that are live, from what they say now. Cost: two statements."""
    texts = hot.rows(TEXTS, items=sorted(items))
    languages = [detect(row.text) or detect(row.root_text) or DEFAULT for row in texts]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, {"items": [row.id for row in texts], "languages": languages})
