"""What time does: requests and agreements lapse, meetings and endings come near, leavers are gone.

Each is recorded as an act of the one whose silence or leaving it was, and told to the other one; a reminder is recorded
once for each of the two, so that it reaches both.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.places.mentoring.acts.asking import give_place_back
from watercooler.places.mentoring.acts.closing import call_off_to_come, end_all_of
from watercooler.places.mentoring.models import OPEN, Agreement, Meeting, MeetingState, Mentoring, State
from watercooler.places.mentoring.verbs import LAPSED, REMINDED, Between, Settled
from watercooler.spine.activity.record import record
from watercooler.spine.people.models import Person

ANSWER_DAYS = 14
"""A request that nobody answers for two weeks lapses: who asked is free to ask somebody else."""
REMIND_DAYS = 7
AGREE_DAYS = 30
"""A yes that leads to no agreement within a month lapses too, and gives the place back."""
ENDS_SOON_DAYS = 7
MEETING_SOON = timedelta(hours=24)
AT_ONCE = 200


def of(person_id: int) -> Viewer:
    """Return the person whose silence is recorded."""
    return Viewer(person_id=person_id, role=Role.MEMBER)


def lapse_unanswered() -> int:
    """Let requests lapse that were not answered, and yeses that led to no agreement. Returns how many."""
    now = timezone.now()
    waited = Q(state=State.ASKED, asked_at__lt=now - timedelta(days=ANSWER_DAYS))
    never_agreed = Q(state=State.AGREEING, answered_at__lt=now - timedelta(days=AGREE_DAYS))
    return _each(Mentoring.objects.filter(waited | never_agreed).values_list("pk", flat=True)[:AT_ONCE], _lapse)


def _lapse(held: Mentoring) -> bool:
    silent = held.mentor_id
    if held.state == State.AGREEING:
        newest = Agreement.objects.filter(mentoring=held).order_by("-version").first()
        # Whoever wrote last waited for the other one.
        silent = held.other_id(newest.written_by_id) if newest else held.mentor_id
        give_place_back(held)
        call_off_to_come(held)
    elif held.state != State.ASKED:
        return False
    held.state, held.closed_at = State.LAPSED, timezone.now()
    held.save(update_fields=["state", "closed_at"])
    record(of(silent), LAPSED, person_id=held.other_id(silent), detail=Between(held.pk))
    return True


def remind_of_answers() -> int:
    """Remind mentors, once, of requests that wait for a week. Returns how many."""
    before = timezone.now() - timedelta(days=REMIND_DAYS)
    due = Mentoring.objects.filter(state=State.ASKED, asked_at__lt=before, reminded_at=None)

    def remind(held: Mentoring) -> bool:
        return held.state == State.ASKED and _remind(held, held.mentee_id, "answer")

    return _each(due.values_list("pk", flat=True)[:AT_ONCE], remind)


def remind_of_endings() -> int:
    """Remind both, once, that what they agreed ends within a week. Returns how many."""
    soon = timezone.localdate() + timedelta(days=ENDS_SOON_DAYS)
    due = Mentoring.objects.filter(state=State.RUNNING, ends_on__lte=soon, reminded_at=None)

    def remind(held: Mentoring) -> bool:
        running = held.state == State.RUNNING
        return running and _remind(held, held.mentee_id, "end") and _remind(held, held.mentor_id, "end")

    return _each(due.values_list("pk", flat=True)[:AT_ONCE], remind)


def _remind(held: Mentoring, by: int, of_what: str) -> bool:
    held.reminded_at = timezone.now()
    held.save(update_fields=["reminded_at"])
    record(of(by), REMINDED, person_id=held.other_id(by), detail=Settled(held.pk, how=of_what))
    return True


def _each(ids: object, do: Callable[[Mentoring], bool]) -> int:
    """Do something with each, in a transaction of its own and with the row as it is by then."""
    done = 0
    for pk in list(ids):  # type: ignore[call-overload]
        with transaction.atomic():
            done += do(Mentoring.objects.select_for_update(of=("self",)).get(pk=pk))
    return done


def remind_of_meetings(now: datetime | None = None) -> int:
    """Remind both of a meeting within a day, once. One planned for sooner than that needs no reminder.

    Returns how many meetings there were.
    """
    now = now or timezone.now()
    due = Meeting.objects.filter(
        state=MeetingState.PLANNED, reminded_at=None, starts_at__gt=now, starts_at__lte=now + MEETING_SOON
    )
    done = 0
    for meeting in due.select_related("mentoring").order_by("starts_at")[:AT_ONCE]:
        with transaction.atomic():
            # The WHERE is the lock: two workers remind once.
            if Meeting.objects.filter(pk=meeting.pk, reminded_at=None).update(reminded_at=now):
                done += _meet_soon(meeting)
    return done


def _meet_soon(meeting: Meeting) -> int:
    if meeting.changed_at > meeting.starts_at - MEETING_SOON:
        return 0
    held = meeting.mentoring
    for by in (held.mentor_id, held.mentee_id):
        record(of(by), REMINDED, person_id=held.other_id(by), detail=Settled(held.pk, meeting.pk, how="meeting"))
    return 1


def end_those_of_leavers() -> int:
    """End what people left behind who went out of the directory by another door, as a nightly import."""
    gone = Q(is_active=False) | Q(ends_on__lt=timezone.localdate())
    open_ones = Mentoring.objects.filter(state__in=OPEN)
    ids = {*open_ones.values_list("mentor_id", flat=True), *open_ones.values_list("mentee_id", flat=True)}
    left = Person.objects.filter(gone, pk__in=ids)
    return sum(end_all_of(of(person.pk), person) for person in left)
