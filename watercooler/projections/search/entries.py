"""Writing the rows that can be found from what items say now."""

from __future__ import annotations

from collections.abc import Iterable

from watercooler.foundation.base.language import DEFAULT, detect
from watercooler.foundation.database import hot
from watercooler.projections.search.newest import BLOCKS
from watercooler.spine.content import parsed

TEXTS = """
select i.id, i.title || ' ' || i.excerpt as text,
       coalesce((select left(t.text, 1000) from content_attachment a join search_filetext t on t.attachment_id = a.id
                 where a.item_id = i.id and t.text <> '' order by a.id limit 1), '') as file_text,
       coalesce(r.title || ' ' || r.excerpt, '') as root_text
from content_item i left join content_item r on r.id = i.root_id where i.id = any(%(items)s) and i.state = 1
"""
MOST_OF_FILES = 100_000
"""Characters of an item's files, all together, by which it is found."""
QUALITY_OF = """ln(1 + i.helped_count) * 0.3 + case when (i.card->>'solved')::boolean then 0.4 else 0 end
           + case when (r.card->'accepted'->>'id')::bigint = i.id then 0.6 else 0 end"""
MOST_MARKED = 12
"""Of what has no title, its most repeated stems stand in for one."""
BODY = "to_tsvector(search_config(n.language), search_apart(i.safe_html))"
TITLE = "case when i.title <> '' then to_tsvector(search_config(n.language), search_apart(i.title)) end"
# What the next projection would have to parse again.
LEND = f"""
insert into parsed (item_id, language, revision, renderer, length, title, body)
select i.id, n.language, i.revision, i.renderer, length(i.safe_html), {TITLE}, {BODY}
from unnest(%(items)s::bigint[], %(languages)s::text[]) n(id, language)
join content_item i on i.id = n.id {parsed.JOIN}
where i.state = 1 and p.item_id is null
"""


TITLE_WORD = 3
"""A word of the title counts as much as three of the text: in sql.FIELDS, and so in the length that both make up."""
# How many words the stems stand for. The database counts them where it divides a rank by the length, here that of what
# does not occur, which it calls 1e-20: 0.6 µs, where unfolding the stems takes 31.
SIZE = f"""coalesce(round(1e-20 / nullif(ts_rank(b.words, $$',' & ';'$$::tsquery, 2)::float8, 0)), 0)
       + {TITLE_WORD} * coalesce(length(h.words), 0)"""


# The parser leaves tags and entities out by itself. Without its `offset 0` each text would be parsed once for every
# place where its words are named.
def _write(body: str, title: str, join: str = "") -> str:
    return f"""
insert into search_searchentry
    (item_id, root_id, kind, space_id, author_id, audience, topic_ids, published_at, language, title, size, words,
     quality)
select i.id, coalesce(i.root_id, i.id), i.kind, i.space_id, i.author_id, i.audience,
       coalesce(r.topic_ids, i.topic_ids), i.published_at, n.language, lower(immutable_unaccent(i.title)),
       {SIZE},
       case when i.title = '' then setweight(b.words, 'B')
            else setweight(h.words, 'A') || setweight(b.words, 'B') end
       || h.marked
       || case when i.kind = 'comment' or r.title is null then ''
               else setweight(to_tsvector(search_config(n.language), search_apart(r.title)), 'C') end
       || case when i.topic_ids = '{{}}' then '' else (
              select to_tsvector(search_config(n.language), search_apart(coalesce(string_agg(x.name, ' '), '')))
              from content_topic x where x.id = any(i.topic_ids)) end
       || array_to_tsvector(array[{", ".join(f"'~{power}:' || (i.id >> {power})" for power in BLOCKS)}]),
       {QUALITY_OF}
from unnest(%(items)s::bigint[], %(languages)s::text[]) n(id, language)
join content_item i on i.id = n.id {join}
left join content_item r on r.id = i.root_id
left join lateral (
    select left(string_agg(t.text, ' ' order by a.id), {MOST_OF_FILES}) as text
    from content_attachment a join search_filetext t on t.attachment_id = a.id where a.item_id = i.id) f on true
cross join lateral (
    select {body}
           || case when f.text is null then ''
                   else to_tsvector(search_config(n.language), search_apart(f.text)) end as words
    offset 0) b
cross join lateral (
    select y.words, array_to_tsvector(array(
        select '=' || x from unnest(tsvector_to_array(y.words)) x
        union all
        (select '=' || lexeme from unnest(b.words) where i.title = '' and i.root_id is null
         order by cardinality(positions) desc, lexeme limit {MOST_MARKED}))) as marked
    from (select {title} as words offset 0) y
    offset 0) h
where i.state = 1
on conflict (item_id) do update set root_id = excluded.root_id, kind = excluded.kind, space_id = excluded.space_id,
    author_id = excluded.author_id, audience = excluded.audience, topic_ids = excluded.topic_ids,
    published_at = excluded.published_at, language = excluded.language, title = excluded.title,
    size = excluded.size, words = excluded.words, quality = excluded.quality
"""


WRITE = _write(BODY, TITLE)
WRITE_LENT = _write(f"coalesce(p.body, {BODY})", f"coalesce(p.title, {TITLE})", parsed.JOIN)


def write(items: Iterable[int]) -> None:
    """Write the rows of these items, those that are live, from what they say now. Cost: two statements, or three where
    others go on with what was parsed here.
    """
    texts = hot.rows(TEXTS, items=sorted(items))
    languages = [detect(row.text) or detect(row.root_text) or detect(row.file_text) or DEFAULT for row in texts]
    values = {"items": [row.id for row in texts], "languages": languages}
    if parsed.is_lent():
        parsed.make_room(len(texts))
        hot.rows(LEND, **values)
    hot.rows(WRITE_LENT if parsed.is_lent() else WRITE, **values)
