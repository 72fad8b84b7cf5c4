"""Who has shown that they know each of several things: the evidence beside what people say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from watercooler.foundation.base.text import slugify
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.experts.asking import Asked, storable
from watercooler.projections.experts.ranking import Ranked, rank
from watercooler.projections.experts.reads import EVIDENCE, Evidence
from watercooler.spine.content.kinds import url_of
from watercooler.spine.content.visibility import visible_values

RANKED = 40
"""How many people are looked at for one skill."""
OFTEN = 2
"""So many answers or pages near to a skill show it, also where nobody said yet that they helped."""

NAMED = """
select t.slug, lower(t.name) as name, coalesce(t.synonym_of_id, t.id) as id from content_topic t
where t.slug = any(%(slugs)s) or lower(t.name) = any(%(names)s)
"""


def proven(viewer: Viewer, skills: Sequence[str]) -> dict[str, list[Ranked]]:
    """Return skill → colleagues whose answers or pages show it, best first. Guests are told nobody.

    What one may not read, hid or opted out of shows nothing, as in `rank`. Cost: a query, and one a skill.
    """
    if not viewer.is_member or not skills:
        return {}
    now, topics = timezone.now(), _topics(skills)
    found = {}
    for skill in skills:
        ranked = rank(viewer, Asked(skill, topic_ids=topics.get(skill, ())), now, most=RANKED)
        found[skill] = [one for one in ranked if one.accepted or one.helped or one.alike >= OFTEN]
    return found


def _topics(skills: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return skill → the topic it names as a whole, if one is called so."""
    names = {skill: " ".join(storable(skill).lower().split()) for skill in skills}
    slugs = {skill: slugify(name, "") for skill, name in names.items()}
    rows = hot.rows(NAMED, slugs=sorted(set(slugs.values()) - {""}), names=sorted(set(names.values())))
    return {
        skill: tuple({row.id for row in rows if row.slug == slugs[skill] or row.name == names[skill]})
        for skill in skills
    }


def evidence(viewer: Viewer, items: Iterable[int]) -> dict[int, Evidence]:
    """Return item → what a page shows of it as evidence, where the viewer may read it. Cost: one prepared query."""
    return dict(hot.rows(EVIDENCE, _shown, items=sorted(set(items)), **visible_values(viewer)))


def _shown(*columns: Any) -> tuple[int, Evidence]:
    number, kind, title, excerpt, helped, root, root_kind, root_title, is_accepted = columns
    url = url_of(kind, number, title, root, root_kind, root_title)
    return number, Evidence(title or root_title or excerpt[:80], url, kind, helped, is_accepted)
