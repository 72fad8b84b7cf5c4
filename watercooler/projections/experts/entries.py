"""Writing the entries of items: their most telling words, and how many entries hold each word."""

from __future__ import annotations

from collections.abc import Iterable

from watercooler.foundation.base.language import DEFAULT, detect
from watercooler.foundation.database import hot
from watercooler.spine.content import parsed

MOST_STEMS = 60
"""Of 30, 40, 60 and all stems, 60 found the right people most often; it also keeps long texts from winning."""
LONGEST = 6000
"""How many characters of a text are read."""
KNOWING = ("answer", "article", "page")
"""Kinds that speak for their author."""
HELPFUL = ("post", "comment")
"""Kinds that speak for their author once somebody else said that they helped: most of these are news and thanks.

Not below a question, where answers speak: there they found nobody better, and made the words of questions commoner.
"""
ASKING = "question"
KINDS = {"kinds": [*KNOWING, ASKING], "helpful": list(HELPFUL)}
COUNTS = f"""(i.kind = any(%(kinds)s) or i.kind = any(%(helpful)s) and i.helped_count > 0
    and not exists (select from content_item q where q.id = i.root_id and q.kind = '{ASKING}'))"""

TEXTS = f"""
select i.id, i.title || ' ' || i.excerpt as text, coalesce(r.title || ' ' || r.excerpt, '') as root_text
from content_item i left join content_item r on r.id = i.root_id
where i.id = any(%(items)s) and i.state = 1 and {COUNTS}
"""
BODY = f"to_tsvector(search_config(n.language), search_apart(left(i.safe_html, {LONGEST})))"
TITLE = "to_tsvector(search_config(n.language), search_apart(i.title))"


# Words of the title count three times, then a thread's question, then the text itself. The parser leaves out tags.
# A question is parsed once, however many answers of a batch stand below it.
def _write(body: str, title: str, join: str = "") -> str:
    return f"""
with wanted as materialized (
    select i.id, coalesce(i.root_id, i.id) as root_id, i.author_id, i.kind, i.space_id, i.audience, i.published_at,
           coalesce(r.topic_ids, i.topic_ids) as topic_ids, n.language, {title} as title, {body} as body
    from unnest(%(items)s::bigint[], %(languages)s::text[]) n(id, language)
    join content_item i on i.id = n.id left join content_item r on r.id = i.root_id {join}
    where i.state = 1 and {COUNTS}
), asked as materialized (
    select i.id, n.language, {title} as title, {body} as body
    from (select distinct root_id, language from wanted where root_id <> id) n
    join content_item i on i.id = n.root_id {join}
)
insert into experts_entry
    (item_id, root_id, person_id, shows_knowledge, space_id, audience, at, topic_ids, keys, language)
select i.id, i.root_id, i.author_id, i.kind <> '{ASKING}', i.space_id, i.audience, i.published_at, i.topic_ids,
       coalesce((
        select array_agg(stem_key(lexeme)) from (
            select lexeme from unnest(case when asked.id is null then i.title || i.title || i.title || i.body else
                (i.title || asked.title) || (i.title || asked.title) || (i.title || asked.title) || i.body || asked.body
                end) word
            order by cardinality(positions) desc, lexeme limit {MOST_STEMS}) telling), '{{}}')
       || coalesce((select array_agg(stem_key('#' || topic)) from unnest(i.topic_ids) topic), '{{}}'), i.language
from wanted i
left join asked on asked.id = i.root_id and asked.language = i.language and i.root_id <> i.id
on conflict (item_id) do update set root_id = excluded.root_id, person_id = excluded.person_id,
    space_id = excluded.space_id, audience = excluded.audience, at = excluded.at, topic_ids = excluded.topic_ids,
    keys = excluded.keys, language = excluded.language
"""


WRITE = _write(BODY, TITLE)
WRITE_LENT = _write(
    f"case when p.length <= {LONGEST} then p.body else {BODY} end", f"coalesce(p.title, {TITLE})", parsed.JOIN
)
GONE = f"""
delete from experts_entry e using content_item i
where i.id = e.item_id and i.id = any(%(items)s) and not (i.state = 1 and {COUNTS})
"""
COUNT = """
insert into experts_stem (key, entries)
select key, %(sign)s * count(*) from experts_entry e cross join unnest(e.keys || 0 || stem_key('@' || e.language)) key
where e.item_id = any(%(items)s) and e.audience = 0 group by key order by key
on conflict (key) do update set entries = experts_stem.entries + excluded.entries
"""


def refresh(items: Iterable[int]) -> None:
    """Compute the entries of these items anew, and how many entries hold each word. Cost: five set statements."""
    values = {"items": sorted(items)}
    hot.rows(COUNT, **values, sign=-1)
    texts = hot.rows(TEXTS, **values, **KINDS)
    languages = [detect(row.text) or detect(row.root_text) or DEFAULT for row in texts]
    write = WRITE_LENT if parsed.is_lent() else WRITE
    hot.rows(write, items=[row.id for row in texts], languages=languages, **KINDS)
    hot.rows(GONE, **values, **KINDS)
    hot.rows(COUNT, **values, sign=1)
