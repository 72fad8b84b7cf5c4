"""What a profile shows: a person and one list of what they gave, in one prepared query."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from watercooler.foundation.base.kept import Kept
from watercooler.foundation.base.viewer import Viewer
from watercooler.foundation.database import hot
from watercooler.projections.contributions.reads import GIVEN
from watercooler.projections.experts.known_for import KNOWN_FOR
from watercooler.spine.content.checked import checked
from watercooler.spine.content.kinds import registered
from watercooler.spine.content.reads import LISTED_COLUMNS, LISTED_JOINS, Listed
from watercooler.spine.content.visibility import VISIBLE, visible_values
from watercooler.spine.conversations.openness import REFUSES
from watercooler.spine.social.reads.connections import STANDING, mutual
from watercooler.spine.spaces.sight import KNOWN, known_values

PAGE = 20
FIRST = "9999-12-31T00:00:00+00:00|9223372036854775807"

# The person as one JSON value. A guest is told nothing about the reporting line: the people in it may be strangers.
WHO = f"""
who as materialized (
select p.id, coalesce(w.id, 0) as wall_id, jsonb_build_object(
    'id', p.id, 'handle', p.handle, 'name', p.name, 'job', p.job, 'photo', p.photo, 'role', p.role,
    'is_active', p.is_active, 'is_imported', p.is_imported and p.last_login is null,
    'joined', to_char(p.joined_at, 'YYYY'), 'ends_on', p.ends_on, 'pronouns', p.pronouns,
    'status', p.status, 'about', p.about, 'offers', p.offers, 'wants', p.wants_to_learn, 'languages', p.languages,
    'site', site.name, 'town', site.town, 'zone', site.time_zone, 'unit', unit.name,
    'helped', c.helped, 'answers', c.answers, 'accepted', c.accepted, 'articles', c.articles, 'improved', c.improved,
    'questions', c.questions, 'posts', c.posts, 'known_for', {{known_for}},
    'is_followed', exists (select 1 from social_follow f
        where f.follower_id = %(viewer)s and f.person_id = p.id and f.level <> 'muted'),
    'takes_messages', not {REFUSES},
    'tie', {STANDING}, 'both_know', {{both_know}},
    'manager', case when %(knows_all)s then (select jsonb_build_object('name', m.name, 'handle', m.handle,
        'photo', m.photo, 'job', m.job, 'has_left', not m.is_active)
        from people_person m where m.id = p.manager_id) end,
    'sponsor', (select jsonb_build_object('name', s.name, 'handle', s.handle, 'photo', s.photo, 'job', s.job)
        from people_person s where s.id = p.sponsor_id),
    'reports', case when %(knows_all)s then (select coalesce(jsonb_agg(r order by r.name), '[]') from (
        select name, handle, photo, job from people_person
        where manager_id = p.id and is_active order by name limit 51) r) end
)::text as facts
from people_person p
left join spaces_space w on w.owner_id = p.id and w.purpose = 'wall'
left join people_site site on site.id = p.site_id
left join people_unit unit on unit.id = p.unit_id
{GIVEN}
where p.handle = %(handle)s and {KNOWN})"""

# Which items each tab lists; the ids first, with the limit, everything else joined after it.
LISTS = {
    "about": "i.space_id = who.wall_id and i.parent_id is null and i.kind <> 'article'",
    "wall": "i.space_id = who.wall_id and i.parent_id is null and i.kind <> 'article'",
    "blog": "i.space_id = who.wall_id and i.parent_id is null and i.kind = 'article'",
    "answers": "i.author_id = who.id and i.kind = 'answer'",
    "articles": "i.author_id = who.id and i.kind = 'article'",
}
TABS = tuple(LISTS)

SHOWN = """
shown as (select i.* from who cross join lateral (
    select i.id, i.published_at from content_item i where {list} and {visible}
    and (i.published_at, i.id) < (%(before_at)s, %(before_id)s)
    order by i.published_at desc, i.id desc limit %(limit)s) i)"""

CARDS = """
select case when row_number() over (order by i.published_at desc, i.id desc) = 1 then who.facts end,
    i.published_at, {columns}
from who left join (shown join content_item i on i.id = shown.id {joins}) on true
order by i.published_at desc, i.id desc"""

ANSWERS = """
select case when row_number() over (order by i.published_at desc, i.id desc) = 1 then who.facts end,
    i.published_at, i.id, i.excerpt, i.helped_count, r.id, r.kind, r.title, s.slug, s.name,
    exists (select 1 from questions_question q where q.accepted_answer_id = i.id), (i.card -> 'checked')::text
from who left join (shown join content_item i on i.id = shown.id join content_item r on r.id = i.root_id
    join spaces_space s on s.id = i.space_id) on true
order by i.published_at desc, i.id desc"""


def _sql(tab: str) -> str:
    shown = SHOWN.format(list=LISTS[tab], visible=VISIBLE)
    rest = ANSWERS if tab == "answers" else CARDS.format(columns=LISTED_COLUMNS, joins=LISTED_JOINS)
    beside = (
        {"known_for": KNOWN_FOR, "both_know": BOTH_KNOW} if tab == "about" else dict.fromkeys(BESIDE, "'[]'::jsonb")
    )
    who = WHO.format(**beside)
    return f"with {who}, {shown} {rest}"


BOTH_SHOWN = 3
BOTH_KNOW = f"(select coalesce(jsonb_agg(b), '[]') from ({mutual('p.id', BOTH_SHOWN)}) b)"
BESIDE = {"known_for": KNOWN_FOR, "both_know": BOTH_KNOW}
"""What is shown on the first tab alone."""

QUERIES = {tab: _sql(tab) for tab in TABS}


@dataclass(slots=True)
class Answered:
    """One answer somebody gave, with the question above it."""

    published_at: datetime
    id: int
    excerpt: str
    helped_count: int
    question_id: int
    question_kind: str
    question_title: str
    space_slug: str
    space_name: str
    is_accepted: bool
    mark_json: str | None

    @property
    def is_checked(self) -> bool:
        mark = checked({"checked": json.loads(self.mark_json)}) if self.mark_json else None
        return mark is not None and mark.stands

    @property
    def url(self) -> str:
        return f"{registered()[self.question_kind].url(self.question_id, self.question_title)}#item-{self.id}"


@dataclass(slots=True)
class Profile:
    """told: what WHO builds, by which what is made of it is kept. items: what is listed, or answers on their tab.

    more: where the next page begins.
    """

    told: str
    items: list[Any]
    more: str

    @property
    def facts(self) -> dict[str, Any]:
        """Return what WHO builds; shared, so nobody changes it."""
        return _facts.get(self.told, lambda: json.loads(self.told))


_facts: Kept[dict[str, Any]] = Kept(1_000)


def profile(viewer: Viewer, handle: str, tab: str, after: str = "", limit: int = PAGE) -> Profile | None:
    """Return a person with one tab's list, or None where there is none that this viewer may know of.

    after: the `more` of the page before. Cost: one prepared query.
    """
    before_at, before_id = _place(after)
    rows = hot.rows(
        QUERIES[tab],
        _answered if tab == "answers" else _listed,
        handle=handle.lower(),
        before_at=before_at,
        before_id=before_id,
        limit=limit + 1,
        **known_values(viewer),
        **visible_values(viewer),
    )
    if not rows:
        return None
    items: list[tuple[datetime, Any]] = [(at, item) for _facts, at, item in rows if at is not None]
    more = f"{items[limit - 1][0].isoformat()}|{items[limit - 1][1].id}" if len(items) > limit else ""
    return Profile(rows[0][0], [item for _at, item in items[:limit]], more)


def _answered(facts: Any, at: datetime | None, *columns: Any) -> tuple[Any, datetime | None, Answered | None]:
    return facts, at, Answered(at, *columns) if at else None


def _listed(facts: Any, at: datetime | None, *columns: Any) -> tuple[Any, datetime | None, Listed]:
    return facts, at, Listed(*columns)


def _place(after: str) -> tuple[datetime, int]:
    """Return where a page begins. What is not a place begins at the newest."""
    at, _bar, number = (after or FIRST).partition("|")
    try:
        moment = datetime.fromisoformat(at)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC), int(number)
    except (ValueError, OverflowError):
        return _place(FIRST)
