"""How a name goes on: people after @, topics after #."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.spine.content.visibility import ON_TOPIC, SAYS_TOPIC, VISIBLE, visible_values

# Guests meet only those with whom they share a space. A handle or any word of a name may begin as typed.
PEOPLE = """
select p.handle as value, p.name as label, concat_ws(' · ', nullif(p.job, ''), site.town) as sub, p.photo
from people_person p left join people_site site on site.id = p.site_id
where p.is_active and (p.handle like %(begin)s or lower(p.name) like %(begin)s or lower(p.name) like %(word)s)
  and (%(sees_all)s or exists (
      select from spaces_membership m where m.person_id = p.id and m.standing in ('host', 'member')
      and m.space_id = any(%(spaces)s)))
order by {near} desc, exists (
      select from spaces_membership m where m.person_id = p.id and m.standing in ('host', 'member')
      and m.space_id = any(%(spaces)s)) desc, p.handle like %(begin)s desc, p.name, p.id
limit 8
"""

MOST_COUNTED = 99
# A synonym leads to the word that people should use. Only what may be read is counted, and names a topic.
TOPICS = f"""
select found.value, found.label, counted.items
from (
    select main.id, main.slug as value, main.name as label, {ON_TOPIC.format(topic="main")} as much,
           bool_or(lower(t.name) like %(begin)s) as begins
    from content_topic t join content_topic main on main.id = coalesce(t.synonym_of_id, t.id)
    where (lower(t.name) like %(begin)s or lower(t.name) like %(word)s or t.slug like %(begin)s)
      and {SAYS_TOPIC.format(topic="main.id")}
    group by main.id order by begins desc, much desc, label limit 8
) found cross join lateral (
    select count(*) as items from (
        select from content_item i where i.topic_ids @> array[found.id] and i.parent_id is null and {VISIBLE}
        limit {MOST_COUNTED}) few
) counted
order by found.begins desc, found.much desc, found.label
"""


@cache
def _people() -> str:
    """Return PEOPLE with what a floor above says of who is near to `viewer`."""
    return PEOPLE.format(near=import_string(settings.NEAR_PEOPLE))


def _likes(typed: str) -> dict[str, str] | None:
    words = clean_line(typed).lower().lstrip("@#")
    if not words:
        return None
    literal = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {"begin": f"{literal}%", "word": f"% {literal}%"}


def people(viewer: Viewer, typed: str) -> list[dict[str, Any]]:
    """Return at most eight active people whom the viewer may meet, whom they are connected with and who is
    in their spaces first. Cost: one query."""
    likes = _likes(typed)
    if likes is None or not viewer.is_known:
        return []
    found = hot.rows(
        _people(), sees_all=viewer.is_member, spaces=list(viewer.space_ids), viewer=viewer.person_id, **likes
    )
    return [{"value": p.value, "label": p.label, "sub": p.sub, "photo": p.photo} for p in found]


def topics(viewer: Viewer, typed: str) -> list[dict[str, Any]]:
    """Return at most eight topics of what the viewer may read, the most used first. Cost: one query."""
    likes = _likes(typed)
    if likes is None or not viewer.is_known:
        return []
    found = hot.rows(TOPICS, **likes, **visible_values(viewer))
    return [{"value": t.value, "label": t.label, "sub": str(t.items)} for t in found]
