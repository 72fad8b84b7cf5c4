"""The prepared queries of finding. One shape each, whatever is typed: what is not asked for is not computed.

How a search goes. Each word typed becomes its stems in the languages in use, and topics' synonyms; the kept counts
say how rare it is. All words first (`strict`); any of the rarest only where that finds few threads (`loose`); titles
like it only where words find nothing (`misspelt`). Each list is capped before anything is ranked. A thread's worth
is BM25F over all its items found: occurrences weighted by field and kind, divided by length, summed over the thread,
dampened, times the word's rarity (see docs/finding.md for the weights and what they were measured to be worth).
"""

from __future__ import annotations

from watercooler.projections.search.glossary import ALSO, MEANINGS, MEANT, SAME
from watercooler.spine.content.visibility import VISIBLE

MOST_FOUND = 200
"""How many items of one list are ranked."""
MOST_THREADS = 100
"""How many threads are counted and shown; pages end there."""
UNKNOWN = 0.4
"""What a word that nobody wrote twice counts when it is judged whether anything fits: it may be a rare inflection."""
MOST_WORDS = 40
"""How many words of a long text are looked for, the most telling ones."""
FEW = 10
"""With fewer threads holding all words, those holding some are looked for too."""
COMMON = 400
"""From so many likely items on, only those with the rarest word in their title are read, or the newest of these."""
NEWEST, NARROWED = 400, 1000
"""How many such items are read, the newest; and how many where a facet or filter then leaves some of them."""
WORTH_IT = 0.125
"""Looking through the newest alone reads whole pages, eight items or so for one: worth it below this share of all."""
COMMON_LOOSE = 400
"""Where some words are enough, what more items than this hold is looked for in titles alone."""
ENOUGH, ENOUGH_FOR_LONG = 600, 3000
"""Rare words are added to the loose list until so many items hold them; more if the query is long."""
SMALL = 20_000
"""With fewer items than this titles are compared letter by letter where words find nothing; with more it takes long."""
MOST_LOOSE, MOST_LOOSE_FOR_LONG = 1500, 4000
"""How many items that hold only some of the words are ranked."""
LONG = 6
"""A query with more words is long: a question typed in full, or a pasted text."""
READ = 2500
"""Characters of a shown item's HTML in which the place that matters is looked for."""
PAGE = 20

# Weights, measured by `evaluate search`: docs/finding.md.
FIELDS = "{0.6667, 0.000001, 0.3333, 1}"
"""Topics, answered question's title, text, title; times three below, so that a word of the text counts one."""
DAMPING = 1.5
"""BM25's k1: from how many occurrences on further ones hardly count."""
LENGTH = 0.6
"""BM25's b: how much a longer text has to say a word more often."""
KIND_WEIGHTS = {"answer": 0.7, "comment": 0.5}
"""An occurrence in an answer or comment counts so much of one in the question or article itself."""
QUALITY = 0.15
FRESH = 0.05
HOME = 0.1
"""Small against a word's rarity (2 to 9): they decide between threads whose words are about as good."""

NOMINATED = "(e.audience = any(%(audiences)s) or e.space_id = any(%(guest_spaces)s))"
CHOSEN = f"""{NOMINATED} and (asked.space is null or e.space_id = asked.space)
      and (%(kind)s = '' or e.kind = %(kind)s) and (asked.author is null or e.author_id = asked.author)
      and (asked.topic is null or asked.topic = any(e.topic_ids))
      and (%(after)s::date is null or e.published_at >= %(after)s)
      and (%(before)s::date is null or e.published_at < %(before)s)"""
ENTRY = "e.item_id, e.root_id, e.kind, e.words, e.size, e.quality, e.published_at, e.space_id, e.topic_ids"

_PERSON = """
    select p.name, p.handle, p.photo, p.job, coalesce(site.town, '') as town, {near} as near
    from people_person p left join people_site site on site.id = p.site_id
    where {like} and p.is_active
      and (%(is_member)s or exists (select from spaces_membership a join spaces_membership b using (space_id)
           where a.person_id = p.id and b.person_id = %(person)s
             and a.standing in ('host', 'member') and b.standing in ('host', 'member')))
    order by near desc, p.name limit %(most)s"""
_SPACE = """
    select s.name, s.slug, s.hue, s.tagline, {near} as near from spaces_space s
    where {like} and s.purpose = 'space' and s.archived_at is null
      and (s.id = any(%(spaces)s) or (%(is_member)s and s.access in ('open', 'closed')))
    order by near desc, s.name limit %(most)s"""
# A topic is named only if the viewer may read something about it: its name may come from a hidden item.
_TOPIC = f"""
    select t.name, t.slug, {{near}} as near from content_topic t
    where {{like}} and t.synonym_of_id is null
      and exists (select from content_item i where i.topic_ids @> array[t.id] and i.parent_id is null and {VISIBLE})
    order by near desc, t.name limit %(most)s"""


def _named(select: str, table: str, few: str) -> str:
    """Return a column of JSON: by words of the name, or where these find nothing and `few` holds, by likeness."""
    like = f"to_tsvector('watercooler_names', {table}.name) @@ asked.named"
    if table == "p":
        like = f"({like} or p.handle = %(plain)s)"
    near = f"word_similarity(%(plain)s, lower({table}.name))"
    misspelt = f"(%(plain)s <> '' and %(plain)s <%% lower({table}.name))"
    return f"""(with known as materialized ({select.format(like=like, near=near)}),
        likely as materialized (select * from ({select.format(like=misspelt, near=near)}) x
                                where {few} and near >= 0.5)
        select coalesce(jsonb_agg(to_jsonb(x) - 'near' order by x.near desc, x.name), '[]') from (
            select * from known union all select * from likely where not exists (select from known)) x)"""


def names(few: str) -> str:
    """Return the columns people, spaces, topics; misspelt names are looked for only where `few` holds."""
    return ",\n".join(_named(s, t, few) for s, t in ((_PERSON, "p"), (_SPACE, "s"), (_TOPIC, "t")))


NAMED = """case when %(names)s <> '' then to_tsquery('watercooler_names', %(names)s) end as named"""

# Phrases in any of the languages, exclusions in all of them.
MUST = """(
    select string_agg(part, ' & ')::tsquery from (
        select '(' || string_agg(q::text, ' | ') || ')' as part
        from unnest(%(phrases)s::text[]) with ordinality p(phrase, place), unnest(%(languages)s::text[]) language,
             phraseto_tsquery(search_config(language), phrase) q
        where numnode(q) > 0 group by place
        union all
        select '!(' || string_agg(q::text, ' | ') || ')'
        from unnest(%(excluded)s::text[]) with ordinality p(phrase, place), unnest(%(languages)s::text[]) language,
             phraseto_tsquery(search_config(language), phrase) q
        where numnode(q) > 0 group by place) x)"""

RARITY = "ln(1 + (%(total)s::float8 - least(items, %(total)s::float8) + 0.5) / (items + 0.5))"

TYPED = f"""{SAME}, spoken as materialized (
    select t.place, t.term, t.often, w.query, w.marked, w.items, w.titles
    from unnest(%(terms)s::text[], %(meant)s::text[], %(often)s::int[]) with ordinality t(term, meant, often, place)
    cross join lateral (
        select string_agg(distinct l.form, ' | ')::tsquery as query,
               string_agg(distinct l.marked, ' | ')::tsquery as marked,
               coalesce(max(l.items), 0) as items, coalesce(max(l.titles), 0) as titles
        from (
            select '(' || string_agg(quote_literal(lexeme), ' & ') || ')' as form,
                   '(' || string_agg(quote_literal('=' || lexeme), ' & ') || ')' as marked,
                   min(coalesce(d.items, 0)) as items, min(coalesce(m.items, 0)) as titles
            from unnest(%(languages)s::text[]) language, unnest(array[t.term, {MEANT}]) form
            cross join lateral unnest(tsvector_to_array(to_tsvector(search_config(language), form))) lexeme
            left join search_searchword d on d.word = lexeme
            left join search_searchword m on m.word = '=' || lexeme
            group by language, form
            union all
            select '(' || plainto_tsquery(search_config(language), other.name)::text || ')', null, 0, 0
            from content_topic topic
            join content_topic other on other.id = topic.synonym_of_id or other.synonym_of_id = topic.id
            cross join unnest(%(languages)s::text[]) language
            where topic.slug = t.term and numnode(plainto_tsquery(search_config(language), other.name)) > 0
              and exists (select from content_item i where {VISIBLE} and i.parent_id is null
                          and i.topic_ids @> array[coalesce(topic.synonym_of_id, topic.id)])
            union all {ALSO}
        ) l
    ) w
    where w.query is not null and (length(to_tsvector(search_config(%(spoken_in)s), t.term)) > 0
        or exists (select from same s where s.term = t.term))
), typed as materialized (
    select place, term, often, items, titles, marked,
           case when items = 0 and term = %(unfinished)s then query || (quote_literal(term) || ':*')::tsquery
                else query end as query,
           often * {RARITY} as idf, often * {RARITY} * case when items = 0 then {UNKNOWN} else 1 end as telling
    from spoken order by often * {RARITY} desc, place limit {MOST_WORDS}
)"""

# `likely`: how many items hold all words, between what chance would have and what the rarest word allows, since
# words that are looked for together often stand together.
ASKED = f"""
asked as materialized (
    select case when q.must is null then q.every else q.every && q.must end as every, q.must, {NAMED},
           case when %(space)s <> ''
               then coalesce((select id from spaces_space where slug = %(space)s), -1) end as space,
           case when %(author)s <> ''
               then coalesce((select id from people_person where handle = %(author)s), -1) end as author,
           case when %(topic)s <> '' then coalesce(
               (select coalesce(synonym_of_id, id) from content_topic where slug = %(topic)s), -1) end as topic,
           case when q.likely > {COMMON} and not q.is_narrowed and q.marked is not null
               then (case when q.must is null then q.every else q.every && q.must end) && q.marked
               when q.must is null then q.every else q.every && q.must end as wanted,
           q.likely > {COMMON} and q.share < {WORTH_IT} as is_newest,
           %(last)s::bigint - ((%(last)s::bigint - %(first)s::bigint) * q.share)::bigint as newest
    from (select *, least(1, case when is_narrowed then {NARROWED} / likely
                             else {NEWEST} * rarest / (greatest(titles, {COMMON}) * likely) end) as share
    from (
        select string_agg('(' || query::text || ')', ' & ')::tsquery as every,
               {MUST} as must,
               (array_agg(marked order by items) filter (where marked is not null))[1] as marked,
               (array_agg(titles order by items))[1] as titles,
               greatest(min(items), 1)::float8 as rarest,
               sqrt(greatest(min(items), 1) * exp(sum(ln(greatest(items, 1) / greatest(%(total)s::float8, 1))))
                    * greatest(%(total)s::float8, 1)) as likely,
               %(kind)s || %(space)s || %(author)s || %(topic)s <> ''
                   or %(after)s::date is not null or %(before)s::date is not null as is_narrowed
        from typed) x) q
)"""

# ts_rank_cd of one word is the sum of its occurrences' weights: a weighted term frequency.
COUNTED = f"""ts_rank_cd('{FIELDS}', c.words, w.query) * 3 * coalesce(k.weight, 1)
           / ({1 - LENGTH} + {LENGTH} * c.size / greatest(k.mean, 1))"""


def _counted(candidates: str, words: str) -> str:
    return f"""
    select c.item_id, c.root_id, c.quality, c.published_at, c.space_id, w.place, {COUNTED} as often
    from ({candidates}) c
    cross join {words} w
    left join unnest(%(kinds)s::text[], %(means)s::float8[], %(weights)s::float8[]) k(kind, mean, weight)
        on k.kind = c.kind"""


STRICT = f"""
strict as materialized ({
    _counted(
        f'''(select {ENTRY} from search_searchentry e, asked
        where not asked.is_newest and e.words @@ asked.wanted and {CHOSEN}
        order by e.quality desc, e.item_id desc limit {MOST_FOUND})
    union all
    (select {ENTRY} from search_searchentry e, asked
        where asked.is_newest and e.words @@ asked.wanted and e.item_id >= asked.newest and {CHOSEN}
        order by e.quality desc, e.item_id desc limit {MOST_FOUND})''',
        "typed",
    )
}
), is_few as materialized (
    select (select count(*) from (select distinct root_id from strict) s) < {FEW} as yes,
           not exists (select from strict) as nothing
)"""

RARE = f"""
rare as materialized (
    select string_agg('(' || query::text || ')', ' | ')::tsquery as query from (
        select case when items > {COMMON_LOOSE} then coalesce(marked, query) else query end as query,
               sum(items) over (order by items, place rows between unbounded preceding and 1 preceding) as before
        from typed) x
    where coalesce(before, 0) < %(enough)s
)"""

LOOSE = f"""
loose as materialized ({
    _counted(
        f'''select {ENTRY} from search_searchentry e, asked, rare
        where (select yes from is_few) and e.words @@ rare.query and (asked.must is null or e.words @@ asked.must)
          and {CHOSEN}
        limit %(most_loose)s''',
        "typed",
    )
})"""

MISSPELT = f"""
misspelt as materialized (
    select e.item_id, e.root_id, word_similarity(%(plain)s, e.title) as rank from search_searchentry e, asked
    where %(is_misspelt)s and %(total)s::float8 < {SMALL} and %(plain)s <> ''
      and (select nothing from is_few) and not exists (select from loose where often > 0)
      and asked.must is null and e.title <> '' and %(plain)s <%% e.title and {CHOSEN}
    order by word_similarity(%(plain)s, e.title) desc, e.item_id limit 40
)"""

SEEN, BY_WORDS = ", seen as materialized (", "from known k"
"""Where fusion.py puts what is nearest in meaning, where there is the extra for it."""

RANKED = f"""
part as materialized (
    select * from strict where often > 0 and not (select yes from is_few)
    union all
    select distinct * from (select * from strict union all select * from loose) x
    where often > 0 and (select yes from is_few)
), thread as (
    select root_id, place, sum(often) as often, max(array[often, item_id]) as most, max(quality) as quality,
           max(published_at) as at, min(space_id) as space_id
    from part group by root_id, place
), known as (
    (select t.root_id, (max(array[w.idf * t.most[1] / (t.most[1] + 1), t.most[2]]))[2]::bigint as item_id,
           sum(w.idf * t.often / (t.often + {DAMPING})) + {QUALITY} * max(t.quality)
               - {FRESH} * ln(1 + greatest(extract(epoch from %(now)s - max(t.at)), 0) / 86400 / 30)
               + case when min(t.space_id) = any(%(spaces)s) then {HOME} else 0 end as rank,
           sum(w.telling) / (select sum(telling) from typed) as fit
    from thread t join typed w using (place) group by t.root_id order by rank desc, t.root_id desc
    limit {MOST_THREADS})
    union all
    select root_id, item_id, rank - 10, 0 from misspelt
)
{SEEN}
    select i.id, e.root_id, e.kind, e.space_id, e.topic_ids, e.published_at, k.rank, k.fit
    {BY_WORDS} join search_searchentry e on e.item_id = k.item_id join content_item i on i.id = e.item_id
    where {VISIBLE} and (not %(solved)s or e.kind = 'answer' or exists (
        select from content_item q where q.id = k.item_id and (q.card->>'solved')::boolean))
    order by k.rank desc, i.id desc limit {MOST_THREADS}
)"""

WITH = f"with {TYPED}, {ASKED}, {STRICT}, {RARE}, {LOOSE}, {MISSPELT}, {RANKED}"

FIND = f"""{WITH}, page as (
    select t.id, t.rank, t.fit, case when %(newest)s then t.published_at end as newness from seen t
    order by newness desc, t.rank desc, t.id desc offset %(skip)s limit {PAGE} + 1
)
select
    (select coalesce(json_agg(x order by x.newness desc, x.rank desc, x.id desc), '[]') from (
        select p.id, p.rank, p.fit, p.newness, i.kind, i.title, i.root_id, i.published_at, i.helped_count,
               i.answer_count, i.comment_count, left(i.safe_html, {READ}) as html,
               coalesce((i.card->>'solved')::boolean, false) as is_solved, i.card->'checked' as checked,
               coalesce((r.card->'accepted'->>'id')::bigint = p.id, false) as is_accepted,
               coalesce(r.kind, '') as root_kind, coalesce(r.title, '') as root_title,
               s.name as space_name, a.name as author_name, a.handle as author_handle,
               a.photo as author_photo, a.job as author_job,
               exists (select from content_attachment h join search_filetext t on t.attachment_id = h.id
                       where h.item_id = p.id and t.text <> '') as has_text_in_files
        from page p join content_item i on i.id = p.id left join content_item r on r.id = i.root_id
        join spaces_space s on s.id = i.space_id join people_person a on a.id = i.author_id) x),
    (select coalesce(jsonb_object_agg(kind, n), '{{}}') from (select kind, count(*) n from seen group by kind) k),
    (select coalesce(jsonb_agg(jsonb_build_array(s.slug, s.name, n) order by n desc, s.slug), '[]') from (
        select space_id, count(*) n from seen group by space_id order by 2 desc, 1 limit 6) c
        join spaces_space s on s.id = c.space_id),
    (select coalesce(jsonb_agg(jsonb_build_array(t.slug, t.name, n) order by n desc, t.slug), '[]') from (
        select topic, count(*) n from seen, unnest(topic_ids) topic group by topic order by 2 desc, 1 limit 8) c
        join content_topic t on t.id = c.topic),
    (select coalesce(jsonb_agg(place), '[]') from typed),
    {names("%(is_misspelt)s")},
    {MEANINGS}
from asked
"""

# What a title begins with, word by word; misspelt only where that finds nothing.
SUGGEST = f"""with asked as materialized (
    select {NAMED},
           (select string_agg(part, ' & ')::tsquery from (
                select '(' || quote_literal('=' || immutable_unaccent(p.word))
                       || case when p.word = %(unfinished)s then ':*' else '' end
                       || coalesce((select string_agg(distinct ' | ' || quote_literal('=' || lexeme), '')
                           from unnest(%(languages)s::text[]) language, unnest(array[p.word, p.meant]) form,
                                unnest(tsvector_to_array(to_tsvector(search_config(language), form))) lexeme), '')
                       || ')' as part
                from unnest(%(terms)s::text[], %(meant)s::text[]) p(word, meant)) y) as titles
), begun as materialized (
    select i.id, i.kind, i.title, e.quality, 1.0::float8 as near
    from search_searchentry e join content_item i on i.id = e.item_id, asked
    where e.words @@ asked.titles and {NOMINATED} and {VISIBLE}
    order by e.quality desc, e.item_id desc limit %(most_titles)s
), like_it as materialized (
    select i.id, i.kind, i.title, e.quality, word_similarity(%(plain)s, e.title) as near
    from search_searchentry e join content_item i on i.id = e.item_id
    where %(is_misspelt)s and %(total)s::float8 < {SMALL} and not exists (select from begun)
      and %(plain)s <> '' and e.title <> '' and %(plain)s <%% e.title and {VISIBLE}
    order by near desc, e.quality desc, i.id limit %(most_titles)s
)
select (select coalesce(jsonb_agg(jsonb_build_array(x.id, x.kind, x.title) order by x.near desc, x.quality desc,
                                  x.id desc), '[]')
        from (select * from begun union all select * from like_it) x),
    {names("%(is_misspelt)s")}
from asked
"""
MANY_BEGUN = 500
"""How many titles that begin as typed are read for a suggestion, the newest."""
SUGGEST_NEWEST = SUGGEST.replace(
    "e.words @@ asked.titles and", "e.words @@ asked.titles and e.item_id >= %(newest)s and"
)
