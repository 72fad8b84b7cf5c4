"""The queries of Home.

For you is ordered by freshness with a head start: each thing that ties an item to the viewer makes it count as some
hours newer. The score never depends on the clock, so an item keeps its place while somebody pages, and the reason
that is shown is the reason it is there. Candidates are bounded: the newest of everything, the newest of each person,
space and topic that the viewer follows or is in, and what was picked for them.
"""

from __future__ import annotations

from watercooler.projections.feed.reads import PAGE, moment
from watercooler.spine.content.reads import LISTED_COLUMNS, LISTED_JOINS
from watercooler.spine.content.visibility import VISIBLE

NEWEST = 50
"""How many of the newest entries are ranked whatever they are about."""
OF_EACH = 5
"""How many of each person, space and topic are ranked besides."""

HOUR = 3600
HEAD_START = {"skill": 36, "host": 18, "person": 36, "topic": 24, "space": 18, "joined": 12}
"""Hours that an item counts as newer for each tie to the viewer. They add up."""
HELPED_HOURS, MOST_HELPED_HOURS = 4, 24
"""Hours for each e-fold of people it helped, and where that ends."""

MOST_COUNTED = 20

MAY = "(e.is_live and (e.audience = any(%(audiences)s) or e.space_id = any(%(guest_spaces)s)))"
"""The entry's own copy of the rule: it nominates; VISIBLE over the item decides."""

SAID = """(
    select person_id, space_id, topic_id, item_id, level from social_follow where follower_id = %(person)s
    union all select colleague_id, space_id, (select coalesce(t.synonym_of_id, t.id) from content_topic t
        where t.id = topic_id), item_id, 'muted' from recommendations_notforme where person_id = %(person)s) said"""
"""What the viewer follows and mutes, with what they said "not for me" to."""


def _all(column: str, is_muted: str = "<>") -> str:
    return f"coalesce(array_agg({column}) filter (where {column} is not null and level {is_muted} 'muted'), '{{}}')"


# What the viewer follows and mutes, and the topics of the skills they offer; synonyms lead to the same topic.
ME = rf"""
with follows as materialized (
    select {_all("person_id")} as people, {_all("space_id")} as spaces, {_all("topic_id")} as topics,
           {_all("person_id", "=")} as not_people, {_all("space_id", "=")} as not_spaces,
           {_all("topic_id", "=")} as not_topics, {_all("item_id", "=")} as not_items
    from {SAID}
), me as materialized (
    select f.*, cardinality(f.not_people || f.not_spaces || f.not_topics || f.not_items) > 0 as mutes,
           array(select coalesce(synonym_of_id, id) from content_topic where id = any(f.topics)) as all_topics,
           array(select coalesce(t.synonym_of_id, t.id) from people_person p cross join unnest(p.offers) word
                 join content_topic t on t.slug = trim(both '-' from regexp_replace(replace(replace(lower(word),
                      '#', '-sharp'), '+', '-plus'), '\W+', '-', 'g'))
                 where p.id = %(person)s) as skills
    from follows f
)"""

UNMUTED = """not (me.mutes and (e.author_id = any(me.not_people) or e.space_id = any(me.not_spaces)
         or e.item_id = any(me.not_items) or e.topic_ids && me.not_topics))"""

UNMUTED_ALONE = """not (me.mutes and exists (select from social_follow f
         where f.follower_id = %(person)s and f.level = 'muted' and (f.person_id = e.author_id
         or f.space_id = e.space_id or f.item_id = e.item_id or f.topic_id = any(e.topic_ids))))"""
"""The same without what was "not for me": that is no reason to miss what one follows."""

COLUMNS = "e.item_id, e.at, e.author_id, e.space_id, e.topic_ids, e.helped_count, e.is_unanswered"

TIES = {
    "skill": "e.is_unanswered and e.author_id <> %(person)s and e.topic_ids && me.skills",
    "host": "e.is_unanswered and e.author_id <> %(person)s and e.space_id = any(%(hosted)s)",
    "person": "e.author_id = any(me.people)",
    "topic": "e.topic_ids && me.all_topics",
    "space": "e.space_id = any(me.spaces)",
    "joined": "e.space_id = any(%(spaces)s)",
}
"""What ties an entry to the viewer, most telling first."""

_score = " + ".join(f"case when {tie} then {HEAD_START[why] * HOUR} else 0 end" for why, tie in TIES.items())
SCORE = f"""extract(epoch from e.at)::bigint + {_score}
    + least({MOST_HELPED_HOURS * HOUR}, ({HELPED_HOURS * HOUR} * ln(1 + greatest(e.helped_count, 0)))::int)"""

_whens = " ".join(f"when {tie} then '{why}'" for why, tie in TIES.items())
WHY = f"case when e.author_id = %(person)s then '' {_whens} when e.helped_count >= 5 then 'helped' else 'new' end"

TOPIC = """case when listed.why in ('skill', 'topic') then coalesce((select t.name from content_topic t
    where t.id = any(listed.topic_ids) and t.id = any(case listed.why when 'skill' then me.skills
    else me.all_topics end)
    order by t.id limit 1), '') else '' end"""
# What a pick is like, nothing where the viewer may not read that any more.
NAMED = f"""case when listed.why <> 'alike' then {TOPIC} else coalesce((
    select coalesce(nullif(i.title, ''), i.excerpt) from content_item i
    where i.id = listed.about and {VISIBLE}), '') end"""


def _newest_of(what: str, column: str, limit: int) -> str:
    """Return the newest entries of each id in one of `me`'s arrays, or in a value."""
    return f"""
    select {COLUMNS} from me cross join unnest({what}) wanted cross join lateral (
        select {COLUMNS} from feed_feedentry e where e.{column} = wanted and {MAY}
            and (e.at, e.item_id) < (%(at)s, %(id)s)
        order by e.at desc, e.item_id desc limit {limit}) e"""


def _newest_of_topics(limit: int) -> str:
    return f"""
    select {COLUMNS} from me cross join unnest(me.all_topics) wanted cross join lateral (
        select {COLUMNS} from feed_feedtopic ft join feed_feedentry e on e.item_id = ft.entry_id
        where ft.topic_id = wanted and {MAY} and (ft.at, ft.entry_id) < (%(at)s, %(id)s)
        order by ft.at desc, ft.entry_id desc limit {limit}) e"""


OF_TOPICS = 2000
"""How many of the newest open questions are looked at for one's topics and skills."""


def _unanswered(of_each: int, before: str = "", and_more: str = "", at_most: str = "") -> str:
    """Return the open questions of others: in the viewer's spaces, and elsewhere on their topics and skills.

    and_more: what else must be true of each. at_most: a limit for all, with which it ends as soon as it has so many.
    """
    open_to = f"e.is_unanswered and e.author_id <> %(person)s and {MAY} {before}"
    mine = "(me.spaces || %(spaces)s::bigint[])"
    return f"""
    select {COLUMNS} from me cross join (select distinct unnest({mine}) as wanted from me) own cross join lateral (
        select {COLUMNS} from feed_feedentry e where e.space_id = own.wanted and {open_to} {and_more}
        order by e.at desc, e.item_id desc limit {of_each}) e
    union all
    select {COLUMNS} from me cross join (
        select {COLUMNS} from feed_feedentry e where %(is_member)s and {open_to}
        order by e.at desc, e.item_id desc limit {OF_TOPICS}) e
    where e.topic_ids && (me.all_topics || me.skills) and e.space_id <> all({mine}) {and_more} {at_most}"""


HELP = f""", help as (
    select count(*) as n from ({_unanswered(MOST_COUNTED, "", f"and {UNMUTED}", f"limit {MOST_COUNTED}")}) near)"""
"""How many questions wait that the viewer could help with: what Help out lists, counted no further than it is shown."""


def _shown(page: str, named: str = TOPIC) -> str:
    """Return the query that lists `page` (item_id, key, why, topic_ids), and the help count beside nothing."""
    return f"""{ME}{HELP}{page}
select help.n, listed.key, listed.why, {named}, {LISTED_COLUMNS}
from help cross join me left join (page listed join content_item i on i.id = listed.item_id {LISTED_JOINS}) on {VISIBLE}
order by listed.key desc, listed.item_id desc limit {PAGE + 1}
"""


# Scores lie up to some days above the time, so the candidates of a page begin at its key, read as a time.
_since = "(to_timestamp(least(%(key)s, 32503680000) + 1), %(id)s)"


def _from_key(sql: str) -> str:
    return sql.replace("(%(at)s, %(id)s)", _since)


# What somebody published this second is not projected yet; they see it at once, from the item itself.
_OWN = f"""
    union all
    select i.id, i.published_at, i.author_id, i.space_id, i.topic_ids, i.helped_count,
           i.kind = 'question' and i.answer_count = 0
    from content_item i
    where i.author_id = %(person)s and i.parent_id is null and {VISIBLE}
        and i.published_at > now() - interval '1 minute'
        and not exists (select 1 from feed_feedentry e where e.item_id = i.id)"""

# What was picked for the viewer (projections.recommendations) stands where its shelf says, or higher by its own score.
SHELF = """shelf as materialized (
    select item_id, key, why, about from recommendations_shelf s
    cross join unnest(s.item_ids, s.keys, s.whys, s.abouts) t (item_id, key, why, about) where s.person_id = %(person)s
)"""

FOR_YOU = _shown(
    f""", {SHELF}, near as (
    (select {COLUMNS} from feed_feedentry e where %(is_member)s and {MAY} and (e.at, e.item_id) < {_since}
     order by e.at desc, e.item_id desc limit {NEWEST})
    union {_from_key(_newest_of("me.people", "author_id", OF_EACH))}
    union {_from_key(_newest_of("me.spaces || %(spaces)s::bigint[]", "space_id", OF_EACH))}
    union {_from_key(_newest_of_topics(OF_EACH))}
    union select {COLUMNS} from shelf join feed_feedentry e on e.item_id = shelf.item_id where {MAY}
), candidate as (
    select * from near{_OWN}
), scored as materialized (
    select e.*, {SCORE} as key from candidate e cross join me where {UNMUTED}
), placed as (
    select e.item_id, e.at, e.author_id, e.space_id, e.topic_ids, e.helped_count, e.is_unanswered, shelf.about,
           greatest(e.key, shelf.key) as key, case when shelf.key > e.key then shelf.why end as picked
    from scored e left join shelf using (item_id)
), page as materialized (
    select e.item_id, e.topic_ids, e.key, e.about, coalesce(e.picked, {WHY}) as why
    from (select * from placed where (key, item_id) < (%(key)s, %(id)s)
          order by key desc, item_id desc limit {PAGE + 6}) e cross join me
)""",
    named=NAMED,
)

FOLLOWING = _shown(
    f""", near as (
    {_newest_of("me.people", "author_id", PAGE + 6)}
    union {_newest_of("me.spaces || %(spaces)s::bigint[]", "space_id", PAGE + 6)}
    union {_newest_of_topics(PAGE + 6)}
), page as (
    select e.item_id, e.topic_ids, {moment("e.at")} as key, {WHY} as why
    from near e cross join me where {UNMUTED_ALONE} order by e.at desc, e.item_id desc limit {PAGE + 6}
)"""
)

HELP_OUT = _shown(f""", near as ({_unanswered(PAGE + 6, "and (e.at, e.item_id) < (%(at)s, %(id)s)", f"and {UNMUTED}")}
), page as (
    select e.item_id, e.topic_ids, {moment("e.at")} as key, {WHY} as why
    from near e cross join me order by e.at desc, e.item_id desc limit {PAGE + 6}
)""")

# An answer or comment is kept with its thread: the card is the thread's.
SAVED = _shown(f""", page as (
    select coalesce(i.root_id, i.id) as item_id, max(saved.id) as key, '' as why, '{{}}'::bigint[] as topic_ids
    from social_saved saved join content_item i on i.id = saved.item_id
    where saved.person_id = %(person)s and {VISIBLE} group by 1
    having max(saved.id) < %(key)s order by 2 desc limit {PAGE + 1}
)""")

TABS = {"for-you": FOR_YOU, "following": FOLLOWING, "help-out": HELP_OUT, "saved": SAVED}
