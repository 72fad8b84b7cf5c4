"""People like you: who could teach you what you want to learn, who would like to learn from you, who shares your work.

Each comes with its reason in a sentence. Who does not want to be suggested, and whom one hears nothing from, is left
out; so is everybody one is connected with already, or has asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.social.reads.connections import WITH_ME
from watercooler.spine.spaces.sight import KNOWN, known_values

NEWEST = 200
"""How many of one's own answers and pages are read for their topics."""
OWN_TOPICS = 6
READ = 3000
"""How many answers and pages of others on these topics are read, newest first."""
MOST = 12

ALIKE = f"""
with me as materialized (select * from people_person where id = %(viewer)s),
mine (word, side) as materialized (
    select distinct lower(word), side from (
        select unnest(offers), 'offers' from me union all select unnest(wants_to_learn), 'wants' from me) w (word, side)
), friend as materialized (select id from ({WITH_ME}) x),
theirs as (
    select p.id, lower(w.word) as key, min(w.word) as word, w.side from people_person p cross join lateral (
        select unnest(p.offers), 'offers' union all select unnest(p.wants_to_learn), 'wants') w (word, side)
    where p.is_active and p.id <> %(viewer)s and lower(w.word) in (select word from mine) group by p.id, key, w.side
), by_words as (
    select t.id,
           array_agg(distinct t.word) filter (where t.side = 'offers' and m.side = 'wants') as teaches,
           array_agg(distinct t.word) filter (where t.side = 'wants' and m.side = 'offers') as learns,
           array_agg(distinct t.word) filter (where t.side = 'offers' and m.side = 'offers') as knows,
           array_agg(distinct t.word) filter (where t.side = 'wants' and m.side = 'wants') as wants
    from theirs t join mine m on m.word = t.key group by t.id
), topic as materialized (
    select topic as id from (
        select e.topic_ids from experts_entry e where e.person_id = %(viewer)s and e.shows_knowledge
        order by e.at desc limit {NEWEST}) e cross join unnest(e.topic_ids) topic
    group by topic order by count(*) desc, topic limit {OWN_TOPICS}
), entry as materialized (
    select e.person_id, e.topic_ids from experts_entry e
    where e.topic_ids && array(select id from topic) and e.shows_knowledge and e.person_id <> %(viewer)s
      and (e.audience = any(%(audiences)s) or e.space_id = any(%(guest_spaces)s))
    order by e.at desc limit {READ}
), by_topics as (
    select e.person_id as id, (array_agg(distinct k.name order by k.name))[1:3] as topics
    from entry e cross join unnest(e.topic_ids) t (id) join topic on topic.id = t.id join content_topic k on k.id = t.id
    where not exists (select from experts_hiddentopic h where h.person_id = e.person_id and h.topic_id = t.id)
      and not exists (select from experts_findable f where f.person_id = e.person_id and f.is_out)
    group by e.person_id
), by_friends as (
    select far.id, (array_agg(distinct f.name order by f.name))[1:3] as friends
    from friend join lateral (
        select case when c.one_id = friend.id then c.other_id else c.one_id end as id from social_connection c
        where c.state = 'connected' and (c.one_id = friend.id or c.other_id = friend.id)) far on far.id <> %(viewer)s
    join people_person f on f.id = friend.id and f.is_active
    where not exists (select from social_connectionchoice h where h.hides_connections
                      and h.person_id in (friend.id, far.id))
    group by far.id
), nearby as (
    select p.id from people_person p cross join me
    where p.is_active and p.site_id = me.site_id and p.unit_id = me.unit_id order by p.joined_at desc limit 50
), found as (
    select id, teaches, learns, knows, wants, topics, friends, nearby.id is not null as is_near,
           4 * least(coalesce(cardinality(teaches), 0), 3) + 3 * least(coalesce(cardinality(learns), 0), 3)
           + 2 * least(coalesce(cardinality(knows), 0), 3) + 2 * least(coalesce(cardinality(wants), 0), 3)
           + 1.5 * coalesce(cardinality(topics), 0) + 1.5 * coalesce(cardinality(friends), 0)
           + (nearby.id is not null)::int as score
    from by_words full join by_topics using (id) full join by_friends using (id) full join nearby using (id)
)
select p.id, p.handle, p.name, p.job, p.photo, p.status, coalesce(site.name, ''), coalesce(site.town, ''),
       coalesce(f.teaches, '{{}}'), coalesce(f.learns, '{{}}'), coalesce(f.knows, '{{}}'), coalesce(f.wants, '{{}}'),
       coalesce(f.topics, '{{}}'), coalesce(f.friends, '{{}}'), f.is_near
from found f join people_person p on p.id = f.id left join people_site site on site.id = p.site_id
where p.is_active and p.id <> %(viewer)s and p.role >= 20 and {KNOWN}
  and not exists (select from social_connectionchoice n where n.person_id = p.id and n.is_not_suggested)
  and not exists (select from social_follow s where s.follower_id = %(viewer)s and s.person_id = p.id
                  and s.level = 'muted')
  and not exists (select from social_connection c
                  where c.one_id = least(p.id, %(viewer)s::bigint) and c.other_id = greatest(p.id, %(viewer)s::bigint)
                    and c.state <> 'ended' and (c.state <> 'declined' or c.asker_id = %(viewer)s))
order by f.score desc, p.name, p.id limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody like the viewer, and in what.

    teaches: they offer and the viewer wants to learn; learns: the other way round; knows, wants: both do.
    """

    id: int
    handle: str
    name: str
    job: str
    photo: str
    status: str
    site: str
    town: str
    teaches: list[str]
    learns: list[str]
    knows: list[str]
    wants: list[str]
    topics: list[str]
    friends: list[str]
    is_near: bool

    @property
    def reason(self) -> str:
        """Say in one sentence why they are suggested: the strongest of what there is."""
        sentences = (
            (self.teaches, _("Can be asked about %(words)s, which you want to learn.")),
            (self.learns, _("Wants to learn %(words)s, which you know about.")),
            (self.knows, _("You both know about %(words)s.")),
            (self.wants, _("You both want to learn %(words)s.")),
            (self.topics, _("You both wrote about %(words)s.")),
            (self.friends, _("You both know %(words)s.")),
        )
        for words, sentence in sentences:
            if words:
                return sentence % {"words": _listed(words)}
        return _("Works where you work, in the same unit.")


def _listed(words: list[str]) -> str:
    """Return "a", "a and b" or "a, b and more"."""
    if len(words) == 1:
        return words[0]
    if len(words) == 2:
        return _("%(one)s and %(other)s") % {"one": words[0], "other": words[1]}
    return _("%(one)s, %(other)s and more") % {"one": words[0], "other": words[1]}


def alike(viewer: Viewer, limit: int = MOST) -> list[Alike]:
    """Return people like the viewer, the nearest first. A guest is told of people of their spaces alone.

    Cost: one prepared query over what all offer and want, and at most 3,000 answers and pages.
    """
    values = {"audiences": list(viewer.audiences), "guest_spaces": list(viewer.guest_space_ids)}
    return hot.rows(ALIKE, Alike, limit=limit, **known_values(viewer), **values)
