"""The directory of spaces: most alive first, narrowed by facets, found by words that need not be spelt right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.feed.reads import Place, moment
from watercooler.spine.spaces.models import Membership


@dataclass(frozen=True, slots=True)
class Listed:
    """A space in the directory. answered: of its questions, how many were solved. standing: the viewer's, or ""."""

    id: int
    slug: str
    name: str
    hue: int
    access: str
    tagline: str
    member_count: int
    question_count: int
    solved_count: int
    has_rules: bool
    last_item_at: datetime | None
    standing: str
    parent_name: str
    key: int

    @property
    def is_inside(self) -> bool:
        return self.standing in Membership.INSIDE


FACETS: dict[str, dict[str, str]] = {
    "access": {"open": "s.access = 'open'", "closed": "s.access = 'closed'", "secret": "s.access = 'secret'"},
    "mine": {
        "joined": "m.standing in ('host', 'member')",
        "hosted": "m.standing = 'host'",
        "invited": "m.standing in ('invited', 'requested')",
        "not": "m.id is null",
    },
    "size": {
        "small": "s.member_count < 20",
        "medium": "s.member_count between 20 and 99",
        "large": "s.member_count >= 100",
    },
    "alive": {
        "week": "s.last_item_at > now() - interval '7 days'",
        "month": "s.last_item_at > now() - interval '30 days'",
        "quiet": "coalesce(s.last_item_at, s.made_at) <= now() - interval '30 days'",
    },
}
"""What the directory can be narrowed by. Values of one facet add up, facets narrow each other."""

ALIVE = "coalesce(s.last_item_at, s.made_at)"
DIRECTORY = f"""
select s.id, s.slug, s.name, s.hue, s.access, s.tagline, s.member_count, s.question_count, s.solved_count,
       jsonb_array_length(s.rules) > 0, s.last_item_at, coalesce(m.standing, ''),
       coalesce(case when (up.access <> 'secret' and %(is_member)s) or up.id = any(%(spaces)s) then up.name end, ''),
       {moment(ALIVE)}
from spaces_space s left join spaces_membership m on m.space_id = s.id and m.person_id = %(person)s
left join spaces_space up on up.id = s.parent_id
where s.purpose = 'space' and s.archived_at is null and (m.id is not null or (%(is_member)s and s.access <> 'secret'))
"""
ALIVE_FIRST = f"""{DIRECTORY} {{narrowed}} and ({ALIVE}, s.id) < (%(at)s, %(id)s)
order by {ALIVE} desc, s.id desc limit 25"""
# Names and taglines that hold the words, and names that are nearly the words; the nearest names first.
NEAREST_FIRST = f"""{DIRECTORY} {{narrowed}} and (lower(s.name) like %(like)s or lower(s.tagline) like %(like)s
    or word_similarity(%(q)s, lower(s.name)) > 0.35)
order by lower(s.name) like %(like)s desc, word_similarity(%(q)s, lower(s.name)) desc, s.member_count desc, s.id
limit 24
"""
MANY = 24


def directory(viewer: Viewer, words: str, chosen: dict[str, list[str]], after: Place) -> tuple[list[Listed], str]:
    """Return at most 24 spaces the viewer may know of and where the next page begins, most alive first.

    words: what is searched for; then the nearest names come first, and there is no second page. chosen: facet →
    values of FACETS. Cost: one prepared query that rides `space_directory`, or a pass over the names when searching.
    """
    narrowed = "".join(_any_of(facet, values) for facet, values in chosen.items() if values)
    words = words.lower().strip()
    like = "%" + words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    values: dict[str, Any] = {"person": viewer.person_id, "is_member": viewer.is_member, "spaces": viewer.space_ids}
    if words:
        sql, values = NEAREST_FIRST, {**values, "q": words, "like": like}
    else:
        sql, values = ALIVE_FIRST, {**values, "at": after.at, "id": after.id}
    found = hot.rows(sql.replace("{narrowed}", narrowed), Listed, **values)
    more = str(Place(found[MANY - 1].key, found[MANY - 1].id)) if len(found) > MANY else ""
    return found[:MANY], more


def _any_of(facet: str, values: list[str]) -> str:
    return f" and ({' or '.join(FACETS[facet][value] for value in values)})"
