"""Reading one's inbox, and hearing less. Settings of one's own: none of it is recorded."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.module_loading import import_string

from watercooler.foundation.base.viewer import Viewer
from watercooler.projections.notifications.models import Notification
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts as social
from watercooler.spine.spaces.acts import set_level
from watercooler.spine.spaces.models import Level, Space

FROM_PEOPLE = frozenset({"connects", "introduced", "meets"})
"""Reasons that end by hearing nothing more from whom it came."""
_TO_ITS_END = Greatest(F("read_position"), F("position"))


def read(viewer: Viewer, notification: Notification, up_to: int | None = None) -> None:
    """Mark one line read up to the position the viewer saw; what came to it since stays unread."""
    mine = Notification.objects.filter(pk=notification.pk, person_id=viewer.person_id)
    seen = F("position") if up_to is None else Least(F("position"), up_to)
    mine.update(read_position=Greatest(F("read_position"), seen))


def unread(viewer: Viewer, notification: Notification) -> None:
    """Mark one line unread again."""
    mine = Notification.objects.filter(pk=notification.pk, person_id=viewer.person_id, position__gt=0)
    mine.update(read_position=F("position") - 1)


@transaction.atomic
def read_all(viewer: Viewer, up_to: int) -> dict[int, int]:
    """Mark read what had been told up to a position, as the page showed it. Returns line → how far it was read before.

    Cost: two statements.
    """
    mine = Notification.objects.filter(person_id=viewer.person_id, position__lte=up_to, read_position__lt=F("position"))
    before = dict(mine.select_for_update().values_list("pk", "read_position"))
    Notification.objects.filter(pk__in=before).update(read_position=F("position"))
    return before


UNREAD_AGAIN = """
update notifications_notification n set read_position = least(n.read_position, b.position)
from unnest(%(lines)s::bigint[], %(positions)s::bigint[]) b (line, position)
where n.id = b.line and n.person_id = %(person)s
"""


def unread_again(viewer: Viewer, before: dict[int, int]) -> None:
    """Take `read_all` back: each of the viewer's lines is read as far as it was. Cost: one statement."""
    values: dict[str, Any] = {"lines": list(before), "positions": list(before.values()), "person": viewer.person_id}
    with connection.cursor() as cursor:
        cursor.execute(UNREAD_AGAIN, values)


def read_thread(viewer: Viewer, root_id: int, seen_id: int = 0) -> int:
    """Mark read what the viewer was told of a thread they have open. Returns how many lines changed.

    seen_id: the newest item that was on the page; a line about a newer one stays unread. Cost: one update.
    """
    mine = Notification.objects.filter(person_id=viewer.person_id, item_id=root_id, read_position__lt=F("position"))
    if seen_id:
        mine = mine.filter(Q(last_item_id__lte=seen_id) | Q(last_item=None))
    return mine.update(read_position=F("position"))


def mute_thread(viewer: Viewer, root: Item) -> None:
    """Hear nothing more of a thread; what was told of it counts as read."""
    social.mute(viewer, root)
    Notification.objects.filter(person_id=viewer.person_id, item=root).update(read_position=_TO_ITS_END)


def unmute_thread(viewer: Viewer, root: Item, because: str = "") -> None:
    """Hear of a thread again. because: of a line that came as the thread was followed, which it then is again."""
    if because == "follows_item":
        social.follow(viewer, root)
    else:
        social.unfollow(viewer, root)


def less(viewer: Viewer, notification: Notification) -> str:
    """Undo the reason of a line. Returns the address that takes it back.

    What was asked to come into the inbox comes into the feed alone; a followed person or thread is followed no more;
    a question one was nudged about counts as "Not me".
    Where there is nothing to stop, as for one's own thread, the thread is muted.
    """
    followed = _followed(notification)
    if notification.because in FROM_PEOPLE and (sender := _sender(notification)):
        social.mute(viewer, sender)
    elif notification.because == "nudged" and notification.item_id:
        import_string(settings.NOT_ME)(viewer, notification.item_id)
    elif notification.because == "saved_search" and notification.because_id:
        import_string(settings.FOUND_NO_MORE)(viewer, notification.because_id)
    elif isinstance(followed, Space) and notification.because == "level":
        set_level(viewer, followed, Level.MENTIONS)
    elif isinstance(followed, Space | Topic):
        social.follow(viewer, followed, level=Level.MENTIONS)
    elif followed is not None:
        social.unfollow(viewer, followed)
    elif notification.item is not None:
        mute_thread(viewer, notification.item)
    return f"/inbox/{notification.pk}/less/undo"


def as_before(viewer: Viewer, notification: Notification) -> None:
    """Take `less` back."""
    followed = _followed(notification)
    if notification.because in FROM_PEOPLE and (sender := _sender(notification)):
        social.unfollow(viewer, sender)
    elif notification.because == "nudged" and notification.item_id:
        import_string(settings.AFTER_ALL)(viewer, notification.item_id)
    elif notification.because == "saved_search" and notification.because_id:
        import_string(settings.FOUND_AGAIN)(viewer, notification.because_id)
    elif isinstance(followed, Space) and notification.because == "level":
        set_level(viewer, followed, Level.ALL)
    elif followed is not None:
        social.follow(viewer, followed, level=Level.ALL)
    elif notification.item is not None:
        unmute_thread(viewer, notification.item)


def _sender(notification: Notification) -> Person | None:
    return Person.objects.filter(pk=notification.actor_ids[0]).first() if notification.actor_ids else None


def _followed(notification: Notification) -> Person | Space | Topic | Item | None:
    """Return what a line is there for, if it was asked for and can be asked off."""
    if notification.because == "follows_item":
        return notification.item
    of = notification.because_id or 0
    if notification.because == "follows_person":
        return Person.objects.filter(pk=of).first()
    if notification.because == "follows_topic":
        return Topic.objects.filter(pk=of).first()
    if notification.because in {"follows_space", "level"}:
        return Space.objects.filter(pk=of).first()
    return None
