"""Removing, holding and bringing back. The row stays as a tombstone; what is removed waits in a revision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.content.acts.make import count_reply
from watercooler.spine.content.models import Item, ItemQuerySet, Revision
from watercooler.spine.content.verbs import HELD, REMOVED, Removal
from watercooler.spine.content.visibility import State
from watercooler.spine.content.written import written
from watercooler.spine.spaces.models import Space


def may_remove(viewer: Viewer, item: Item) -> bool:
    """Say whether the viewer may take the item away: its author, or a host of its space."""
    return viewer.is_known and (item.author_id == viewer.person_id or viewer.hosts(item.space_id))


def may_moderate(viewer: Viewer, item: Item) -> bool:
    """Say whether the viewer decides about others' words here: a host, or an administrator who may read them."""
    return viewer.hosts(item.space_id) or (viewer.is_administrator and viewer.reads(item.audience, item.space_id))


@transaction.atomic
def remove(viewer: Viewer, item: Item, reason: str = "") -> bool:
    """Empty a live item and hide what hangs below it. Returns False if it was gone already.

    Raises NotAllowed unless the viewer wrote it, hosts its space, or is an administrator and gives a reason.
    """
    if not (may_remove(viewer, item) or (reason and may_moderate(viewer, item))):
        raise NotAllowed(_("Only its author or a host can remove this."))
    if not _withdraw(viewer, item, State.REMOVED):
        return False
    record(viewer, REMOVED, item=item, detail=Removal(reason))
    return True


@transaction.atomic
def hold(viewer: Viewer, item: Item, reason: str) -> bool:
    """Hide an item until it is reviewed; its author reads it, with the reason. Hosts and administrators may."""
    if not may_moderate(viewer, item):
        raise NotAllowed(_("Only a host can hold this for review."))
    if not _withdraw(viewer, item, State.HELD):
        return False
    record(viewer, HELD, item=item, detail=Removal(reason))
    return True


@transaction.atomic
def hold_by_rule(viewer: Viewer, item: Item, reason: str) -> bool:
    """Hide an item because enough people flagged it, the viewer being the last of them. Any host brings it back."""
    if not _withdraw(viewer, item, State.HELD):
        return False
    record(viewer, HELD, item=item, detail=Removal(reason, is_rule=True))
    return True


def _withdraw(viewer: Viewer, item: Item, state: State) -> bool:
    now = timezone.now()
    locked = Item.objects.select_for_update().get(pk=item.pk)
    if locked.state != State.LIVE:
        return False
    gone = _emptied(viewer, locked, now) if state == State.REMOVED else {}
    Item.objects.filter(pk=item.pk).update(state=state, removed_at=now, version=F("version") + 1, **gone)
    _below(item).filter(state=State.LIVE).update(state=State.HIDDEN)
    _count(locked, -1, now)
    return True


def _emptied(viewer: Viewer, item: Item, now: datetime) -> dict[str, str]:
    """Keep the text in a revision, and return what the emptied row holds. What is held keeps its text: it is edited."""
    Revision.objects.get_or_create(
        item=item,
        number=item.revision,
        defaults={"author_id": viewer.person_id, "title": item.title, "source": item.source, "at": now},
    )
    return {"title": "", "source": "", "safe_html": "", "excerpt": ""}


def _below(item: Item) -> ItemQuerySet:
    return Item.objects.filter(Q(root_id=item.pk) | Q(parent_id=item.pk))


def _count(item: Item, sign: int, now: datetime) -> None:
    if item.parent_id is not None:
        count_reply(item, sign, now)
        return
    questions = {"question_count": F("question_count") + sign} if item.kind == "question" else {}
    Space.objects.filter(pk=item.space_id).update(item_count=F("item_count") + sign, **questions)


@transaction.atomic
def restore(viewer: Viewer, item: Item) -> bool:
    """Bring a removed or held item back with its text, as its author has changed it meanwhile, and all below it.

    Returns False if it is live. Raises NotAllowed unless the viewer may remove it; what a host removed or held, only a
    host brings back.
    """
    locked = Item.objects.select_for_update().get(pk=item.pk)
    if locked.state not in (State.REMOVED, State.HELD) or locked.published_at is None:
        return False
    verb = REMOVED if locked.state == State.REMOVED else HELD
    may_all = may_moderate(viewer, item)
    by_rules_too: dict[str, Any] = {} if may_all else {"detail__is_rule": False}
    if take_back(viewer, verb, whoever=may_all, item_id=item.pk, **by_rules_too) is None:
        raise NotAllowed(_("A host took this away; ask them to bring it back."))
    text = _text_of(locked) if locked.state == State.REMOVED else {}
    Item.objects.filter(pk=item.pk).update(state=State.LIVE, removed_at=None, version=F("version") + 1, **text)
    gone = (State.REMOVED, State.HELD)  # what hangs below an answer that was taken away by itself stays with it
    _below(item).filter(state=State.HIDDEN).exclude(parent__state__in=gone).update(state=State.LIVE)
    _count(locked, 1, timezone.now())
    return True


def _text_of(item: Item) -> dict[str, str]:
    """Take a removed item's text out of its revision again."""
    old = Revision.objects.get(item=item, number=item.revision)
    rendered = written(old.source)
    old.delete()
    return {"title": old.title, "source": old.source, "safe_html": rendered.html, "excerpt": rendered.excerpt}
