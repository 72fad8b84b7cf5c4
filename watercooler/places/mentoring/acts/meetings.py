"""Meetings of two people: planned, moved, held or missed, and what is kept from them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from watercooler.foundation.base.errors import Invalid, Stale
from watercooler.foundation.base.viewer import Viewer
from watercooler.places.mentoring.acts.standing import line, locked, within, words
from watercooler.places.mentoring.models import TAKING_A_PLACE, Meeting, MeetingState, Mentoring, OwnNote, State
from watercooler.places.mentoring.verbs import CALLED_OFF, MET, MISSED, MOVED, NOTED, NOTED_ALONE, PLANNED, Between
from watercooler.spine.activity.record import record
from watercooler.spine.activity.verbs import Verb

LONGEST_NOTE = 4000
FURTHEST = timedelta(days=731)


@transaction.atomic
def plan(
    viewer: Viewer, mentoring: Mentoring, starts_at: datetime, minutes: int = 30, place: str = "", about: str = ""
) -> Meeting:
    """Plan the next meeting. Raises Invalid for a time that is past or more than two years away."""
    held = locked(viewer, mentoring, *TAKING_A_PLACE)
    now = timezone.now()
    _check_to_come(starts_at)
    meeting = Meeting.objects.create(
        mentoring=held,
        planned_by_id=viewer.person_id,
        starts_at=starts_at,
        minutes=within("minutes", minutes, 10, 480),
        place=line("place", place, 200),
        about=words("about", about, 600),
        changed_at=now,
    )
    _record(viewer, PLANNED, held, meeting)
    return meeting


def _check_to_come(starts_at: datetime) -> None:
    now = timezone.now()
    if not now < starts_at < now + FURTHEST:
        raise Invalid(_("Choose a time to come, within two years."), field="starts_at")


def _record(viewer: Viewer, verb: Verb, held: Mentoring, meeting: Meeting) -> None:
    record(viewer, verb, person_id=held.other_id(viewer.person_id), detail=Between(held.pk, meeting.pk))


def _held(viewer: Viewer, meeting: Meeting, *states: State) -> tuple[Mentoring, Meeting]:
    """Return the two rows as they are now; the first is the lock of both."""
    held = locked(viewer, meeting.mentoring, *(states or TAKING_A_PLACE))
    return held, Meeting.objects.get(pk=meeting.pk)


def _check_planned(meeting: Meeting) -> None:
    if meeting.state != MeetingState.PLANNED:
        raise Stale(_("This meeting is no longer planned. Have a look at how it stands now."))


@transaction.atomic
def move(viewer: Viewer, meeting: Meeting, starts_at: datetime, minutes: int, place: str = "", about: str = "") -> bool:
    """Change when and where a planned meeting is, or what it is about. Returns False if nothing changed."""
    held, found = _held(viewer, meeting)
    _check_planned(found)
    facts = {
        "starts_at": starts_at,
        "minutes": within("minutes", minutes, 10, 480),
        "place": line("place", place, 200),
        "about": words("about", about, 600),
    }
    if all(getattr(found, name) == value for name, value in facts.items()):
        return False
    if starts_at != found.starts_at:
        _check_to_come(starts_at)
        found.reminded_at = None
    for name, value in facts.items():
        setattr(found, name, value)
    _changed(found, *facts, "reminded_at")
    _record(viewer, MOVED, held, found)
    return True


def _changed(meeting: Meeting, *fields: str) -> None:
    meeting.sequence += 1
    meeting.changed_at = timezone.now()
    meeting.save(update_fields=[*fields, "sequence", "changed_at"])


@transaction.atomic
def call_off(viewer: Viewer, meeting: Meeting) -> None:
    """Call a planned meeting off. Calendars that hold it are told when they take it anew."""
    held, found = _held(viewer, meeting)
    _check_planned(found)
    found.state = MeetingState.CALLED_OFF
    _changed(found, "state")
    _record(viewer, CALLED_OFF, held, found)


@transaction.atomic
def hold(viewer: Viewer, meeting: Meeting) -> None:
    """Say that the two have met. Raises Invalid before it began."""
    _settle(viewer, meeting, MeetingState.DONE, MET)


@transaction.atomic
def miss(viewer: Viewer, meeting: Meeting) -> None:
    """Say that it did not come to the meeting. No blame: it is there so that the next one is planned."""
    _settle(viewer, meeting, MeetingState.MISSED, MISSED)


def _settle(viewer: Viewer, meeting: Meeting, state: MeetingState, verb: Verb) -> None:
    held, found = _held(viewer, meeting)
    if found.state not in (MeetingState.PLANNED, MeetingState.DONE, MeetingState.MISSED) or found.state == state:
        raise Stale(_("This meeting is no longer planned. Have a look at how it stands now."))
    if found.starts_at > timezone.now():
        raise Invalid(_("It has not begun yet. You can say how it went afterwards."))
    found.state = state
    _changed(found, "state")
    _record(viewer, verb, held, found)


@transaction.atomic
def note(viewer: Viewer, meeting: Meeting, text: str, based_on: int) -> Meeting:
    """Write what both keep from a meeting. based_on: the version that the writer saw; Stale if there is a newer one."""
    held, found = _held(viewer, meeting)
    if found.note_version != based_on:
        raise Stale(_("The other one wrote here meanwhile. Read it first; your words are kept in the form."))
    found.shared_note = words("shared_note", text, LONGEST_NOTE)
    found.note_version += 1
    found.save(update_fields=["shared_note", "note_version"])
    _record(viewer, NOTED, held, found)
    return found


@transaction.atomic
def note_alone(viewer: Viewer, meeting: Meeting, text: str) -> None:
    """Write what one keeps for oneself. Nobody else reads it, and it can still be written after the closing."""
    held, found = _held(viewer, meeting, *TAKING_A_PLACE, State.CLOSED)
    text = words("own_note", text, LONGEST_NOTE)
    if text:
        said = {"text": text, "changed_at": timezone.now()}
        OwnNote.objects.update_or_create(meeting=found, person_id=viewer.person_id, defaults=said)
    else:
        OwnNote.objects.filter(meeting=found, person_id=viewer.person_id).delete()
    record(viewer, NOTED_ALONE, detail=Between(held.pk, found.pk))
