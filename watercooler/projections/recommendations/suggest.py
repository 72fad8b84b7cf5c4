"""Whom to follow, where to join, what to follow: each with a reason that counts only what the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.recommendations.picks import MET, MINE, REFUSED
from watercooler.spine.content.visibility import VISIBLE, visible_values
from watercooler.spine.spaces.reads import suggested as near_colleagues
from watercooler.spine.spaces.sight import KNOWN, known_values

MET_OFTEN = 2
"""In so many threads one has to have met somebody for it to be a reason."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody worth following, with the evidence that speaks most."""

    handle: str
    name: str
    job: str
    photo: str
    offers: list[str]
    answered: int
    helped: int
    met: int
    useful: int

    @property
    def reason(self) -> str:
        if self.answered:
            words = ngettext("Answered you once", "Answered you %(count)s times", self.answered)
            return words % {"count": self.answered}
        if self.helped:
            words = ngettext("Their words helped you once", "Their words helped you %(count)s times", self.helped)
            return words % {"count": self.helped}
        if self.met >= MET_OFTEN:
            words = ngettext(
                "You met in %(count)s thread", "You met in %(count)s threads you both took part in", self.met
            )
            return words % {"count": self.met}
        if self.useful:
            words = ngettext(
                "Helped %(count)s person in your spaces", "Helped %(count)s people in your spaces", self.useful
            )
            return words % {"count": self.useful}
        return _("New here; knows %(skill)s") % {"skill": self.offers[0]} if self.offers else _("You met in a thread")


# Answers count threefold, being helped twice. Then whose words helped most in the newest threads of the viewer's
# spaces, and newcomers of their unit with a skill: reasons for those who are new themselves.
COLLEAGUES = f"""
with {REFUSED}, {MINE}, {MET},
answered as (
    select a.author_id as person_id, count(distinct a.parent_id)::int as n
    from (select i.id from content_item i where i.author_id = %(person)s and i.kind = 'question' and i.state = 1
          order by i.id desc limit 40) asked
    join content_item a on a.parent_id = asked.id and a.kind = 'answer'
    join content_item i on i.id = a.id where {VISIBLE} group by 1
), helped as (
    select i.author_id as person_id, count(*)::int as n
    from (select item_id from social_helped where person_id = %(person)s order by item_id desc limit 100) h
    join content_item i on i.id = h.item_id where {VISIBLE} group by 1
), thread as (
    select t.id from unnest(%(spaces)s::bigint[]) wanted cross join lateral (
        select i.item_id as id from feed_feedentry i where i.space_id = wanted and i.is_live
        order by i.at desc, i.item_id desc limit 30) t
), useful as (
    select i.author_id as person_id, sum(i.helped_count)::int as n
    from thread join content_item i on i.id = thread.id or i.root_id = thread.id
    where i.helped_count > 0 and {VISIBLE} group by 1
), newcomer as (
    select p.id as person_id from people_person p join people_person me on me.id = %(person)s and me.unit_id = p.unit_id
    where %(knows_all)s and p.joined_at > %(now)s - interval '90 days' and cardinality(p.offers) > 0 limit 20
), evidence as (
    select person_id, sum(answered)::int as answered, sum(helped)::int as helped, sum(met)::int as met,
           sum(useful)::int as useful from (
        select person_id, n as answered, 0 as helped, 0 as met, 0 as useful from answered
        union all select person_id, 0, n, 0, 0 from helped
        union all select person_id, 0, 0, threads, 0 from met where threads >= {MET_OFTEN}
        union all select person_id, 0, 0, 0, n from useful
        union all select person_id, 0, 0, 0, 0 from newcomer) each group by person_id
)
select p.handle, p.name, p.job, p.photo, p.offers, e.answered, e.helped, e.met, e.useful
from refused cross join evidence e join people_person p on p.id = e.person_id
where p.id <> %(person)s and p.is_active and not p.id = any(refused.people) and {KNOWN} and not exists (
    select 1 from social_follow f where f.follower_id = %(person)s and f.person_id = p.id)
order by 3 * e.answered + 2 * e.helped + e.met desc, e.useful desc, p.id limit %(most)s
"""


def colleagues(viewer: Viewer, most: int) -> list[Colleague]:
    """Return people worth following, whom the viewer does not follow yet and never refused. Cost: one bounded query."""
    values = {**_values(viewer, most), **known_values(viewer)}
    return hot.rows(COLLEAGUES, Colleague, **values)


@dataclass(frozen=True, slots=True)
class SpaceToJoin:
    """A space worth joining, and why."""

    slug: str
    name: str
    hue: int
    tagline: str
    access: str
    has_rules: bool
    reason: str

    @property
    def url(self) -> str:
        return f"/spaces/{self.slug}/"


# Only open spaces: what goes on in others is not the viewer's to count.
SPACES = f"""
with {REFUSED}, {MINE},
own as (
    select space_id, count(*)::int as threads from mine
    where not space_id = any(%(spaces)s) group by space_id
), followed as (
    select t.space_id, count(distinct f.person_id)::int as people
    from (select person_id from social_follow where follower_id = %(person)s and person_id is not null
          and level <> 'muted' order by at desc, id desc limit 60) f
    cross join lateral (
        select i.space_id from recommendations_engagement e join content_item i on i.id = e.thread_id
        where e.person_id = f.person_id and e.open_acts > 0 and {VISIBLE}
        order by e.open_at desc, e.thread_id desc limit 20) t
    where not t.space_id = any(%(spaces)s) group by t.space_id
), evidence as (
    select space_id, sum(threads)::int as threads, sum(people)::int as people
    from (select space_id, threads, 0 as people from own union all select space_id, 0, people from followed) each
    group by space_id
)
select s.slug, s.name, s.hue, s.tagline, s.access, jsonb_array_length(s.rules) > 0, e.threads, e.people
from refused cross join evidence e join spaces_space s on s.id = e.space_id
where %(is_member)s and s.purpose = 'space' and s.access = 'open' and s.archived_at is null
    and not s.id = any(refused.spaces)
order by 2 * e.threads + e.people desc, s.member_count desc, s.id limit %(most)s
"""
REFUSED_SPACES = f"with {REFUSED} select unnest(refused.spaces) as id from refused"


def spaces(viewer: Viewer, most: int) -> list[SpaceToJoin]:
    """Return spaces worth joining: where the viewer takes part anyway, then people they follow, then colleagues.

    Guests are told none. Cost: one bounded query, three where few are found.
    """
    found = hot.rows(SPACES, _space, **_values(viewer, most), is_member=viewer.is_member)
    if len(found) < most and viewer.is_member:
        refused = {row.id for row in hot.rows(REFUSED_SPACES, person=viewer.person_id)}
        known = {space.slug for space in found}
        for near in near_colleagues(viewer, most + len(refused) + len(found)):
            if near.id not in refused and near.slug not in known:
                words = ngettext("%(count)s colleague is in it", "%(count)s colleagues are in it", near.colleagues) % {
                    "count": near.colleagues
                }
                about = (near.slug, near.name, near.hue, near.tagline, near.access, near.has_rules)
                found.append(SpaceToJoin(*about, words))
    return found[:most]


def _space(
    slug: str, name: str, hue: int, tagline: str, access: str, has_rules: bool, threads: int, people: int
) -> SpaceToJoin:
    if threads:
        words = ngettext("You took part in %(count)s thread there", "You took part in %(count)s threads there", threads)
    else:
        words = ngettext("Somebody you follow writes there", "%(count)s people you follow write there", people)
    return SpaceToJoin(slug, name, hue, tagline, access, has_rules, words % {"count": threads or people})


@dataclass(frozen=True, slots=True)
class TopicToFollow:
    """A topic worth following: in how many threads the viewer met it, and how many new ones of their spaces name it."""

    slug: str
    name: str
    about: str
    own: int
    there: int

    @property
    def url(self) -> str:
        return f"/topics/{self.slug}"

    @property
    def reason(self) -> str:
        if self.own:
            words = ngettext(
                "You took part in %(count)s thread about it", "You took part in %(count)s threads about it", self.own
            )
            return words % {"count": self.own}
        words = ngettext(
            "%(count)s new thread in your spaces is about it",
            "%(count)s new threads in your spaces are about it",
            self.there,
        )
        return words % {"count": self.there}


TOPICS = f"""
with {REFUSED}, {MINE},
own as (
    select topic, count(*)::int as n from mine join content_item i on i.id = mine.thread_id
    cross join unnest(i.topic_ids) topic group by topic
), fresh as (
    select topic, count(*)::int as n from unnest(%(spaces)s::bigint[]) wanted cross join lateral (
        select i.topic_ids from feed_feedentry e join content_item i on i.id = e.item_id
        where e.space_id = wanted and e.is_live and {VISIBLE} order by e.at desc, e.item_id desc limit 30) t
    cross join unnest(t.topic_ids) topic group by topic
)
select t.slug, t.name, t.about, coalesce(own.n, 0), coalesce(fresh.n, 0)
from own full join fresh using (topic) join content_topic t on t.id = topic cross join refused
where (own.n >= 2 or fresh.n >= 2) and not t.id = any(refused.topics) and t.synonym_of_id is null and not exists (
    select 1 from social_follow f join content_topic said on said.id = f.topic_id
    where f.follower_id = %(person)s and coalesce(said.synonym_of_id, said.id) = t.id)
order by 2 * coalesce(own.n, 0) + coalesce(fresh.n, 0) desc, t.id limit %(most)s
"""


def topics(viewer: Viewer, most: int) -> list[TopicToFollow]:
    """Return topics that the viewer takes part in, or their spaces talk about, and that they do not follow.

    Cost: one bounded query.
    """
    return hot.rows(TOPICS, TopicToFollow, **_values(viewer, most))


def lists(viewer: Viewer, most: int) -> dict[str, Any]:
    """Return people, spaces and topics for a page, at most so many of each. Cost: at most five bounded queries."""
    return {"people": colleagues(viewer, most), "spaces": spaces(viewer, most), "topics": topics(viewer, most)}


def _values(viewer: Viewer, most: int) -> dict[str, Any]:
    about: dict[str, Any] = {"person": viewer.person_id, "spaces": viewer.space_ids, "most": most}
    return {**about, "now": timezone.now(), **visible_values(viewer)}
