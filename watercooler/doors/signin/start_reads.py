"""What the first steps suggest: topics, spaces and people near somebody who is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.contributions.reads import HELPED
from watercooler.spine.content.visibility import SAYS_TOPIC, visible_values
from watercooler.spine.spaces.sight import KNOWN, known_values


@dataclass(frozen=True, slots=True)
class SuggestedTopic:
    """A topic to pick."""

    id: int
    slug: str
    name: str
    is_followed: bool


@dataclass(frozen=True, slots=True)
class SuggestedSpace:
    """A space to join. near: how many of one's own unit or site are in it."""

    id: int
    slug: str
    name: str
    hue: int
    tagline: str
    member_count: int
    near: int
    fits: int
    is_joined: bool

    @property
    def why(self) -> str:
        members = ngettext("%(count)s member", "%(count)s members", self.member_count) % {
            "count": f"{self.member_count:,}"
        }
        if self.near:
            return _("%(near)s from your place · %(members)s") % {"near": self.near, "members": members}
        return self.tagline or members


@dataclass(frozen=True, slots=True)
class SuggestedPerson:
    """A colleague to follow, and why."""

    id: int
    handle: str
    name: str
    photo: str
    job: str
    helped: int
    is_manager: bool
    is_followed: bool

    @property
    def why(self) -> str:
        if self.is_manager:
            return _("Your manager")
        if self.helped:
            return _("%(job)s · helped %(helped)s") % {"job": self.job, "helped": f"{self.helped:,}"}
        return self.job


TOPICS = f"""
select t.id, t.slug, t.name,
       exists (select 1 from social_follow f
               where f.follower_id = %(person)s and f.topic_id = t.id and f.level <> 'muted')
from content_topic t where t.synonym_of_id is null and {SAYS_TOPIC.format(topic="t.id")}
order by 4 desc, t.open_count desc, t.id limit 20
"""


def topics(viewer: Viewer) -> list[SuggestedTopic]:
    """Return the topics most talked about, own ones first. Guests are shown none: topics tell what others work on."""
    if not viewer.is_member:
        return []
    return hot.rows(TOPICS, SuggestedTopic, person=viewer.person_id, **visible_values(viewer))


# Only the 300 most alive open spaces are looked at, so that an organisation with 5,000 does not wait.
SPACES = """
with me as (select unit_id, site_id from people_person where id = %(person)s),
alive as (select s.id from spaces_space s where s.purpose = 'space' and s.access = 'open' and s.archived_at is null
          order by s.last_item_at desc nulls last limit 300)
select s.id, s.slug, s.name, s.hue, s.tagline, s.member_count, near.people::int, fit.items::int, s.id = any(%(own)s)
from alive join spaces_space s on s.id = alive.id cross join me
cross join lateral (
    select count(*) as people from spaces_membership m join people_person p on p.id = m.person_id
    where m.space_id = s.id and m.standing in ('host', 'member') and p.id <> %(person)s
      and (p.unit_id = me.unit_id or p.site_id = me.site_id)) near
cross join lateral (
    select count(*) as items from (select 1 from content_item i where i.space_id = s.id and i.state = 1
      and i.parent_id is null and i.topic_ids && %(topics)s::bigint[] limit 20) few) fit
order by 9 desc, (fit.items * 3 + near.people) desc, s.member_count desc, s.id limit %(limit)s
"""


def spaces(viewer: Viewer, topic_ids: Sequence[int], limit: int) -> list[SuggestedSpace]:
    """Return open spaces, joined ones first, then those that fit the topics and hold people of one's own place."""
    if not viewer.is_member:
        return []
    return hot.rows(
        SPACES, SuggestedSpace, person=viewer.person_id, own=viewer.space_ids, topics=list(topic_ids), limit=limit
    )


# The people tables are small (thousands); this runs once for each newcomer.
PEOPLE = f"""
with me as (select unit_id, site_id, manager_id from people_person where id = %(viewer)s),
writers as (select distinct author_id from (select author_id from content_item where state = 1 and audience = 0
            and topic_ids && %(topics)s::bigint[] order by published_at desc limit 300) recent)
select p.id, p.handle, p.name, p.photo, p.job, coalesce(c.helped, 0), coalesce(p.id = me.manager_id, false),
       exists (select 1 from social_follow f
               where f.follower_id = %(viewer)s and f.person_id = p.id and f.level <> 'muted')
from people_person p cross join me left join {HELPED} c on c.person_id = p.id
where p.is_active and p.id <> %(viewer)s and p.role > 10 and {KNOWN}
order by 8 desc, (case when p.id = me.manager_id then 50 else 0 end
    + case when p.id in (select author_id from writers) then 20 else 0 end
    + case when p.unit_id = me.unit_id then 8 else 0 end + case when p.site_id = me.site_id then 4 else 0 end
    + least(coalesce(c.helped, 0), 400) / 20.0) desc, p.id limit %(limit)s
"""


def people(viewer: Viewer, topic_ids: Sequence[int], limit: int) -> list[SuggestedPerson]:
    """Return colleagues worth following: followed ones, one's manager, who writes on the topics, who is near."""
    return hot.rows(
        PEOPLE, SuggestedPerson, topics=list(topic_ids), limit=limit, **known_values(viewer), **visible_values(viewer)
    )


SKILLS = """
select skill from (select unnest(p.offers) as skill, p.unit_id from people_person p where p.is_active) x
where skill <> all(%(own)s) group by skill
order by count(*) filter (where unit_id = (select unit_id from people_person where id = %(person)s)) desc,
         count(*) desc, skill limit 6
"""


def skills(viewer: Viewer, own: Sequence[str]) -> list[str]:
    """Return skills that colleagues of one's own unit offer, as a hint of what one might offer too."""
    if not viewer.is_member:
        return []
    return [row.skill for row in hot.rows(SKILLS, person=viewer.person_id, own=list(own))]
