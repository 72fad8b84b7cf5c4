"""The prepared queries of finding. One shape each, whatever is typed: what is not asked for is not computed.

How a search goes. Each word typed becomes its stems in the languages in use, and topics' synonyms; the kept counts
say how rare it is. All words first (`strict`); any of the rarest only where that finds few threads (`loose`); titles
like it only where words find nothing (`misspelt`). Each list is capped before anything is ranked. A thread's worth
is BM25F over all its items found: occurrences weighted by field and kind, divided by length, summed over the thread,
dampened, times the word's rarity (weights and their worth: docs/finding/search-measured.md).
"""

from __future__ import annotations

from functools import cache

from watercooler.projections.search import newest
from watercooler.projections.search.files.found import window
from watercooler.projections.search.glossary import ALSO, MEANINGS, MEANT, SAME
from watercooler.projections.search.naming import NAMED, names
from watercooler.spine.content.similar import leads_nowhere_in
from watercooler.spine.content.visibility import READ_SPACE, VISIBLE

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
FEW_BEGUN = 0.125
"""Suggestions look among the newest alone where these are a smaller share of all: they read whole pages of the newest,
eight items or so for one that begins as typed."""
COMMON_LOOSE = 400
"""Where some words are enough, what more items than this hold is looked for in titles alone."""
ENOUGH_FOR_TWO, ENOUGH, ENOUGH_FOR_LONG = 200, 600, 3000
"""Rare words are added to the loose list until so many items hold them: fewer of two words, more of a long query."""
SMALL = 20_000
"""With fewer items than this titles are compared letter by letter where words find nothing; with more it takes long."""
MOST_LOOSE, MOST_LOOSE_FOR_LONG = 1500, 4000
"""How many items that hold only some of the words are ranked."""
LONG = 6
"""A query with more words is long: a question typed in full, or a pasted text."""
READ = 2500
"""Characters of a shown item's HTML in which the place that matters is looked for."""
PAGE = 20

# Weights, measured by `evaluate search`: docs/finding/search-measured.md.
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

# Phrases in any of the languages, exclusions in all of them.
MUST = """(
    select string_agg(part, ' & ')::tsquery from (
        select '(' || string_agg(q::text, ' | ') || ')' as part
        from unnest(%(phrases)s::text[]) with ordinality p(phrase, place), unnest(%(languages)s::text[]) language,
             phraseto_tsquery(search_config(language), search_asked_apart(phrase)) q
        where numnode(q) > 0 group by place
        union all
        select '!(' || string_agg(q::text, ' | ') || ')'
        from unnest(%(excluded)s::text[]) with ordinality p(phrase, place), unnest(%(languages)s::text[]) language,
             phraseto_tsquery(search_config(language), search_asked_apart(phrase)) q
        where numnode(q) > 0 group by place) x)"""

RARITY = "ln(1 + (%(total)s::float8 - least(items, %(total)s::float8) + 0.5) / (items + 0.5))"

TYPED = f"""{SAME}, spoken as materialized (
    select t.place, t.term, t.often, w.query, w.marked, w.items, w.titles, w.own = 0 as is_unknown
    from unnest(%(terms)s::text[], %(meant)s::text[], %(often)s::int[]) with ordinality t(term, meant, often, place)
    cross join lateral (
        select string_agg(distinct l.form, ' | ')::tsquery as query,
               string_agg(distinct l.marked, ' | ')::tsquery as marked,
               coalesce(max(l.items), 0) as items, coalesce(max(l.titles), 0) as titles,
               coalesce(max(l.items) filter (where l.is_typed), 0) as own
        from (
            select '(' || string_agg(quote_literal(lexeme), ' & ') || ')' as form,
                   '(' || string_agg(quote_literal('=' || lexeme), ' & ') || ')' as marked,
                   min(coalesce(d.items, 0)) as items, min(coalesce(m.items, 0)) as titles, form = t.term as is_typed
            from unnest(%(languages)s::text[]) language, unnest(array[t.term, {MEANT}]) form
            cross join lateral unnest(tsvector_to_array(to_tsvector(search_config(language), form))) lexeme
            left join search_searchword d on d.word = lexeme
            left join search_searchword m on m.word = '=' || lexeme
            group by language, form
            union all
            select '(' || called::text || ')', null, 0, 0, false
            from content_topic topic
            join content_topic other on other.id = topic.synonym_of_id or other.synonym_of_id = topic.id
            cross join unnest(%(languages)s::text[]) language
            cross join lateral plainto_tsquery(search_config(language), search_asked_apart(other.name)) called
            where topic.slug = t.term and numnode(called) > 0
              and exists (select from content_item i where {VISIBLE} and i.parent_id is null
                          and i.topic_ids @> array[coalesce(topic.synonym_of_id, topic.id)])
            union all {ALSO}
        ) l
    ) w
    where w.query is not null and (length(to_tsvector(search_config(%(spoken_in)s), t.term)) > 0
        or exists (select from same s where s.term = t.term))
), typed as materialized (
    select place, term, often, items, titles, marked, is_unknown,
           case when (items = 0 and term = %(unfinished)s) or term = any(%(letters)s::text[])
                then query || (quote_literal(term) || ':*')::tsquery
                else query end as query,
           often * {RARITY} as idf, often * {RARITY} * case when items = 0 then {UNKNOWN} else 1 end as telling
    from spoken order by often * {RARITY} desc, place limit {MOST_WORDS}
)"""

_NARROWED_TO = f"""case when %(space)s <> '' then coalesce({READ_SPACE}, -1) end as space,
           case when %(author)s <> ''
               then coalesce((select id from people_person where handle = %(author)s), -1) end as author,
           case when %(topic)s <> '' then coalesce(
               (select coalesce(synonym_of_id, id) from content_topic where slug = %(topic)s), -1) end as topic,"""
_NARROWS = """%(kind)s || %(space)s || %(author)s || %(topic)s <> ''
                   or %(after)s::date is not null or %(before)s::date is not null"""


def asked(is_narrowed: bool = True) -> str:
    """Return what is asked for, in one row; without filters, phrases and exclusions where there are none.

    `likely`: how many items hold all words, between what chance would have and what the rarest word allows, since
    words that are looked for together often stand together.
    """
    return f"""
asked as materialized (
    select case when q.must is null then q.every else q.every && q.must end as every, q.must, {NAMED},
           {_NARROWED_TO if is_narrowed else ""}
           q.every && coalesce(q.must, '') && coalesce(
               case when q.likely > {COMMON} and not q.is_narrowed then q.marked end, '') as wanted,
           coalesce(q.within, q.every) as within
    from (select *, case when likely > {COMMON} and {newest.IS_WORTH_IT} then {newest.AMONG} end as within
    from (select *, least(1, case when is_narrowed then {NARROWED} / likely
                             else {NEWEST} * rarest / (greatest(titles, {COMMON}) * likely) end) as share
    from (
        select string_agg('(' || query::text || ')', ' & ')::tsquery as every,
               {MUST if is_narrowed else "null::tsquery"} as must,
               (array_agg(marked order by items) filter (where marked is not null))[1] as marked,
               (array_agg(titles order by items))[1] as titles,
               greatest(min(items), 1)::float8 as rarest,
               sqrt(greatest(min(items), 1) * exp(sum(ln(greatest(items, 1) / greatest(%(total)s::float8, 1))))
                    * greatest(%(total)s::float8, 1)) as likely,
               {_NARROWS if is_narrowed else "false"} as is_narrowed
        from typed) x) y) q
)"""


ASKED = asked()

# ts_rank_cd of one word is the sum of its occurrences' weights: a weighted term frequency.
COUNTED = f"ts_rank_cd('{FIELDS}', c.words, w.query) * c.weight"
_PLACE = "array_position(%(kinds)s::text[], e.kind::text)"
WEIGHT = f"""3 * coalesce((%(weights)s::float8[])[{_PLACE}], 1)
           / ({1 - LENGTH}::float8 + {LENGTH}::float8 * e.size
              / greatest((%(means)s::float8[])[{_PLACE}], 1)) as weight"""
"""What an occurrence counts: by the kind of its item, and less in a long one."""
ENTRY = f"e.item_id, e.root_id, e.kind, e.words, e.quality, e.published_at, e.space_id, e.topic_ids, {WEIGHT}"


def _counted(candidates: str) -> str:
    return f"""
    select c.item_id, c.root_id, c.kind, c.quality, c.published_at, c.space_id, c.topic_ids,
           w.place, w.idf, w.telling, {COUNTED} as often
    from ({candidates}) c cross join typed w"""


def strict(chosen: str) -> str:
    """Return the items that hold all words, word by word, and whether they are few."""
    return f"""
strict as materialized ({
        _counted(
            f'''select {ENTRY} from search_searchentry e, asked where e.words @@ asked.wanted
            and e.words @@ asked.within and {chosen}
        order by e.quality desc, e.item_id desc limit {MOST_FOUND}'''
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


def loose(chosen: str) -> str:
    """Return the items that hold some of the rarest words, where those that hold all are few."""
    return f"""
loose as materialized ({
        _counted(
            f'''select {ENTRY} from search_searchentry e, asked, rare
        where (select yes from is_few) and e.words @@ rare.query and (asked.must is null or e.words @@ asked.must)
          and {chosen}
        limit %(most_loose)s'''
        )
    })"""


MISSPELT = f"""
misspelt as materialized (
    select e.item_id, e.root_id, e.kind, e.published_at, e.topic_ids, word_similarity(%(plain)s, e.title) as rank
    from search_searchentry e, asked
    where %(is_misspelt)s and %(total)s::float8 < {SMALL} and %(plain)s <> ''
      and (select nothing from is_few) and not exists (select from loose where often > 0)
      and asked.must is null and e.title <> '' and %(plain)s <%% e.title and {CHOSEN}
    order by word_similarity(%(plain)s, e.title) desc, e.item_id limit 40
)"""

SEEN, BY_WORDS, KNOWN = ", readable as materialized (", "from known k", "(select item_id from known)"
"""Where fusion.py puts what is nearest in meaning, where there is the extra for it."""
WORTH_OF_THREAD = f"""{QUALITY} * max(quality)
               - {FRESH} * ln(1 + greatest(date_part('epoch', %(now)s - max(published_at)), 0) / 86400 / 30)
               + case when min(space_id) = any(%(spaces)s) then {HOME}::float8 else 0 end"""
# A thread is shown by the item that says the most telling word best, which is looked for among the best threads alone.
BEST = f"""
part as materialized (
    select * from strict where often > 0
    union all
    select * from loose where often > 0 and item_id not in (select item_id from strict)
), thread as (
    select root_id, min(idf) as idf, min(telling) as telling, sum(often) as often, max(quality) as quality,
           max(published_at) as at, min(space_id) as space_id
    from part group by root_id, place
), best as materialized (
    select root_id, sum(idf * often / (often + {DAMPING})) + {WORTH_OF_THREAD.replace("published_at", "at")} as rank,
           sum(telling) as told
    from thread group by root_id order by rank desc, root_id desc limit {MOST_THREADS}
), known as (
    (select distinct on (root_id) root_id, p.item_id, p.kind, p.published_at, p.topic_ids, b.rank,
           b.told / (select sum(telling) from typed) as fit
    from part p join best b using (root_id)
    order by root_id, p.idf * p.often / (p.often + 1) desc, p.item_id desc)"""
OR_MISSPELT = """
    union all
    select root_id, item_id, kind, published_at, topic_ids, rank - 10, 0 from misspelt"""
# They are a hundred at most, and sorted only where a page is cut out of them. The index of `search_seen` alone is read;
# the items themselves only for a page of them.
FACTS = "i.id, k.root_id, {entry}.kind, i.space_id, {entry}.published_at, {entry}.topic_ids, k.rank, k.fit"


def if_solved(thread: str) -> str:
    """Return the condition that a thread is a solved question, or an open one, if either is asked for."""
    is_so = "q.card->'solved' = (%(solved)s = '1')::text::jsonb"
    return f"(%(solved)s = '' or exists (select from content_item q where q.id = {thread} and {is_so}))"


# Asked for as one list, the index is read in 0.2 ms less than item by item.
SHOWN = f"""
    join (select i.id, i.space_id from content_item i where i.id = any(array{KNOWN}) and {VISIBLE}) i
        on i.id = k.item_id
    where {if_solved("k.root_id")}
), seen as materialized (
    select * from readable k where k.id <> all (array(
        select l.item_id from content_link l
        where l.item_id = any(array(select id from readable)) and l.kind = 'duplicate'))
        or {leads_nowhere_in("readable", "k.id")}
), page as (
    select t.*, case when %(newest)s then t.published_at end as newness from seen t
    order by newness desc, t.rank desc, t.id desc offset %(skip)s limit {PAGE} + 1
)
select"""
HITS = """
    (select coalesce(json_agg(json_build_array(p.id, p.root_id, i.version,
                case when p.root_id = p.id then i.version
                     else (select r.version from content_item r where r.id = p.root_id) end,
                (select a.version from people_person a where a.id = i.author_id),
                (select s.name from spaces_space s where s.id = p.space_id), i.card->'checked', p.fit,
                exists (select from content_attachment h join search_filetext t on t.attachment_id = h.id
                        where h.item_id = p.id and t.text <> ''))
            order by p.newness desc, p.rank desc, p.id desc), '[]')
        from page p join content_item i on i.id = p.id)"""


def facets(named: str) -> str:
    """Return a column: of which kinds, spaces and topics the threads are, and what is called as is looked for.

    They are counted in the application, which does it in a third of the time.
    """
    return f"""
    (select json_build_array(coalesce(string_agg(kind, ' '), ''), coalesce(string_agg(space_id::text, ' '), ''),
            coalesce(string_agg(array_to_string(topic_ids, ' '), ' '), ''), {named}) from seen)::text"""


@cache
def finding(*, is_narrowed: bool, is_named: bool, is_misspelt: bool) -> str:
    """Return the query that finds by words, with what this search asks for and nothing else.

    A part that is not asked for costs even where it returns nothing: some 10 µs for each of its steps, to be begun
    and ended.
    """
    chosen = CHOSEN if is_narrowed else NOMINATED
    misspelt = f"{MISSPELT.replace(CHOSEN, chosen)}, " if is_misspelt else ""
    named = names(UNKNOWN_WORD if is_misspelt else "") if is_named else "'[]'::json, '[]'::json, '[]'::json"
    return f"""with {TYPED}, {asked(is_narrowed)}, {strict(chosen)}, {RARE}, {loose(chosen)}, {misspelt}{BEST}
    {OR_MISSPELT if is_misspelt else ""}
){SEEN}
    select {FACTS.format(entry="k")} {BY_WORDS} {SHOWN}
    json_build_array({HITS}, (select coalesce(json_agg(place), '[]') from typed where is_unknown), {MEANINGS})::text,
    {facets(named)}
    from asked"""


STEMS = """
    select coalesce(json_agg(json_build_array(t, l, tsvector_to_array(to_tsvector(search_config(l), t)))), '[]')::text
    from unnest(%(unheard)s::text[]) t, unnest(%(languages)s::text[]) l"""
"""The stems of words that the process has not met before: plain.py's."""
UNKNOWN_WORD = "(select bool_or(is_unknown) from typed)"
"""Only what nobody ever wrote is taken for a misspelt name."""
FIND = finding(is_narrowed=True, is_named=True, is_misspelt=True).replace(  # with what is near in meaning
    f"{FACTS.format(entry='k')} {BY_WORDS}",
    f"{FACTS.format(entry='e')} {BY_WORDS} join search_searchentry e on e.item_id = k.item_id",
)

CALLED = """json_build_array(
    (select coalesce(json_agg(json_build_array(id, slug, name)), '[]') from spaces_space where id = any(%(of_spaces)s)),
    (select coalesce(json_agg(json_build_array(id, slug, name)), '[]') from content_topic where id = any(%(of_topics)s))
    )::text"""
"""What the spaces and topics are called that a search may be narrowed to, as one JSON text."""
APART = "\x01"
"""Stands between two JSON texts, which write it in another way."""
TEXTS = f"""(select coalesce(json_agg(json_build_array(
        i.id, i.kind, i.title, i.root_id, i.published_at, i.helped_count,
        coalesce(nullif(i.answer_count, 0), i.comment_count), coalesce((i.card->>'solved')::boolean, false),
        coalesce((r.card->'accepted'->>'id')::bigint = i.id, false), coalesce(r.kind, ''), coalesce(r.title, ''),
        s.name, a.name, a.handle, a.photo, a.job, left(i.safe_html, {READ}),
        {window("i.id", f"i.title || ' ' || left(i.safe_html, {READ})")})), '[]')
    from content_item i left join content_item r on r.id = i.root_id
    join spaces_space s on s.id = i.space_id join people_person a on a.id = i.author_id
    where i.id = any(%(unread)s))::text"""
"""What results say, as one JSON text: only of items that the viewer has been shown to read."""
CALLED_AND_TEXTS = f"{CALLED} || chr({ord(APART)}) || {TEXTS}"

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
