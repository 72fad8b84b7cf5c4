"""Who is told of what, and why: one statement for a batch of activities, whatever the number of people.

Each branch of `candidate` nominates people for one sort of act. Of several reasons to tell somebody of the same act
the lowest rank wins, so a mention in an answer to one's own question is one line and not two. Then the rules that
hold for all: never the actor, nobody who has left, nobody who cannot read the item, nobody who muted it.
"""

from watercooler.projections.notifications.between import BECAUSE

BATCH = """
b as materialized (
    select a.position, a.verb, a.actor_id, a.at, a.detail, a.person_id, coalesce(i.space_id, a.space_id) as space_id,
           i.id as item_id, i.kind, coalesce(i.root_id, i.id) as root_id, i.parent_id, i.author_id, i.audience, i.state,
           coalesce(r.topic_ids, i.topic_ids) as topic_ids, s.default_level, s.purpose
    from unnest(%(positions)s::bigint[]) wanted join activity_activity a on a.position = wanted
    left join content_item i on i.id = a.item_id
    left join content_item r on r.id = i.root_id
    left join spaces_space s on s.id = coalesce(i.space_id, a.space_id)
    where a.undoes_id is null and not a.is_imported
)"""

CARERS = """
    select b.*, m.person_id as to_id from b
    join spaces_membership m on m.space_id = b.space_id and m.standing = 'host' and m.person_id <> b.author_id
    where b.verb = 'flagged'
    union all
    select b.*, p.id from b join people_person p on p.role = 40
    where b.verb = 'flagged' and not exists (
        select from spaces_membership m
        where m.space_id = b.space_id and m.standing = 'host' and m.person_id <> b.author_id)"""

# Of a request only while it waits: who declined the same one before is not asked twice. The introducer hears that the
# two have met, unless one of them hides whom they know.
PEOPLE = """
    select b.position, b.person_id, 'connect', 2, 'connects', b.actor_id
    from b join social_connection c on c.id = (b.detail ->> 'connection_id')::bigint
    where b.verb = 'asked_to_connect' and c.state = 'asked' and c.asker_id = b.actor_id
    union all
    select position, person_id, 'connected', 2, 'connects', actor_id from b where verb = 'connected'
    union all
    select b.position, n.introducer_id, 'brought', 3, 'brought', b.person_id
    from b join social_introduction n on n.id = (b.detail ->> 'introduction_id')::bigint
    where b.verb = 'connected' and not exists (
        select from social_connectionchoice h where h.hides_connections and h.person_id in (b.actor_id, b.person_id))
    union all
    select b.position, two.id, 'introduced', 2, 'introduced', two.of_id
    from b join social_introduction n on n.id = (b.detail ->> 'introduction_id')::bigint and n.taken_back_at is null
    cross join lateral (values (n.one_id, n.other_id), (n.other_id, n.one_id)) two (id, of_id)
    where b.verb = 'introduced'
    union all
    select b.position, b.person_id, 'introduced', 2, 'meets', n.introducer_id
    from b join social_introduction n on n.id = (b.detail ->> 'introduction_id')::bigint and n.taken_back_at is null
    where b.verb = 'agreed_to_meet'"""

# Who vouched for something hears when it changes for the first time, before the check ends, and if it is taken away.
CHECKERS = """
    select b.position, c.person_id, 'recheck', 2, 'checked', null::bigint
    from b join content_check c on c.item_id = b.item_id and c.revision = (b.detail ->> 'revision')::bigint - 1
    where b.verb = 'edited'
    union all
    select position, actor_id, 'recheck', 2, 'checked', null::bigint from b where verb = 'check_ends'
    union all
    select position, (detail ->> 'person_id')::bigint, 'recheck', 2, 'checked', null::bigint
    from b where verb = 'unchecked'"""

CANDIDATES = f"""
candidate (position, person_id, kind, rank, because, because_id) as (
    -- Somebody is named, or their words are answered.
    select position, mentioned::bigint, 'mention', 1, 'mentioned', null::bigint
    from b cross join jsonb_array_elements_text(b.detail -> 'mentions') mentioned
    where jsonb_typeof(b.detail -> 'mentions') = 'array'
    union all
    select b.position, x.author_id, 'reply', 2, 'author', x.id
    from b join content_item x on x.id in (b.parent_id, b.root_id) where b.verb = any(%(replies)s)
    union all
    select distinct b.position, x.author_id, 'reply', 3, 'commented', null::bigint
    from b join content_item x on x.parent_id = b.parent_id and x.id < b.item_id and x.kind = 'comment' and x.state = 1
    where b.kind = 'comment' and b.verb = any(%(replies)s)
    -- Something is said of their own work.
    union all
    select position, author_id, verb, 2, 'author', null::bigint
    from b where verb in ('accepted', 'helped', 'rated', 'highlighted', 'checked')
    union all
    select b.position, x.author_id, 'solved', 3, 'author', null::bigint
    from b join content_item x on x.id = b.root_id where b.verb = 'accepted'
    -- Somebody thought of them.
    union all
    select b.position, c.to_person_id, 'recommended', 2, 'sent', null::bigint
    from b join social_recommendation c on c.id = (b.detail ->> 'recommendation_id')::bigint
    where b.verb = 'recommended' and c.to_person_id is not null and c.taken_back_at is null
    union all
    select position, person_id, 'invited', 2, 'sent', null::bigint from b where verb = 'invited_to_space'
    union all
    select position, person_id, 'let_in', 2, 'asked', null::bigint from b where verb = 'let_in'
    union all
    select position, person_id, 'standing', 2, 'sent', null::bigint
    from b where verb = 'changed_standing' and detail ->> 'standing' = 'host'
    union all
    select position, person_id, 'follower', 2, 'followed', null::bigint
    from b where verb = 'followed' and person_id is not null
    union all
    {PEOPLE}
    union all
    {CHECKERS}
    union all
    select b.position, (nudged ->> 'person')::bigint, 'nudge', 4, 'nudged', (nudged ->> 'alike')::bigint
    from b cross join jsonb_array_elements(b.detail -> 'people') nudged where b.verb = 'nudged'
    -- It is between the two of them.
    union all
    select b.position, b.person_id, two.kind, 2, '{BECAUSE}', (b.detail ->> two.thread)::bigint
    from b join unnest(%(two_verbs)s::text[], %(two_kinds)s::text[], %(two_threads)s::text[]) two (verb, kind, thread)
        on two.verb = b.verb
    -- A private message was reported: who looks after everything decides, but who wrote or reported it.
    union all
    select b.position, p.id, 'reported', 2, '{BECAUSE}', (b.detail ->> 'report_id')::bigint
    from b join people_person p on p.role = 40 and p.id <> b.actor_id
    join conversations_report r on r.id = (b.detail ->> 'report_id')::bigint and r.decided_at is null
    join conversations_message g on g.id = r.message_id and g.author_id <> p.id
    where b.verb = 'reported_message'
    -- The place they are in goes to somebody new, by an act from outside.
    union all
    select b.position, m.person_id, 'handed_on', 3, 'member', null::bigint
    from b join spaces_membership m on m.space_id = b.space_id and m.standing in ('host', 'member')
    where b.verb = 'handed_on'
    -- They look after the place.
    union all
    select b.position, m.person_id, 'join_request', 2, 'host', null::bigint
    from b join spaces_membership m on m.space_id = b.space_id and m.standing = 'host' where b.verb = 'asked_to_join'
    union all
    select position, to_id, 'flagged', 2, case when purpose = 'wall' then 'office' else 'host' end, null::bigint
    from ({CARERS}) carer
    -- A host decided about their words, or about their flag.
    union all
    select position, author_id, 'care', 2, case when detail ->> 'is_rule' = 'true' then 'rule' else 'author' end,
           null::bigint
    from b where verb in ('removed', 'held') or (verb = 'decided' and detail ->> 'outcome' = 'helped')
    union all
    select b.position, f.person_id, 'flag', 3, 'flagged', null::bigint
    from b join social_flag f on f.item_id = b.item_id and f.decided_at = b.at where b.verb = 'decided'
    -- They asked to hear of it.
    union all
    select b.position, f.follower_id, case when b.verb = 'accepted' then 'solved' else 'thread' end, 5, 'follows_item',
           null::bigint
    from b join social_follow f on f.item_id in (b.root_id, b.parent_id) and f.level = 'all' and f.at <= b.at
    where b.verb = any(%(replies)s) or b.verb = 'accepted'
    union all
    select b.position, f.follower_id, 'new', 6, 'follows_person', b.actor_id
    from b join social_follow f on f.person_id = b.actor_id and f.level = 'all' and f.at <= b.at
    where b.verb = any(%(tops)s)
    union all
    select b.position, f.follower_id, 'new', 7, 'follows_topic', f.topic_id
    from b join social_follow f on f.topic_id = any(b.topic_ids) and f.level = 'all' and f.at <= b.at
    where b.verb = any(%(tops)s)
    union all
    select b.position, f.follower_id, 'new', 8, 'follows_space', b.space_id
    from b join social_follow f on f.space_id = b.space_id and f.level = 'all' and f.at <= b.at
    where b.verb = any(%(tops)s)
    union all
    select b.position, m.person_id, 'new', 9, 'level', b.space_id
    from b join spaces_membership m on m.space_id = b.space_id and m.standing in ('host', 'member')
    where b.verb = any(%(tops)s) and m.level = 'all' and m.since <= b.at
    union all
    select b.position, m.person_id, 'new', 9, 'level', b.space_id
    from b join spaces_membership m on m.space_id = b.space_id and m.standing in ('host', 'member')
    where b.verb = any(%(tops)s) and b.default_level = 'all' and m.level = '' and m.since <= b.at
    union all
    select b.position, m.person_id, 'recommended', 9, 'level', s.id
    from b join social_recommendation c on c.id = (b.detail ->> 'recommendation_id')::bigint
    join spaces_space s on s.id = c.to_space_id
    join spaces_membership m on m.space_id = s.id and m.standing in ('host', 'member')
    where b.verb = 'recommended' and c.taken_back_at is null and m.since <= b.at
      and coalesce(nullif(m.level, ''), s.default_level) = 'all'
)"""

ALLOWED = f"""
allowed as (
    select distinct on (c.position, c.person_id) c.position, c.person_id, c.kind, c.because, c.because_id, b.actor_id,
           case when c.kind in ('flagged', 'follower', 'found') then null else b.root_id end as item_id,
           case when c.kind in ('follower', 'found') then null else b.space_id end as space_id,
           c.kind || ':' || case when c.because = '{BECAUSE}' or c.kind = 'found' then c.because_id
                when c.kind in ('follower', 'connect', 'connected') then 0
                when c.kind in ('introduced', 'brought') then (b.detail ->> 'introduction_id')::bigint
               when c.kind = 'flagged' or b.root_id is null then b.space_id else b.root_id end as key
    from candidate c
    join b on b.position = c.position
    join people_person p on p.id = c.person_id and p.is_active and (p.ends_on is null or p.ends_on >= current_date)
    left join spaces_membership m
        on m.space_id = b.space_id and m.person_id = c.person_id and m.standing in ('host', 'member')
    where (c.person_id <> b.actor_id or b.verb = 'check_ends')
      and (c.kind in ('care', 'flagged') or b.item_id is null
           or ((b.state = 1 or c.kind = 'flag') and (m.id is not null or (b.audience = 0 and p.role >= 20))))
      and (c.kind in ('care', 'flag') or (
          coalesce(nullif(m.level, ''), case when m.id is not null then b.default_level else 'all' end) <> 'muted'
          and not exists (
              select from social_follow f
              where f.follower_id = c.person_id and f.level = 'muted'
                and (f.item_id in (b.item_id, b.parent_id, b.root_id) or f.person_id = b.actor_id
                     or f.space_id = b.space_id or f.topic_id = any(b.topic_ids)))))
    order by c.position, c.person_id, c.rank
)"""

# What a saved search found is told of the act that made the item, so all rules above hold for it too; not of what the
# same person was told of already.
FOUND = """
candidate (position, person_id, kind, rank, because, because_id) as (
    select f.position, f.person_id, 'found', 1, 'saved_search', f.search_id
    from unnest(%(positions)s::bigint[], %(people)s::bigint[], %(searches)s::bigint[])
        f (position, person_id, search_id)
    where not exists (
        select from notifications_told t join notifications_notification n on n.id = t.notification_id
        where t.position = f.position and n.person_id = f.person_id)
)"""

WRITE = """
line as (select distinct on (person_id, key) person_id, key, kind, item_id, space_id from allowed),
begun as (
    insert into notifications_notification
        (person_id, key, kind, item_id, space_id, actor_count, actor_ids, because, position, read_position)
    select person_id, key, kind, item_id, space_id, 0, '{}', '', 0, 0 from line
    on conflict (person_id, key) do nothing returning id, person_id, key
),
known as (
    select id, person_id, key from begun
    union all
    select n.id, n.person_id, n.key from line join notifications_notification n using (person_id, key)
)
insert into notifications_told (notification_id, actor_id, position, because, because_id, is_hidden, at)
select known.id, allowed.actor_id, allowed.position, allowed.because, allowed.because_id, false, %(at)s::timestamptz
from allowed join known using (person_id, key)
"""
TELL = f"with {BATCH}, {CANDIDATES}, {ALLOWED}, {WRITE}"
"""Tells people of the activities at `positions`. `tops`, `replies`: the verbs that make items. `two_…`: verbs between
two people, with the kind of their line and the field of the detail that numbers it."""
TELL_FOUND = f"with {BATCH}, {FOUND}, {ALLOWED}, {WRITE} returning notification_id"
"""Tells `people` what their saved `searches` found: the items made at `positions`. Gives the lines touched."""
