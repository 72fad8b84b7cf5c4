"""How much of each space reaches somebody's inbox, and what they muted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.visibility import visible
from watercooler.spine.social import acts as social
from watercooler.spine.social.models import Follow
from watercooler.spine.spaces.acts import set_level
from watercooler.spine.spaces.models import Level, Membership

MOST = 100
PAGE = 20


@dataclass(slots=True)
class Few:
    """One page of a list, and the place where the next one begins; empty at the end."""

    rows: list[dict[str, Any]]
    next: str = ""


def choices() -> list[tuple[str, str]]:
    """Return (level, words), most first."""
    return [
        (Level.ALL, _("Everything new")),
        (Level.MENTIONS, _("Mentions and replies to me")),
        (Level.MUTED, _("Nothing")),
    ]


def rows(viewer: Viewer) -> list[dict[str, Any]]:
    """Return {id, name, hue, level, is_own} of the viewer's spaces, by name.

    Without a choice the space's own level counts; is_own: whether the viewer chose another.
    """
    inside = Membership.objects.filter(person_id=viewer.person_id, standing__in=Membership.INSIDE)
    found = inside.filter(space__archived_at=None).order_by("space__name", "space_id")
    columns = found.values_list("space_id", "space__name", "space__hue", "level", "space__default_level")
    return [
        {"id": pk, "name": name, "hue": hue, "level": own or usual, "is_own": bool(own) and own != usual}
        for pk, name, hue, own, usual in columns
    ]


def few_spaces(viewer: Viewer, words: str = "", after: str = "") -> Few:
    """Return one page of the viewer's spaces called so: those with a level of the viewer's own first, then by name.

    Cost: one query over the viewer's own spaces.
    """
    first, _bar, rest = after.partition("|")
    name, _bar, number = rest.rpartition("|")
    start = (first != "0", name, int(number)) if number.isdecimal() and len(number) < 19 else (False, "", 0)
    placed = sorted((_place(row), row) for row in rows(viewer) if words.lower() in row["name"].lower())
    found = [(place, row) for place, row in placed if place > start][: PAGE + 1]
    if len(found) <= PAGE:
        return Few([row for _at, row in found])
    is_usual, last, last_id = found[PAGE - 1][0]
    return Few([row for _at, row in found[:PAGE]], f"{int(is_usual)}|{last}|{last_id}")


def _place(row: dict[str, Any]) -> tuple[bool, str, int]:
    return not row["is_own"], row["name"].lower(), row["id"]


def change(viewer: Viewer, given: Mapping[str, Any]) -> None:
    """Keep the levels that changed; anything that is no level or not the viewer's space is left out."""
    mine = Membership.objects.filter(person_id=viewer.person_id, standing__in=Membership.INSIDE)
    for membership in mine.filter(space__in=_ids(given, "level-")).select_related("space"):
        wanted = given.get(f"level-{membership.space_id}", "")
        if wanted in Level.values and wanted != (membership.level or membership.space.default_level):
            set_level(viewer, membership.space, Level(wanted))


def _ids(given: Mapping[str, Any], before: str) -> list[int]:
    numbers = [name.removeprefix(before) for name in given if name.startswith(before)]
    return [int(number) for number in numbers if number.isdecimal() and len(number) < 19]


def follow_choices() -> list[tuple[str, str]]:
    """Return (level, words) for people, topics and spaces that somebody follows."""
    return [(Level.ALL, _("In my inbox and feed")), (Level.MENTIONS, _("Only in my feed"))]


def _follows(viewer: Viewer) -> QuerySet[Follow]:
    found = Follow.objects.filter(follower_id=viewer.person_id, item=None).exclude(level=Level.MUTED)
    return found.select_related("person", "topic", "space__owner").order_by("-pk")


def follows(viewer: Viewer) -> list[dict[str, Any]]:
    """Return {id, name, url, level} of the people, topics and spaces the viewer follows, newest first, at most MOST."""
    return [_follow_row(row) for row in _follows(viewer)[:MOST]]


def few_follows(viewer: Viewer, words: str = "", after: str = "") -> Few:
    """Return one page of the people, topics and spaces called so that the viewer follows, newest first."""
    return _few(_follows(viewer).filter(_called(words)), after, _follow_row)


def _called(words: str) -> Q:
    names = ("person__name", "topic__name", "space__name", "item__title", "item__excerpt")
    return Q(*((f"{name}__icontains", words) for name in names), _connector=Q.OR) if words else Q()


def _few(found: QuerySet[Follow], after: str, show: Callable[[Follow], dict[str, Any]]) -> Few:
    later = found.filter(pk__lt=int(after)) if after.isdecimal() and len(after) < 19 else found
    few = list(later[: PAGE + 1])
    return Few([show(row) for row in few[:PAGE]], str(few[PAGE - 1].pk) if len(few) > PAGE else "")


def _follow_row(row: Follow) -> dict[str, Any]:
    what = row.person or row.topic or row.space
    name = f"#{what}" if row.topic else str(what)
    return {"id": row.pk, "name": name, "url": what.url if what else "", "level": row.level}


def change_follows(viewer: Viewer, given: Mapping[str, Any]) -> bool:
    """Keep the levels of what the viewer follows, where they changed. Returns whether any of these is a follow."""
    mine = _follows(viewer).filter(pk__in=_ids(given, "follow-"))
    for row in mine:
        what, wanted = row.person or row.topic or row.space, given.get(f"follow-{row.pk}")
        if what is not None and wanted != row.level and wanted in {Level.ALL, Level.MENTIONS}:
            social.follow(viewer, what, level=Level(wanted))
    return bool(mine)


def _muted(viewer: Viewer) -> QuerySet[Follow]:
    mine = Follow.objects.filter(Q(item=None) | visible(viewer, "item"), level=Level.MUTED)
    mine = mine.filter(follower_id=viewer.person_id).order_by("-pk")
    return mine.select_related("item__root", "person", "topic", "space__owner")


def muted(viewer: Viewer) -> list[dict[str, Any]]:
    """Return {name, url, undo} of what the viewer muted and may still see, newest first, at most MOST."""
    return [_muted_row(row) for row in _muted(viewer)[:MOST]]


def few_muted(viewer: Viewer, words: str = "", after: str = "") -> Few:
    """Return one page of what is called so, and the viewer muted and may still see, newest first."""
    return _few(_muted(viewer).filter(_called(words)), after, _muted_row)


def _muted_row(row: Follow) -> dict[str, Any]:
    if row.item is not None:
        return {"name": str(row.item), "url": row.item.url, "undo": f"/items/{row.item_id}/muted/undo"}
    if row.person is not None:
        return {"name": row.person.name, "url": row.person.url, "undo": f"{row.person.url}/muted/undo"}
    if row.topic is not None:
        return {"name": f"#{row.topic.name}", "url": row.topic.url, "undo": f"{row.topic.url}/muted/undo"}
    if row.space is not None:
        return {"name": row.space.name, "url": row.space.url, "undo": f"/spaces/{row.space.slug}/muted/undo"}
    return {"name": "", "url": "", "undo": ""}
