"""How much of each space reaches somebody's inbox, and what they muted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.content.visibility import visible
from watercooler.spine.social import acts as social
from watercooler.spine.social.models import Follow
from watercooler.spine.spaces.acts import set_level
from watercooler.spine.spaces.models import Level, Membership

MOST = 100


def choices() -> list[tuple[str, str]]:
    """Return (level, words), most first."""
    return [
        (Level.ALL, _("Everything new")),
        (Level.MENTIONS, _("Mentions and replies to me")),
        (Level.MUTED, _("Nothing")),
    ]


def rows(viewer: Viewer) -> list[dict[str, Any]]:
    """Return {id, name, hue, level} of the viewer's spaces, by name. Without a choice the space's own level counts."""
    inside = Membership.objects.filter(person_id=viewer.person_id, standing__in=Membership.INSIDE)
    found = inside.filter(space__archived_at=None).select_related("space").order_by("space__name")
    return [
        {"id": m.space_id, "name": m.space.name, "hue": m.space.hue, "level": m.level or m.space.default_level}
        for m in found
    ]


def change(viewer: Viewer, given: Mapping[str, Any]) -> None:
    """Keep the levels that changed; anything that is no level or not the viewer's space is left out."""
    mine = Membership.objects.filter(person_id=viewer.person_id, standing__in=Membership.INSIDE).select_related("space")
    for membership in mine:
        wanted = given.get(f"level-{membership.space_id}", "")
        if wanted in Level.values and wanted != (membership.level or membership.space.default_level):
            set_level(viewer, membership.space, Level(wanted))


def follow_choices() -> list[tuple[str, str]]:
    """Return (level, words) for people, topics and spaces that somebody follows."""
    return [(Level.ALL, _("In my inbox and feed")), (Level.MENTIONS, _("Only in my feed"))]


def follows(viewer: Viewer) -> list[dict[str, Any]]:
    """Return {id, name, url, level} of the people, topics and spaces the viewer follows, newest first, at most MOST."""
    found = Follow.objects.filter(follower_id=viewer.person_id, item=None).exclude(level=Level.MUTED)
    found = found.select_related("person", "topic", "space__owner").order_by("-at")[:MOST]
    rows = []
    for row in found:
        what = row.person or row.topic or row.space
        if what is not None:
            name = f"#{what}" if row.topic else str(what)
            rows.append({"id": row.pk, "name": name, "url": what.url, "level": row.level})
    return rows


def change_follows(viewer: Viewer, given: Mapping[str, Any]) -> None:
    """Keep the levels of what the viewer follows, where they changed."""
    wanted = {row["id"]: given.get(f"follow-{row['id']}", row["level"]) for row in follows(viewer)}
    for row in Follow.objects.filter(pk__in=wanted, follower_id=viewer.person_id).select_related(
        "person", "topic", "space"
    ):
        what = row.person or row.topic or row.space
        if what is not None and wanted[row.pk] != row.level and wanted[row.pk] in {Level.ALL, Level.MENTIONS}:
            social.follow(viewer, what, level=Level(wanted[row.pk]))


def muted(viewer: Viewer) -> list[dict[str, str]]:
    """Return {name, url, undo} of what the viewer muted and may still see, newest first, at most MOST."""
    mine = Follow.objects.filter(follower_id=viewer.person_id, level=Level.MUTED)
    mine = mine.select_related("item__root", "person", "topic", "space__owner").order_by("-at")
    readable = set(mine.filter(visible(viewer, "item")).values_list("item_id", flat=True))
    shown = [row for row in mine[:MOST] if row.item_id is None or row.item_id in readable]
    return [_muted_row(row) for row in shown]


def _muted_row(row: Follow) -> dict[str, str]:
    if row.item is not None:
        return {"name": str(row.item), "url": row.item.url, "undo": f"/items/{row.item_id}/muted/undo"}
    if row.person is not None:
        return {"name": row.person.name, "url": row.person.url, "undo": f"{row.person.url}/muted/undo"}
    if row.topic is not None:
        return {"name": f"#{row.topic.name}", "url": row.topic.url, "undo": f"{row.topic.url}/muted/undo"}
    if row.space is not None:
        return {"name": row.space.name, "url": row.space.url, "undo": f"/spaces/{row.space.slug}/muted/undo"}
    return {"name": "", "url": "", "undo": ""}
