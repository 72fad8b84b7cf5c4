"""What people decide about being found. Settings of one's own: none of it is recorded."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.viewer import Viewer
from watercooler.projections.experts.models import Findable, HiddenTopic, Nudge
from watercooler.spine.content.models import Topic


def hide(viewer: Viewer, topic: Topic) -> None:
    """Be known for a topic no more: neither on the profile, nor where somebody asks who knows."""
    HiddenTopic.objects.get_or_create(person_id=_own(viewer), topic=topic)


def unhide(viewer: Viewer, topic: Topic) -> None:
    """Be known for it again, as far as there is evidence."""
    HiddenTopic.objects.filter(person_id=_own(viewer), topic=topic).delete()


def choose(viewer: Viewer, *, is_out: bool, takes_nudges: bool) -> None:
    """Say whether one may be named as somebody who knows, and whether questions are put before one."""
    values = {"is_out": is_out, "takes_nudges": takes_nudges}
    Findable.objects.update_or_create(person_id=_own(viewer), defaults=values)


@transaction.atomic
def not_me(viewer: Viewer, item_id: int) -> bool:
    """Say of a question that one was nudged about: not me. Who says so is asked less about the like.

    Returns False where there is nothing to decline.
    """
    mine = Nudge.objects.filter(person_id=_own(viewer), item_id=item_id, declined_at=None)
    return bool(mine.update(declined_at=timezone.now()))


def after_all(viewer: Viewer, item_id: int) -> None:
    """Take "Not me" back."""
    Nudge.objects.filter(person_id=_own(viewer), item_id=item_id).update(declined_at=None)


def _own(viewer: Viewer) -> int:
    if not viewer.is_known:
        raise NotAllowed(_("Sign in first. Everything here has a name beside it."))
    return viewer.person_id
