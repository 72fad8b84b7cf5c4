"""Whom and what one follows, and who follows one (R2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from watercooler.foundation.base.viewer import Viewer
from watercooler.projections.feed.reads import Place
from watercooler.spine.content.visibility import visible
from watercooler.spine.social.models import Follow
from watercooler.spine.spaces.models import Access, Level

MANY = 50
TABS = ("people", "spaces", "topics", "items", "followers")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing followed: its name, one line about it, its page, and where following is switched; `what` draws it."""

    what: str
    name: str
    line: str
    url: str
    follow_url: str
    is_followed: bool
    face: Any = None


def followed(viewer: Viewer, tab: str, after: Place) -> tuple[list[Line], str]:
    """Return at most 50 lines, newest first, and where the next page begins. Cost: at most two queries."""
    rows = list(_rows(viewer, tab).filter(pk__lt=after.key).order_by("-pk")[: MANY + 1])
    more = str(Place(rows[MANY - 1].pk, 0)) if len(rows) > MANY else ""
    mine = _also_followed(viewer, rows) if tab == "followers" else set()
    return [_line(tab, row, mine) for row in rows[:MANY]], more


def _rows(viewer: Viewer, tab: str) -> Any:
    following = Follow.objects.exclude(level=Level.MUTED)
    if tab == "followers":
        return following.filter(person_id=viewer.person_id, follower__is_active=True).select_related("follower__site")
    mine = following.filter(follower_id=viewer.person_id)
    if tab == "people":
        return mine.filter(person__is_active=True).select_related("person__site")
    if tab == "spaces":
        inside = Q(space__in=viewer.space_ids)
        may = inside | Q(space__access=Access.OPEN) if viewer.is_member else inside
        return mine.filter(may).select_related("space")
    if tab == "topics":
        return mine.filter(topic__isnull=False).select_related("topic")
    return mine.filter(visible(viewer, "item")).select_related("item__root", "item__author", "item__space")


def _also_followed(viewer: Viewer, rows: list[Follow]) -> set[int]:
    mine = Follow.objects.filter(follower_id=viewer.person_id, person__in=[row.follower_id for row in rows])
    return set(mine.exclude(level=Level.MUTED).values_list("person_id", flat=True))


def _line(tab: str, row: Follow, mine: set[int]) -> Line:
    if tab in {"people", "followers"}:
        person = row.person if tab == "people" else row.follower
        assert person is not None
        words = " · ".join(filter(None, [person.job, person.site.town if person.site else ""]))
        is_followed = tab == "people" or person.pk in mine
        return Line("person", person.name, words, person.url, f"{person.url}/followed", is_followed, person)
    if tab == "spaces" and row.space:
        space = row.space
        return Line("space", space.name, space.tagline, space.url, f"/spaces/{space.slug}/followed", True, space)
    if tab == "topics" and row.topic:
        return Line("topic", row.topic.name, row.topic.about, row.topic.url, f"{row.topic.url}/followed", True)
    assert row.item is not None
    item, words = row.item, f"{row.item.author.name} · {row.item.space.name}"
    return Line("item", str(item), words, item.url, f"/items/{item.pk}/followed", True, item.kind_of)
