"""What pages show of spaces beyond their items."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models.functions import Lower

from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.spaces.models import Space


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A space that colleagues of the viewer's unit or site are in, and how many of them."""

    id: int
    slug: str
    name: str
    hue: int
    tagline: str
    access: str
    member_count: int
    has_rules: bool
    colleagues: int
    names: list[str]


# Guests are suggested nothing. 300 colleagues tell as much as all of them would, and cost the same everywhere.
SUGGESTED = """
with me as (select unit_id, site_id from people_person where id = %(person)s and %(is_member)s),
near as (
    select p.id, p.name from people_person p cross join me
    where p.id <> %(person)s and p.is_active and p.role > 10 and (p.unit_id = me.unit_id or p.site_id = me.site_id)
    order by (p.unit_id = me.unit_id and p.site_id = me.site_id) desc nulls last, p.id limit 300
), joined as (
    select m.space_id, count(*) as colleagues, (array_agg(near.name order by near.id))[1:2] as names
    from near join spaces_membership m on m.person_id = near.id and m.standing in ('host', 'member')
    group by m.space_id
)
select s.id, s.slug, s.name, s.hue, s.tagline, s.access, s.member_count, jsonb_array_length(s.rules) > 0,
       joined.colleagues, joined.names
from joined join spaces_space s on s.id = joined.space_id
where s.purpose = 'space' and s.access <> 'secret' and s.archived_at is null
    and not exists (select 1 from spaces_membership mine where mine.space_id = s.id and mine.person_id = %(person)s)
order by joined.colleagues desc, s.member_count desc, s.id limit %(limit)s
"""


def suggested(viewer: Viewer, limit: int = 4) -> list[Suggestion]:
    """Return open and closed spaces that the viewer is not in and colleagues are, most colleagues first.

    Cost: one prepared query over at most 300 colleagues' memberships.
    """
    return hot.rows(SUGGESTED, Suggestion, person=viewer.person_id, is_member=viewer.is_member, limit=limit)


def similar(viewer: Viewer, name: str, limit: int = 4) -> list[Space]:
    """Return spaces the viewer may know of whose names are nearly this one, nearest first.

    Cost: one query over the names' trigrams.
    """
    words = clean_line(name).lower()
    if len(words) < 3:
        return []
    named = Space.objects.listed_for(viewer).annotate(lower_name=Lower("name"))
    near = named.filter(lower_name__trigram_similar=words, archived_at=None)
    return list(near.annotate(nearness=TrigramSimilarity(Lower("name"), words)).order_by("-nearness", "pk")[:limit])
