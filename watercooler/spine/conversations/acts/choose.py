"""Choosing who may write to oneself. Nobody is told, and the record keeps nothing of it, as of muting."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, NotAllowed
from watercooler.foundation.base.viewer import Viewer
from watercooler.spine.conversations.models import Openness, Silence
from watercooler.spine.people.models import Person


def _check(viewer: Viewer) -> None:
    if not viewer.is_known:
        raise NotAllowed(_("Sign in first. Everything here has a name beside it."))


@transaction.atomic
def open_to(viewer: Viewer, who: str) -> bool:
    """Take messages from these people, beside those who wrote before. Returns False if it is so. Raises Invalid."""
    _check(viewer)
    if who not in dict(Openness.WHO):
        raise Invalid(_("Choose one of these."), field="who")
    mine, is_new = Openness.objects.get_or_create(person_id=viewer.person_id, defaults={"who": who})
    if is_new:
        return who != "all"
    return bool(Openness.objects.filter(pk=mine.pk).exclude(who=who).update(who=who))


@transaction.atomic
def silence(viewer: Viewer, person: Person, *, is_blocked: bool) -> bool:
    """Block somebody, or mute what they begin. Returns False if it is so already. Raises Invalid for oneself."""
    _check(viewer)
    if person.pk == viewer.person_id:
        raise Invalid(_("That is you. Choose a colleague."))
    made, is_new = Silence.objects.get_or_create(
        person_id=viewer.person_id, about=person, defaults={"is_blocked": is_blocked, "at": timezone.now()}
    )
    return is_new or bool(
        Silence.objects.filter(pk=made.pk).exclude(is_blocked=is_blocked).update(is_blocked=is_blocked)
    )


@transaction.atomic
def unsilence(viewer: Viewer, person: Person) -> bool:
    """Hear of somebody again. Returns False if nothing was in the way."""
    gone, _each = Silence.objects.filter(person_id=viewer.person_id, about=person).delete()
    return bool(gone)
