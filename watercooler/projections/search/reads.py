"""Finding: items, people, spaces and topics in one prepared query, with counts to narrow it down."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from minijinja import safe

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.search.query import Query
from watercooler.projections.search.snippets import mark, snippet
from watercooler.spine.content.kinds import Kind, registered, url_of
from watercooler.spine.content.visibility import VISIBLE, visible_values

CAP = 400
DEEPEST = 20_000
"""How many items, best first, are read at most for words that many items hold."""
COMMON = 0.03
"""The share of items from which a word counts as common."""
KEPT_SECONDS = 600
CHOSEN = """(asked.space is null or e.space_id = asked.space)
      and (%(kind)s = '' or e.kind = %(kind)s) and (asked.author is null or e.author_id = asked.author)"""
PAGE = 20

# Names: people whom the viewer may know of, spaces listed for them, topics; misspelt ones too.
NAME_COLUMNS = """
    (select coalesce(jsonb_agg(to_jsonb(x) - 'near' order by x.near desc, x.name), '[]') from (
        select p.name, p.handle, p.photo, p.job, coalesce(site.town, '') as town,
               greatest(word_similarity(%(plain)s, lower(p.name)), (p.handle = %(plain)s)::int) as near
        from people_person p left join people_site site on site.id = p.site_id
        where %(plain)s <> '' and (%(plain)s <%% lower(p.name) or p.handle = %(plain)s) and p.is_active
          and (%(is_member)s or exists (select from spaces_membership a join spaces_membership b using (space_id)
               where a.person_id = p.id and b.person_id = %(person)s
                 and a.standing in ('host', 'member') and b.standing in ('host', 'member')))
        order by near desc, p.name limit %(most)s) x where x.near >= 0.5),
    (select coalesce(jsonb_agg(to_jsonb(x) - 'near' order by x.near desc, x.name), '[]') from (
        select s.name, s.slug, s.hue, s.tagline, s.member_count, word_similarity(%(plain)s, lower(s.name)) as near
        from spaces_space s
        where %(plain)s <> '' and %(plain)s <%% lower(s.name) and s.purpose = 'space' and s.archived_at is null
          and (s.id = any(%(spaces)s) or (%(is_member)s and s.access in ('open', 'closed')))
        order by near desc, s.name limit %(most)s) x where x.near >= 0.5),
    (select coalesce(jsonb_agg(to_jsonb(x) - 'near' order by x.near desc, x.name), '[]') from (
        select t.name, t.slug, t.item_count, word_similarity(%(plain)s, lower(t.name)) as near from content_topic t
        where %(plain)s <> '' and %(plain)s <%% lower(t.name) and t.synonym_of_id is null and %(is_member)s
        order by near desc, t.item_count desc limit %(most)s) x where x.near >= 0.5)
"""
NAMES = f"select {NAME_COLUMNS}"

# All words first; any of the rarer words only where that finds too little; misspelt titles only where words find
# nothing. Each list is capped by quality and newness before anything is ranked (ranking all matches: 3.1 s at the 95th
# percentile). A single word that many items hold is looked for in the order of quality, so that the search ends early.
FIND = f"""
with asked as (
    select q.every, q.any_rarer, q.any_of, q.is_common,
           case when %(space)s <> ''
               then coalesce((select id from spaces_space where slug = %(space)s), -1) end as space,
           case when %(author)s <> ''
               then coalesce((select id from people_person where handle = %(author)s), -1) end as author,
           case when %(topic)s <> '' then coalesce(
               (select coalesce(synonym_of_id, id) from content_topic where slug = %(topic)s), -1) end as topic
    from (
        select case when %(unfinished)s = '' then websearch_to_tsquery('watercooler', %(finished)s)
                    when %(finished)s = '' then to_tsquery('watercooler', %(unfinished)s || ':*')
                    else websearch_to_tsquery('watercooler', %(finished)s)
                         && to_tsquery('watercooler', %(unfinished)s || ':*') end as every,
               to_tsquery('simple', string_agg(quote_literal(lexeme), ' | ')
                   filter (where lexeme <> all(%(common)s::text[]))) as any_rarer,
               to_tsquery('simple', string_agg(quote_literal(lexeme), ' | ')) as any_of,
               count(*) = 1 and coalesce(bool_and(lexeme = any(%(common)s::text[])), false) as is_common
        from unnest(tsvector_to_array(to_tsvector('watercooler', %(plain)s))) lexeme) q
), strict as (
    (select e.item_id, e.words, e.quality, e.published_at from search_searchentry e, asked
     where not asked.is_common and e.words @@ asked.every and {CHOSEN}
     order by e.quality desc, e.item_id desc limit {CAP})
    union all
    (select e.item_id, e.words, e.quality, e.published_at
     from (select * from search_searchentry order by quality desc, item_id desc limit {DEEPEST}) e, asked
     where asked.is_common and e.words @@ asked.every and {CHOSEN} limit {CAP})
), loose as (
    (select e.item_id, e.words, e.quality, e.published_at from search_searchentry e, asked
     where (select count(*) from strict) < 5 and e.words @@ asked.any_rarer and {CHOSEN}
     order by ts_rank(e.words, asked.any_rarer) desc limit {CAP})
    union all
    (select e.item_id, e.words, e.quality, e.published_at
     from (select * from search_searchentry order by quality desc, item_id desc limit {DEEPEST}) e, asked
     where (select count(*) from strict) < 5 and asked.any_rarer is null and e.words @@ asked.any_of and {CHOSEN}
     limit {CAP})
), misspelt as (
    select e.item_id, e.words, e.quality, e.published_at from search_searchentry e, asked
    where not exists (select from strict) and not exists (select from loose) and %(plain)s <> ''
      and e.title <> '' and %(plain)s <%% e.title and {CHOSEN}
    order by word_similarity(%(plain)s, e.title) desc limit 40
), found as (
    select item_id, max(rank) as rank from (
        select item_id, 10 + ts_rank_cd(words, asked.every, 1) * 4 + quality
               - extract(epoch from %(now)s - published_at) / 86400 / 1500 as rank from strict, asked
        union all
        select item_id, ts_rank(words, asked.any_of, 1) * 4 + quality * 0.2 as rank from loose, asked
        union all
        select item_id, quality - 5 from misspelt) x
    group by item_id
), seen as (
    select i.*, f.rank, row_number() over (partition by coalesce(i.root_id, i.id) order by f.rank desc) as place
    from found f join content_item i on i.id = f.item_id cross join asked
    where {VISIBLE}
      and (asked.topic is null or asked.topic = any(i.topic_ids))
      and (not %(solved)s or (i.card->>'solved')::boolean or i.kind = 'answer')
      and (%(after)s::date is null or i.published_at >= %(after)s)
      and (%(before)s::date is null or i.published_at < %(before)s)
), threads as (
    select * from seen where place = 1
), page as (
    select t.id, t.kind, t.title, t.rank, t.root_id, t.space_id, t.author_id, t.published_at, t.helped_count,
           t.answer_count, t.comment_count, t.card
    from threads t order by t.rank desc, t.id desc offset %(skip)s limit {PAGE} + 1
)
select
    (select coalesce(jsonb_agg(to_jsonb(x) order by x.rank desc, x.id desc), '[]') from (
        select p.*, left(e.body, 6000) as body, r.kind as root_kind, r.title as root_title, r.card as root_card,
               s.name as space_name, s.hue as space_hue, a.name as author_name, a.handle as author_handle,
               a.photo as author_photo, a.job as author_job
        from page p join search_searchentry e on e.item_id = p.id
        left join content_item r on r.id = p.root_id
        join spaces_space s on s.id = p.space_id join people_person a on a.id = p.author_id) x),
    (select coalesce(jsonb_object_agg(kind, n), '{{}}') from (select kind, count(*) n from threads group by kind) k),
    (select coalesce(jsonb_agg(jsonb_build_array(s.slug, s.name, n) order by n desc), '[]') from (
        select space_id, count(*) n from threads group by space_id order by 2 desc limit 6) c
        join spaces_space s on s.id = c.space_id),
    (select coalesce(jsonb_agg(jsonb_build_array(t.slug, t.name, n) order by n desc), '[]') from (
        select topic, count(*) n from threads, unnest(topic_ids) topic group by topic order by 2 desc limit 8) c
        join content_topic t on t.id = c.topic),
    (select coalesce(jsonb_agg(jsonb_build_object('name', a.name, 'handle', a.handle, 'photo', a.photo,
            'job', a.job, 'things', c.n, 'helped', c.helped) order by c.score desc), '[]') from (
        select author_id, count(*) n, sum(helped_count) helped,
               sum(greatest(rank, 0) * (1 + ln(1 + helped_count))) score
        from seen where kind in ('answer', 'article') group by author_id order by score desc limit 3) c
        join people_person a on a.id = c.author_id where a.is_active),
    {NAME_COLUMNS}
"""

COMMON_WORDS = """
select stem from pg_stats cross join unnest(most_common_elems::text::text[], most_common_elem_freqs) e (stem, share)
where schemaname = current_schema() and tablename = 'search_searchentry' and attname = 'words' and share > %(share)s
"""
TITLES = f"""
select i.id, i.kind, i.title from search_searchentry e join content_item i on i.id = e.item_id
where e.title <> '' and (%(plain)s <%% e.title) and {VISIBLE}
order by word_similarity(%(plain)s, e.title) desc, e.quality desc limit %(most)s
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: a thread, shown by its best item, with the words around what was found."""

    id: int
    kind: Kind
    url: str
    title: Any
    snippet: Any
    space_name: str
    author: dict[str, str]
    published_at: datetime
    helped_count: int
    reply_count: int
    is_solved: bool
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class Found:
    """hits: at most 20. kinds: kind → count. spaces, topics: (slug, name, count). knowers: people, best first.

    Counts are of the best 800 at most."""

    hits: list[Hit]
    has_more: bool
    kinds: dict[str, int]
    spaces: list[list[Any]]
    topics: list[list[Any]]
    knowers: list[dict[str, Any]]
    people: list[dict[str, Any]]
    named_spaces: list[dict[str, Any]]
    named_topics: list[dict[str, Any]]

    @property
    def total(self) -> int:
        return sum(self.kinds.values())


def find(viewer: Viewer, query: Query, *, now: datetime, chosen: dict[str, str], skip: int = 0) -> Found:
    """Return what the viewer may see of what was looked for, best first.

    chosen: kind, space, topic, author (words of addresses) and solved ("1"), each optional. Cost: one prepared query;
    it ranks at most 800 rows however many match.
    """
    values = {
        "finished": query.finished,
        "unfinished": query.unfinished,
        "common": common_words(),
        "kind": chosen.get("kind", ""),
        "solved": chosen.get("solved") == "1",
        "after": query.on("after"),
        "before": query.on("before"),
        "skip": skip,
        "now": now,
        **{name: chosen.get(name, "") for name in ("space", "topic", "author")},
        **_naming(viewer, " ".join(query.terms), 3),
    }
    rows, *counts = hot.rows(FIND, lambda *row: row, **values, **visible_values(viewer))[0]
    hits = [_hit(row, query.terms) for row in rows[:PAGE]]
    return Found(hits, len(rows) > PAGE, *counts)


_common: tuple[float, list[str]] = (0.0, [])


def common_words() -> list[str]:
    """Return the stems that many items hold, as the planner's statistics know them. Cost: one query in ten minutes."""
    global _common
    if _common[0] < time.monotonic():
        found = [row.stem for row in hot.rows(COMMON_WORDS, share=COMMON)]
        _common = (time.monotonic() + KEPT_SECONDS, found)
    return _common[1]


def _naming(viewer: Viewer, words: str, most: int) -> dict[str, Any]:
    return {
        "plain": words.lower()[:80],
        "most": most,
        "person": viewer.person_id,
        "is_member": viewer.is_member,
        "spaces": viewer.space_ids,
    }


def _hit(row: dict[str, Any], terms: list[str]) -> Hit:
    accepted = ((row["root_card"] or {}).get("accepted") or {}).get("id") == row["id"]
    return Hit(
        id=row["id"],
        kind=registered()[row["kind"]],
        url=url_of(
            row["kind"], row["id"], row["title"], row["root_id"], row["root_kind"] or "", row["root_title"] or ""
        ),
        title=safe(mark(row["title"] or row["root_title"] or "", terms)),
        snippet=safe(snippet(row["body"], terms)),
        space_name=row["space_name"],
        author={
            "name": row["author_name"],
            "handle": row["author_handle"],
            "photo": row["author_photo"],
            "job": row["author_job"],
        },
        published_at=datetime.fromisoformat(row["published_at"]),
        helped_count=row["helped_count"],
        reply_count=row["answer_count"] or row["comment_count"],
        is_solved=bool(row["card"].get("solved")),
        is_accepted=accepted,
    )


Named = tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]


def names(viewer: Viewer, words: str, most: int = 4) -> Named:
    """Return (people, spaces, topics) called like that, at most `most` of each. Cost: one prepared query."""
    people, spaces, topics = hot.rows(NAMES, lambda *row: row, **_naming(viewer, words, most))[0]
    return people, spaces, topics


def titles(viewer: Viewer, words: str, most: int = 6) -> list[dict[str, Any]]:
    """Return items with a title like that, for type-ahead: {id, kind, title, url}. Cost: one prepared query."""
    rows = hot.rows(TITLES, plain=words.lower()[:80], most=most, **visible_values(viewer))
    return [
        {"id": r.id, "kind": registered()[r.kind], "title": r.title, "url": url_of(r.kind, r.id, r.title)} for r in rows
    ]
