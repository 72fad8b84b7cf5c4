"""Following people, spaces, topics and items; and wanting to hear nothing of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.people.models import Person
from watercooler.spine.social.acts.marking import check_readable
from watercooler.spine.social.models import Follow
from watercooler.spine.social.verbs import FOLLOWED, Following
from watercooler.spine.spaces.models import Level, Space

Followed = Person | Space | Topic | Item


def _target(what: Followed) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Return the column of Follow, the arguments for `record`, and those that find the record again."""
    if isinstance(what, Person):
        return "person", {"person_id": what.pk, "detail": Following()}, {"person_id": what.pk}
    if isinstance(what, Space):
        return (
            "space",
            {"space_id": what.pk, "detail": Following()},
            {"space_id": what.pk, "item": None, "detail__topic_id": None},
        )
    if isinstance(what, Topic):
        return "topic", {"detail": Following(topic_id=what.pk)}, {"detail__topic_id": what.pk}
    return "item", {"item": what, "detail": Following()}, {"item_id": what.pk}


def _check(viewer: Viewer, what: Followed) -> None:
    if isinstance(what, Item):
        check_readable(viewer, what)
    if isinstance(what, Person) and what.pk == viewer.person_id:
        raise NotAllowed(_("You can’t follow yourself."))
    if isinstance(what, Space) and not Space.objects.readable_by(viewer).filter(pk=what.pk).exists():
        raise NotAllowed(_("You can’t follow this."))


@transaction.atomic
def follow(viewer: Viewer, what: Followed, at: datetime | None = None, level: Level | None = None) -> bool:
    """Follow a person, space, topic or item. Twice changes nothing; it also ends a mute. Raises NotAllowed.

    level: ALL is told in the inbox, MENTIONS only shows in the Following feed. Spaces and topics begin with the feed:
    a topic that a thousand follow would write a thousand inbox lines a post, and most of them unwanted.
    """
    _check(viewer, what)
    level = level or (Level.MENTIONS if isinstance(what, Space | Topic) else Level.ALL)
    column, recording, _found_by = _target(what)
    row, is_new = Follow.objects.get_or_create(
        follower_id=viewer.person_id, **{column: what}, defaults={"level": level, "at": at or timezone.now()}
    )
    if not is_new:
        Follow.objects.filter(pk=row.pk).update(level=level)
        if row.level != Level.MUTED:
            return False
    if isinstance(what, Topic):
        Topic.objects.filter(pk=what.pk).update(follower_count=F("follower_count") + 1)
    record(viewer, FOLLOWED, at=at, **recording)
    return True


@transaction.atomic
def unfollow(viewer: Viewer, what: Followed) -> bool:
    """Stop following, or end a mute. Returns False if there was neither."""
    column, _recording, found_by = _target(what)
    mine = Follow.objects.filter(follower_id=viewer.person_id, **{column: what}).first()
    if mine is None:
        return False
    mine.delete()
    if mine.level != Level.MUTED:
        if isinstance(what, Topic):
            Topic.objects.filter(pk=what.pk).update(follower_count=F("follower_count") - 1)
        take_back(viewer, FOLLOWED, **found_by)
    return True


@transaction.atomic
def mute(viewer: Viewer, what: Followed) -> Level | None:
    """Hear nothing more about something. A setting of one's own: it ends a follow, and is not recorded.

    Returns the level of the follow it ended, None if there was none: whoever takes the mute back means to have that
    again. Raises NotAllowed for oneself.
    """
    if isinstance(what, Person) and what.pk == viewer.person_id:
        raise NotAllowed(_("You can’t mute yourself."))
    column, _recording, _found_by = _target(what)
    before = Follow.objects.filter(follower_id=viewer.person_id, **{column: what}).exclude(level=Level.MUTED).first()
    unfollow(viewer, what)
    Follow.objects.create(follower_id=viewer.person_id, **{column: what}, level=Level.MUTED, at=timezone.now())
    return Level(before.level) if before else None
