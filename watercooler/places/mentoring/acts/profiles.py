"""What people say of themselves: what they offer as a mentor, and what they would like to learn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.viewer import Viewer
from watercooler.places.mentoring.acts.standing import (
    chosen_rhythm,
    chosen_ways,
    members_only,
    several,
    within,
    words,
)
from watercooler.places.mentoring.models import MenteeProfile, MentorProfile
from watercooler.places.mentoring.verbs import OFFERED, PAUSED, WENT_ON, WISHED
from watercooler.spine.activity.record import record

MOST_PLACES = 8


@transaction.atomic
def offer(
    viewer: Viewer,
    *,
    helps_with: Iterable[str],
    rhythm: str,
    places: int = 1,
    ways: Iterable[str] = (),
    languages: Iterable[str] = (),
    note: str = "",
    free_from: date | None = None,
) -> MentorProfile:
    """Say, or say anew, what one can help with as a mentor, how, and how many at once.

    Raises Invalid for fewer places than people one mentors now.
    """
    members_only(viewer)
    missing = _("Name at least one thing that you can help with.")
    facts = {
        "helps_with": several("helps_with", helps_with, 60, missing=missing),
        "rhythm": chosen_rhythm(rhythm),
        "places": within("places", places, 1, MOST_PLACES),
        "ways": chosen_ways(ways),
        "languages": several("languages", languages, 40),
        "note": words("note", note, 600),
        "free_from": free_from,
    }
    # The row is there before it is locked, so that two first saves wait for each other as well.
    MentorProfile.objects.get_or_create(person_id=viewer.person_id, defaults={**facts, "since": timezone.now()})
    profile = MentorProfile.objects.select_for_update().get(pk=viewer.person_id)
    if places < profile.taken:
        raise Invalid(
            ngettext(
                "You mentor %(count)s person at the moment. Pause instead, and nobody new asks you.",
                "You mentor %(count)s people at the moment. Pause instead, and nobody new asks you.",
                profile.taken,
            )
            % {"count": profile.taken},
            field="places",
        )
    for name, value in facts.items():
        setattr(profile, name, value)
    profile.save(update_fields=[*facts])
    record(viewer, OFFERED, person_id=viewer.person_id)
    return profile


@transaction.atomic
def pause(viewer: Viewer, until: date | None = None) -> bool:
    """Be asked by nobody new. Those one mentors stay. until: the first day on which it goes on by itself.

    Returns False where there is nothing to pause. Raises Invalid for a day that is past.
    """
    members_only(viewer)
    if until is not None and until <= timezone.localdate():
        raise Invalid(_("Choose a day to come."), field="until")
    mine = MentorProfile.objects.filter(pk=viewer.person_id)
    if not mine.update(is_paused=True, paused_until=until):
        return False
    record(viewer, PAUSED, person_id=viewer.person_id)
    return True


@transaction.atomic
def go_on(viewer: Viewer) -> bool:
    """Be asked again after a pause. Returns False where there was none."""
    members_only(viewer)
    mine = MentorProfile.objects.filter(pk=viewer.person_id, is_paused=True)
    if not mine.update(is_paused=False, paused_until=None):
        return False
    record(viewer, WENT_ON, person_id=viewer.person_id)
    return True


@transaction.atomic
def wish(
    viewer: Viewer,
    *,
    wants: Iterable[str],
    about: str = "",
    ways: Iterable[str] = (),
    rhythm: str = "",
    languages: Iterable[str] = (),
    with_own_line: bool = False,
) -> MenteeProfile:
    """Say, or say anew, what one would like to learn with a mentor, and how. Nobody else reads it."""
    members_only(viewer)
    profile, _is_new = MenteeProfile.objects.update_or_create(
        person_id=viewer.person_id,
        defaults={
            "wants": several("wants", wants, 60, 5, missing=_("Name at least one thing that you would like to learn.")),
            "about": words("about", about, 600),
            "ways": chosen_ways(ways),
            "rhythm": chosen_rhythm(rhythm, is_needed=False),
            "languages": several("languages", languages, 40),
            "with_own_line": with_own_line,
        },
    )
    record(viewer, WISHED, person_id=viewer.person_id)
    return profile
