"""What pages show of who knows: people with a reason, the evidence for it, and where they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from watercooler.foundation.base.text import topic_slug
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.experts.asking import Asked, storable
from watercooler.projections.experts.ranking import FREE_FROM, FREE_TO, OPEN, Ranked, Wanted, rank
from watercooler.spine.content.kinds import registered, url_of
from watercooler.spine.content.visibility import VISIBLE, visible_values

PAGE = 10
COUNTED = 60
"""How many people are ranked, so that sites can be compared."""

PEOPLE = f"""
select p.id, p.name, p.handle, p.photo, p.job, p.languages, p.status, coalesce(site.name, ''), coalesce(site.town, ''),
       coalesce(site.time_zone, ''),
       p.status = %(open)s and extract(hour from %(now)s::timestamptz at time zone coalesce(site.time_zone, 'UTC'))
           between {FREE_FROM} and {FREE_TO} - 1,
       (select count(*)::int from experts_nudge n where n.person_id = p.id
        and n.at > %(now)s::timestamptz - interval '7 days')
from people_person p left join people_site site on site.id = p.site_id where p.id = any(%(people)s)
"""
EVIDENCE = f"""
select i.id, i.kind, i.title, i.excerpt, i.helped_count, r.id, coalesce(r.kind, ''), coalesce(r.title, ''),
       coalesce((r.card->'accepted'->>'id')::bigint = i.id, false)
from content_item i left join content_item r on r.id = i.root_id where i.id = any(%(items)s) and {VISIBLE}
"""
TOPICS = """
select coalesce(t.synonym_of_id, t.id) as id, bool_or(t.slug = %(slug)s or lower(t.name) = %(words)s) as is_whole
from content_topic t where t.slug = any(%(slugs)s) or lower(t.name) = %(words)s group by 1 order by 1
"""
SITES = "select id, name, town from people_site where id = any(%(sites)s)"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer or page that speaks for somebody."""

    title: str
    url: str
    kind: str
    helped_count: int
    is_accepted: bool

    @property
    def icon(self) -> str:
        return registered()[self.kind].icon


@dataclass(frozen=True, slots=True)
class Knower:
    """One colleague who may know, why, and how to reach them. load: how often they were nudged in seven days."""

    person_id: int
    name: str
    handle: str
    photo: str
    job: str
    languages: list[str]
    status: str
    site: str
    town: str
    time_zone: str
    is_free: bool
    load: int
    alike: int
    accepted: int
    helped: int
    evidence: list[Evidence]

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def reason(self) -> str:
        """Say in one sentence why they are named."""
        if not self.alike:
            return _("They wrote something with a word of this.")
        if self.accepted:
            return ngettext(
                "An answer of theirs to something like this was accepted.",
                "%(count)s of their answers to things like this were accepted.",
                self.accepted,
            ) % {"count": self.accepted}
        if self.helped:
            return ngettext(
                "What they wrote about this helped once.",
                "What they wrote about this helped %(count)s times.",
                self.helped,
            ) % {"count": self.helped}
        if self.alike == 1 and self.evidence:
            return _("They wrote “%(title)s”.") % {"title": self.evidence[0].title}
        return ngettext(
            "They answered or wrote about this once.", "They answered or wrote about this %(count)s times.", self.alike
        ) % {"count": self.alike}


@dataclass(frozen=True, slots=True)
class Found:
    """knowers: best first. sites: where those who know are, as (name, how many), most first. count: people in all."""

    knowers: list[Knower]
    sites: list[tuple[str, int]]
    count: int


def who_knows(viewer: Viewer, words: str, wanted: Wanted | None = None, most: int = PAGE) -> Found:
    """Return who knows about free text, as far as the viewer may read what shows it. Guests are told nobody.

    Cost: at most five prepared queries, one of which reads at most 12,000 entries.
    """
    if not viewer.is_member or not words.strip():
        return Found([], [], 0)
    now = timezone.now()
    ranked = rank(viewer, asked_in(words), now, most=COUNTED, wanted=wanted)
    return Found(shown(viewer, ranked[:most], now), _sites(ranked), len(ranked))


def asked_in(words: str) -> Asked:
    """Return what free text asks: its words, and the topics that it names, as a whole or one with a word. One query."""
    plain = " ".join(storable(words).lower().split())[:200]
    slug = topic_slug(plain)
    slugs = sorted({slug, *(topic_slug(word) for word in plain.split()[:12])} - {""})
    named = hot.rows(TOPICS, slug=slug, slugs=slugs, words=plain)
    whole = tuple(row.id for row in named if row.is_whole)
    return Asked(words, topic_ids=tuple(row.id for row in named)[:5], named=whole)


def shown(viewer: Viewer, ranked: Sequence[Ranked], now: datetime) -> list[Knower]:
    """Return these people with what a page shows of them. Cost: two prepared queries."""
    if not ranked:
        return []
    people = {row[0]: row for row in hot.rows(PEOPLE, _row, people=[r.person_id for r in ranked], open=OPEN, now=now)}
    items = [item for one in ranked for item in one.items]
    proofs = {row[0]: row for row in hot.rows(EVIDENCE, _row, items=items, **visible_values(viewer))}
    return [
        Knower(*(*people[one.person_id], one.alike, one.accepted, one.helped, _proofs(one, proofs)))
        for one in ranked
        if one.person_id in people
    ]


def _row(*columns: Any) -> tuple[Any, ...]:
    return columns


def _proofs(one: Ranked, rows: dict[int, tuple[Any, ...]]) -> list[Evidence]:
    """Return what speaks for somebody, each thread once: what was accepted in it, or what speaks loudest."""
    found: dict[int, Evidence] = {}
    for item in one.items[: max(one.alike, 1)]:
        if item in rows:
            number, kind, title, excerpt, helped, root, root_kind, root_title, is_accepted = rows[item]
            if (root or number) in found and not is_accepted:
                continue
            url = url_of(kind, number, title, root, root_kind, root_title)
            found[root or number] = Evidence(title or root_title or excerpt[:80], url, kind, helped, is_accepted)
    return list(found.values())


def _sites(ranked: Sequence[Ranked]) -> list[tuple[str, int]]:
    counted = Counter(one.site_id for one in ranked if one.site_id)
    named = {row.id: row.town or row.name for row in hot.rows(SITES, sites=list(counted))} if counted else {}
    return [(named[site], count) for site, count in counted.most_common(6) if site in named]


ASKED_IN = f"""
select i.title, i.source, i.topic_ids, i.space_id, i.author_id from content_item i where i.id = %(item)s and {VISIBLE}
"""


def who_may_know(viewer: Viewer, item_id: int, limit: int = 5) -> list[Knower]:
    """Return who may know what a question asks, the asker left out. Cost: at most four prepared queries."""
    row = hot.one(ASKED_IN, item=item_id, **visible_values(viewer))
    if row is None or not viewer.is_member:
        return []
    now = timezone.now()
    about = Asked(row.title, row.source, tuple(row.topic_ids), row.space_id)
    return shown(viewer, rank(viewer, about, now, most=limit, asker_id=row.author_id), now)
