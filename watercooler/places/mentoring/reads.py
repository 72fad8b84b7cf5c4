"""What the pages of mentoring show. Of two people's own things, only to the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from watercooler.foundation.base.viewer import Role, Viewer
from watercooler.places.mentoring.acts.asking import is_free, is_resting
from watercooler.places.mentoring.matching import Wanted, seeker
from watercooler.places.mentoring.models import (
    OPEN,
    Agreement,
    Feedback,
    Goal,
    Meeting,
    MeetingState,
    MenteeProfile,
    Mentoring,
    MentorProfile,
    OwnNote,
    Rhythm,
    State,
    Useful,
)
from watercooler.spine.people.models import Person


def found(viewer: Viewer, mentoring_id: int) -> Mentoring | None:
    """Return a mentoring of the viewer's; None for everybody else, whatever their role. Cost: one query."""
    people = ("mentor__site", "mentee__site", "suggested", "closed_by")
    return of(viewer).select_related(*people).filter(pk=mentoring_id).first()


def of(viewer: Viewer) -> QuerySet[Mentoring]:
    """Return the viewer's own mentorings as a query; of a guest there are none."""
    if not viewer.is_member:
        return Mentoring.objects.none()
    return Mentoring.objects.filter(Q(mentor_id=viewer.person_id) | Q(mentee_id=viewer.person_id))


@dataclass(slots=True)
class Row:
    """One mentoring of the viewer's in a list. other: the other one. next_meeting: the next that is planned."""

    mentoring: Mentoring
    other: Person
    is_mentor: bool
    goals: list[Goal] = field(default_factory=list)
    next_meeting: Meeting | None = None
    waits_for_me: bool = False

    @property
    def progress(self) -> int:
        """Return how far the standing goals have come together, in hundredths."""
        return round(sum(goal.progress for goal in self.goals) / len(self.goals)) if self.goals else 0

    @property
    def reached(self) -> int:
        return sum(goal.reached_at is not None for goal in self.goals)


@dataclass(slots=True)
class Mine:
    """All of the viewer's mentorings, by what they are waiting for."""

    to_answer: list[Row]
    asked: list[Row]
    current: list[Row]
    past: list[Row]

    @property
    def is_empty(self) -> bool:
        return not (self.to_answer or self.asked or self.current or self.past)


def mine(viewer: Viewer) -> Mine:
    """Return the viewer's mentorings, the newest first, at most 100 of them. Cost: four queries."""
    ours = list(of(viewer).select_related("mentor", "mentee", "suggested").order_by("-asked_at", "-pk")[:100])
    rows = _rows(viewer, ours)
    return Mine(
        to_answer=[row for row in rows if row.is_mentor and row.mentoring.state == State.ASKED],
        asked=[row for row in rows if not row.is_mentor and row.mentoring.state == State.ASKED],
        current=[row for row in rows if row.mentoring.state in (State.AGREEING, State.RUNNING)],
        # What was declined or taken back is over for who was asked; who asked reads the answer.
        past=[
            row
            for row in rows
            if row.mentoring.state == State.CLOSED or (row.mentoring.state not in OPEN and not row.is_mentor)
        ],
    )


def _rows(viewer: Viewer, ours: Sequence[Mentoring]) -> list[Row]:
    goals: dict[int, list[Goal]] = {}
    for goal in Goal.objects.filter(mentoring__in=ours, let_go_at=None).order_by("pk"):
        goals.setdefault(goal.mentoring_id, []).append(goal)
    meetings: dict[int, Meeting] = {}
    soon = Meeting.objects.filter(mentoring__in=ours, state=MeetingState.PLANNED, starts_at__gt=timezone.now())
    for meeting in soon.order_by("-starts_at"):
        meetings[meeting.mentoring_id] = meeting
    waiting = set(_newest_waiting(viewer, ours))
    return [
        Row(
            one,
            one.other(viewer.person_id),
            one.mentor_id == viewer.person_id,
            goals.get(one.pk, []),
            meetings.get(one.pk),
            one.pk in waiting,
        )
        for one in ours
    ]


def _newest_waiting(viewer: Viewer, ours: Sequence[Mentoring]) -> list[int]:
    """Return in which of them the newest version of the agreement waits for the viewer's yes."""
    me = viewer.person_id
    newest: dict[int, Agreement] = {}
    for each in Agreement.objects.filter(mentoring__in=[one for one in ours if one.is_open]).order_by("version"):
        newest[each.mentoring_id] = each
    sides = {one.pk: "mentor_agreed_at" if one.mentor_id == me else "mentee_agreed_at" for one in ours}
    return [pk for pk, each in newest.items() if getattr(each, sides[pk]) is None]


@dataclass(slots=True)
class Pair:
    """Everything that the page of two people shows one of them."""

    mentoring: Mentoring
    other: Person
    me: Person
    is_mentor: bool
    goals: list[Goal]
    let_go: list[Goal]
    coming: list[Meeting]
    unsettled: list[Meeting]
    past: list[Meeting]
    versions: list[Agreement]
    feedback: dict[int, Feedback]

    @property
    def standing(self) -> Agreement | None:
        """Return the version that counts: the newest that both agreed with."""
        return next((each for each in self.versions if each.is_agreed), None)

    @property
    def proposed(self) -> Agreement | None:
        """Return the newest version while one of the two has not agreed with it."""
        return self.versions[0] if self.versions and not self.versions[0].is_agreed else None

    @property
    def waits_for_me(self) -> bool:
        proposed = self.proposed
        if proposed is None:
            return False
        return (proposed.mentor_agreed_at if self.is_mentor else proposed.mentee_agreed_at) is None

    @property
    def my_feedback(self) -> Feedback | None:
        return self.feedback.get(self.me.pk)

    @property
    def their_feedback(self) -> Feedback | None:
        return self.feedback.get(self.other.pk)


def pair(viewer: Viewer, mentoring: Mentoring) -> Pair:
    """Return what the page of two people shows. Cost: four queries."""
    goals = list(mentoring.goals.order_by("pk"))
    meetings = list(mentoring.meetings.order_by("starts_at", "pk"))
    for meeting in meetings:
        meeting.mentoring = mentoring
    now = timezone.now()
    planned = [each for each in meetings if each.state == MeetingState.PLANNED]
    settled = [each for each in meetings if each.state != MeetingState.PLANNED]
    return Pair(
        mentoring=mentoring,
        other=mentoring.other(viewer.person_id),
        me=mentoring.other(mentoring.other_id(viewer.person_id)),
        is_mentor=mentoring.mentor_id == viewer.person_id,
        goals=[goal for goal in goals if goal.let_go_at is None],
        let_go=[goal for goal in goals if goal.let_go_at is not None],
        coming=[each for each in planned if each.starts_at > now],
        unsettled=[each for each in planned if each.starts_at <= now],
        past=settled[::-1],
        versions=list(mentoring.agreements.select_related("written_by").order_by("-version")),
        feedback={each.person_id: each for each in mentoring.feedback.all()},
    )


def meeting(viewer: Viewer, mentoring_id: int, meeting_id: int) -> Meeting | None:
    """Return a meeting of the viewer's, or None. Cost: two queries."""
    ours = found(viewer, mentoring_id)
    one = Meeting.objects.filter(pk=meeting_id, mentoring=ours).first() if ours else None
    if one is not None and ours is not None:
        one.mentoring = ours
    return one


def own_note(viewer: Viewer, one: Meeting) -> str:
    """Return what the viewer wrote for themselves about a meeting."""
    return OwnNote.objects.filter(meeting=one, person_id=viewer.person_id).values_list("text", flat=True).first() or ""


def home_zone(viewer: Viewer) -> str:
    """Return the time zone of the viewer's site, or the installation's. Cost: one query."""
    zone = Person.objects.filter(pk=viewer.person_id).values_list("site__time_zone", flat=True).first()
    return zone or settings.TIME_ZONE


def wanted_by(viewer: Viewer) -> Wanted:
    """Return what the viewer looks for: what they said here, else what their profile says they want to learn."""
    wishes = MenteeProfile.objects.filter(pk=viewer.person_id).first()
    if wishes is None:
        me = seeker(viewer)
        return Wanted(tuple(me.wants[:5]), tuple(me.languages))
    return Wanted(tuple(wishes.wants), tuple(wishes.languages), tuple(wishes.ways), wishes.rhythm, wishes.with_own_line)


@dataclass(slots=True)
class Offer:
    """What somebody offers as a mentor, as another member sees it. standing: the open mentoring of the two, if any."""

    person: Person
    profile: MentorProfile
    is_free: bool
    is_resting: bool
    standing: Mentoring | None

    @property
    def rhythm(self) -> str:
        return str(Rhythm(self.profile.rhythm).label)


def offer_of(viewer: Viewer, handle: str) -> Offer | None:
    """Return what a colleague offers; None if they are no mentor, or the viewer a guest. Cost: two queries."""
    if not viewer.is_member:
        return None
    profile = (
        MentorProfile.objects.select_related("person")
        .filter(person__handle=handle.lower(), person__is_active=True, person__role__gte=Role.MEMBER.value)
        .first()
    )
    if profile is None:
        return None
    standing = of(viewer).filter(mentor_id=profile.pk, mentee_id=viewer.person_id, state__in=OPEN).first()
    return Offer(profile.person, profile, is_free(profile), is_resting(profile), standing)


# Numbers: how much, never who or what

FEWEST = 5
"""Fewer than this are not counted out: who is meant could be guessed."""


@dataclass(slots=True)
class Numbers:
    """How mentoring goes in the organisation. A count of None is fewer than five. useful: (label, count)."""

    mentors: int
    places: int
    free: int
    asked: int | None
    running: int | None
    closed: int | None
    early: int | None
    across: int | None
    useful: list[tuple[str, int | None]]
    months: int


def numbers(months: int = 12, now: datetime | None = None) -> Numbers:
    """Return the counts of the last months. The caller has made sure that a lead or an administrator asks.

    Places are on everybody's profile and counted out; of what two people do, only counts of five and more are told.
    Cost: four queries.
    """
    now = now or timezone.now()
    since = now - timedelta(days=30 * months)
    profiles = list(MentorProfile.objects.filter(person__is_active=True))
    offering = [each for each in profiles if not is_resting(each)]
    states = dict(Mentoring.objects.filter(state__in=OPEN).values_list("state").annotate(Count("pk")))
    ended = dict(
        Mentoring.objects.filter(state=State.CLOSED, closed_at__gte=since).values_list("ending").annotate(Count("pk"))
    )
    across = Mentoring.objects.filter(state=State.RUNNING).exclude(mentor__unit=None).exclude(mentee__unit=None)
    said = dict(Feedback.objects.filter(at__gte=since).values_list("useful").annotate(Count("pk")))
    return Numbers(
        mentors=len(offering),
        places=sum(each.places for each in offering),
        free=sum(each.free for each in offering),
        asked=told(states.get(State.ASKED, 0)),
        running=told(states.get(State.RUNNING, 0) + states.get(State.AGREEING, 0)),
        closed=told(ended.get("finished", 0)),
        early=told(ended.get("early", 0) + ended.get("left", 0)),
        across=_both_told(across.exclude(mentor__unit=F("mentee__unit")).count(), states.get(State.RUNNING, 0)),
        useful=[(str(Useful(name).label), told(said.get(name, 0))) for name in Useful.values],
        months=months,
    )


def _both_told(part: int, whole: int) -> int | None:
    """Return a part of a whole, or None if the part or what is left of the whole is fewer than five but not none."""
    return told(part) if whole - part == 0 or whole - part >= FEWEST else None


def told(count: int) -> int | None:
    """Return a count, or None for fewer than five."""
    return count if count >= FEWEST else None
