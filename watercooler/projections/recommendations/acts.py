"""Saying "not for me", and taking it back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import NotAllowed
from watercooler.foundation.base.viewer import Viewer
from watercooler.projections.recommendations.models import NotForMe
from watercooler.projections.recommendations.verbs import NOT_FOR_ME, Refusing
from watercooler.spine.activity.record import record, take_back
from watercooler.spine.content.models import Item, Topic
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.models import Space

Refused = Item | Person | Space | Topic


def _target(what: Refused) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Return the column of NotForMe, the arguments for `record`, and those that find the record again."""
    if isinstance(what, Item):
        return "item", {"item": what}, {"item_id": what.pk}
    if isinstance(what, Person):
        return "colleague", {"person_id": what.pk}, {"person_id": what.pk}
    if isinstance(what, Space):
        return "space", {"space_id": what.pk}, {"space_id": what.pk, "item": None}
    return "topic", {"detail": Refusing(what.pk)}, {"detail__topic_id": what.pk}


@transaction.atomic
def not_for_me(viewer: Viewer, what: Refused) -> bool:
    """Have no suggestion of this thing, person, space or topic again. Twice changes nothing and returns False.

    Raises NotAllowed for oneself and for strangers. The caller has found `what` as something the viewer may know of.
    """
    if isinstance(what, Person) and what.pk == viewer.person_id:
        raise NotAllowed(_("Nobody suggests you to yourself."))
    column, recording, _found_by = _target(what)
    _check(viewer)
    found = {"person_id": viewer.person_id, f"{column}_id": what.pk}
    _row, is_new = NotForMe.objects.get_or_create(**found, defaults={"at": timezone.now()})
    if is_new:
        record(viewer, NOT_FOR_ME, **recording)
    return is_new


@transaction.atomic
def for_me_again(viewer: Viewer, what: Refused) -> bool:
    """Take "not for me" back. Returns False if there was none."""
    column, _recording, found_by = _target(what)
    _check(viewer)
    gone, _each = NotForMe.objects.filter(person_id=viewer.person_id, **{f"{column}_id": what.pk}).delete()
    if gone:
        take_back(viewer, NOT_FOR_ME, **found_by)
    return bool(gone)


def _check(viewer: Viewer) -> None:
    if not viewer.is_known:
        raise NotAllowed(_("Sign in first. Everything here has a name beside it."))
