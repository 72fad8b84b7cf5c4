"""What a webhook is told of an activity: as much as its owner may see, decided when it is sent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.timezone import now

from watercooler.doors.webhooks.models import Delivery
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.verbs import Verb, registered
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.content.verbs import REMOVED
from watercooler.spine.content.visibility import State
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space

TEST = "webhook.test"
LONGEST_TEXT = 8000
SAID_OF_DETAIL = frozenset(
    {"reaction", "question_id", "topic_id", "into_id", "standing", "way", "fields", "revision", "rules_version"}
)
"""The fields of details that anybody in the space may know; reasons, notes and ratings are for those concerned."""


def offered() -> list[Verb]:
    """Return the verbs that a webhook may be told of: those that others than the actor may know of."""
    return [verb for verb in registered().values() if verb.is_public]


def payload(delivery: Delivery, viewer: Viewer) -> dict[str, Any] | None:
    """Return what to send, or None if this viewer may not know of it. Cost: at most six queries."""
    activity = delivery.activity
    if activity is None:
        sentence = "This is a test from Watercooler. If you can read it and its signature is right, all is well."
        return {"type": TEST, "timestamp": now().isoformat(), "data": {"sentence": sentence}}
    data = _data(activity, viewer)
    return None if data is None else {"type": delivery.type, "timestamp": activity.at.isoformat(), "data": data}


def _data(activity: Activity, viewer: Viewer) -> dict[str, Any] | None:
    verb = registered().get(activity.verb)
    if verb is None or not verb.is_public:
        return None
    item = Item.objects.select_related("space__owner", "author", "root").filter(pk=activity.item_id or 0).first()
    space = item.space if item else activity.space
    if not _may_know(viewer, activity, item, space):
        return None
    undone = activity.undoes
    return {
        "activity": str(activity.uuid),
        "verb": {"name": verb.name, "iri": verb.iri},
        "undoes": str(undone.uuid) if undone else None,
        "actor": _person(activity.actor),
        "person": _person(activity.person) if activity.person else None,
        "space": _space(space) if space else None,
        "item": _item(item) if item else None,
        "detail": {name: value for name, value in activity.detail.items() if name in SAID_OF_DETAIL},
    }


def _may_know(viewer: Viewer, activity: Activity, item: Item | None, space: Space | None) -> bool:
    """Say whether the owner looks after the place where it happened, and may read there what it is about."""
    if not viewer.is_administrator and (space is None or not viewer.hosts(space.pk)):
        return False
    if item is None:
        return Space.objects.readable_by(viewer).filter(pk=space.pk).exists() if space else viewer.is_member
    if Item.objects.visible_to(viewer).filter(pk=item.pk).exists():
        return True
    # That something they could read is gone is told too, without its words.
    was_seen = item.state == State.REMOVED and item.published_at is not None
    return activity.verb == REMOVED.name and was_seen and viewer.reads(item.audience, item.space_id)


def _person(person: Person) -> dict[str, Any]:
    return {"id": person.pk, "handle": person.handle, "name": person.name, "url": settings.SITE_URL + person.url}


def _space(space: Space) -> dict[str, Any]:
    return {"id": space.pk, "slug": space.slug, "name": space.name, "url": settings.SITE_URL + space.url}


def _item(item: Item) -> dict[str, Any]:
    if not item.is_live:
        return {"id": item.pk, "kind": item.kind, "is_removed": True}
    return {
        "id": item.pk,
        "kind": item.kind,
        "is_removed": False,
        "url": settings.SITE_URL + item.url,
        "title": item.title,
        "excerpt": item.excerpt,
        "text": item.source[:LONGEST_TEXT],
        "is_cut": len(item.source) > LONGEST_TEXT,
        "revision": item.revision,
        "author": _person(item.author),
        "parent_id": item.parent_id,
        "thread_id": item.thread_id,
        "topics": list(Topic.objects.filter(pk__in=item.topic_ids).order_by("slug").values_list("slug", flat=True)),
        "published_at": item.published_at.isoformat() if item.published_at else None,
        "edited_at": item.edited_at.isoformat() if item.edited_at else None,
    }
