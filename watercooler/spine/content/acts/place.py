"""Where an item lives, and what stands at the top of a space."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.models import Activity
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.content.acts.make import may_post
from watercooler.spine.content.models import Highlight, Item
from watercooler.spine.content.verbs import HIGHLIGHTED, MOVED, Moving
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Access, Membership, Purpose, Space
from watercooler.spine.spaces.verbs import CHANGED_SPACE, SpaceChange
from watercooler.spine.spaces.viewer import forget


def may_move(viewer: Viewer, item: Item) -> bool:
    """Say whether the viewer may take an item and all below it to another space: its author, or a host of its space."""
    mine = viewer.is_known and item.author_id == viewer.person_id
    return item.parent_id is None and (mine or viewer.hosts(item.space_id))


def places_for(viewer: Viewer, item: Item) -> list[Space]:
    """Return where the viewer may move an item: the other spaces they are in, and their own wall if they wrote it.

    By name, the wall last. Cost: one query.
    """
    ids = set(viewer.space_ids) | ({viewer.wall_id} if item.author_id == viewer.person_id else set())
    others = Space.objects.filter(pk__in=ids - {item.space_id}, archived_at=None).select_related("owner")
    fitting = [space for space in others.order_by("name") if may_post(viewer, space, item.kind_of)]
    return sorted(fitting, key=lambda space: space.purpose == Purpose.WALL)


@transaction.atomic
def move(viewer: Viewer, item: Item, to: Space) -> bool:
    """Move a top item with its whole thread, in one statement. Its author or a host may, into a space they post in.

    To a wall only its own author takes it: a wall holds what its person wants to say. Returns False if it is there
    already. Raises NotAllowed.
    """
    is_others_wall = to.purpose == Purpose.WALL and not (to.owner_id == item.author_id == viewer.person_id)
    if not may_move(viewer, item) or is_others_wall or not may_post(viewer, to, item.kind_of):
        raise NotAllowed(_("You can’t move this there."))
    if item.space_id == to.pk:
        return False
    was = item.space_id
    thread = Item.objects.filter(Q(pk=item.pk) | Q(root_id=item.pk))
    thread.update(space=to, audience=to.audience, version=F("version") + 1)
    if item.is_live:
        _count_move(item, was, to.pk)
    item.refresh_from_db()
    record(viewer, MOVED, item=item, detail=Moving(was))
    return True


def _count_move(item: Item, was: int, to: int) -> None:
    asked, solved = int(item.kind == "question"), int(bool(item.card.get("solved")))
    for space_id, sign in ((was, -1), (to, 1)):
        Space.objects.filter(pk=space_id).update(
            item_count=F("item_count") + sign,
            question_count=F("question_count") + sign * asked,
            solved_count=F("solved_count") + sign * solved,
        )


def move_back(viewer: Viewer, item: Item) -> bool:
    """Move an item back to where the viewer took it from, if they moved it last. Raises NotAllowed."""
    last = Activity.objects.filter(verb=MOVED.name, item_id=item.pk).order_by("-id").first()
    if last is None or last.actor_id != viewer.person_id:
        return False
    return move(viewer, item, Space.objects.select_related("owner").get(pk=last.detail["from_space_id"]))


@transaction.atomic
def change_access(viewer: Viewer, space: Space, access: Access) -> None:
    """Open, close or hide a space; everything in it follows in the same transaction. Raises NotAllowed.

    Cost: rewrites the audience of every item of the space.
    """
    if not viewer.hosts(space.pk):
        raise NotAllowed(_("Only a host can change who gets in."))
    Space.objects.select_for_update().get(pk=space.pk)
    space.access = access
    space.save(update_fields=["access"])
    Item.objects.filter(space=space).update(audience=space.audience, version=F("version") + 1)
    inside = Membership.objects.filter(space=space, standing__in=Membership.INSIDE)
    forget(*inside.values_list("person_id", flat=True))
    record(viewer, CHANGED_SPACE, space_id=space.pk, detail=SpaceChange(["access"]))


def may_highlight(viewer: Viewer, item: Item) -> bool:
    """Say whether the viewer may put an item at the top of its space. Cost: at most one query."""
    return viewer.hosts(item.space_id) or _writes_for(viewer, item)


def _writes_for(viewer: Viewer, item: Item) -> bool:
    return Person.objects.filter(pk=item.author_id, manager_id=viewer.person_id).exists()


@transaction.atomic
def highlight(
    viewer: Viewer, item: Item, *, note: str = "", is_pinned: bool = False, ends_on: date | None = None
) -> None:
    """Put an item at the top of its space, with the reason. A host may, and a manager for what their own team wrote.

    Doing it again changes note and end. Raises NotAllowed.
    """
    if not (viewer.hosts(item.space_id) or (_writes_for(viewer, item) and not is_pinned)):
        raise NotAllowed(_("Only a host can highlight things here."))
    values = {"person_id": viewer.person_id, "note": clean_line(note)[:200], "is_pinned": is_pinned, "ends_on": ends_on}
    _row, is_new = Highlight.objects.update_or_create(
        space_id=item.space_id, item=item, defaults=values, create_defaults={**values, "at": timezone.now()}
    )
    if is_new:
        record(viewer, HIGHLIGHTED, item=item)


@transaction.atomic
def take_down(viewer: Viewer, item: Item) -> bool:
    """Take an item off the top of its space. Returns False if it was not there. Raises NotAllowed."""
    found = Highlight.objects.filter(space_id=item.space_id, item=item).first()
    if found is None:
        return False
    if not (viewer.hosts(item.space_id) or found.person_id == viewer.person_id):
        raise NotAllowed(_("Only a host can take this down."))
    found.delete()
    take_back(viewer, HIGHLIGHTED, item_id=item.pk)
    return True
