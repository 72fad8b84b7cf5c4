"""Who has shown that they know each of several things: the evidence beside what people say of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from watercooler.foundation.base.language import LANGUAGES
from watercooler.foundation.base.text import topic_slug
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.experts.asking import LANGUAGE, Asked, storable
from watercooler.projections.experts.ranking import Ranked, rank
from watercooler.projections.experts.reads import EVIDENCE, Evidence
from watercooler.spine.content.kinds import url_of
from watercooler.spine.content.visibility import visible_values

RANKED = 40
"""How many people are looked at for one skill."""
OFTEN = 2
"""So many answers or pages show a skill, also where nobody said yet that they helped."""

NAMED = """
select t.slug, lower(t.name) as name, coalesce(t.synonym_of_id, t.id) as id from content_topic t
where t.slug = any(%(slugs)s) or lower(t.name) = any(%(names)s)
"""
# Ranking forgives half a match; a claim does not: an entry shows a skill if it holds every word of it, or its topic.
HOLDING = f"""
with tongue as materialized ({LANGUAGE})
select s.skill, e.item_id
from tongue cross join unnest(%(skills)s::text[], %(topics)s::bigint[]) s (skill, topic)
cross join lateral (
    select array_agg(stem_key(lexeme)) as keys from unnest(
        to_tsvector(search_config(tongue.language), search_asked_apart(s.skill)))) k
join experts_entry e on e.item_id = any(%(items)s) and (e.keys @> k.keys or s.topic = any(e.topic_ids))
"""


def proven(viewer: Viewer, skills: Sequence[str]) -> dict[str, list[tuple[int, list[Evidence]]]]:
    """Return skill → (person, what shows it, at most three), best first. Guests are told nobody.

    What one may not read, hid or opted out of shows nothing, as in `rank`. Cost: three queries, and one a skill.
    """
    if not viewer.is_member or not skills:
        return {}
    now, topics = timezone.now(), _topics(skills)
    ranked = {skill: _ranked(viewer, skill, topics[skill], now) for skill in skills}
    items = sorted({item for found in ranked.values() for one in found for item in one.items})
    values = {"skills": list(skills), "topics": [topics[skill] for skill in skills], "items": items}
    values |= {"language": "", "codes": LANGUAGES}
    holding = {(row.skill, row.item_id) for row in hot.rows(HOLDING, **values)}
    proofs: dict[int, Evidence] = dict(hot.rows(EVIDENCE, _shown, items=items, **visible_values(viewer)))
    found = {}
    for skill, people in ranked.items():
        shown = [
            (one.person_id, [proofs[item] for item in one.items if (skill, item) in holding and item in proofs])
            for one in people
        ]
        found[skill] = [(person, each) for person, each in shown if _is_enough(each)]
    return found


def _ranked(viewer: Viewer, skill: str, topic: int, now: Any) -> list[Ranked]:
    return rank(viewer, Asked(skill, named=(topic,) if topic else ()), now, most=RANKED)


def _is_enough(proofs: list[Evidence]) -> bool:
    return len(proofs) >= OFTEN or any(each.is_accepted or each.helped_count for each in proofs)


def _topics(skills: Sequence[str]) -> dict[str, int]:
    """Return skill → the topic it names as a whole, or 0."""
    names = {skill: " ".join(storable(skill).lower().split()) for skill in skills}
    slugs = {skill: topic_slug(name) for skill, name in names.items()}
    rows = hot.rows(NAMED, slugs=sorted(set(slugs.values()) - {""}), names=sorted(set(names.values())))
    return {
        skill: next((row.id for row in rows if row.slug == slugs[skill] or row.name == names[skill]), 0)
        for skill in skills
    }


def _shown(*columns: Any) -> tuple[int, Evidence]:
    number, kind, title, excerpt, helped, root, root_kind, root_title, is_accepted = columns
    url = url_of(kind, number, title, root, root_kind, root_title)
    return number, Evidence(title or root_title or excerpt[:80], url, kind, helped, is_accepted)
