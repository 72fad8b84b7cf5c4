"""Mentoring: who offers and who looks, and what two people agree, meet about, reach and say at the end.

Everything below `Mentoring` belongs to its two people. Nobody else reads it, whatever their role.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from watercooler.spine.people.models import Person


class Rhythm(models.TextChoices):
    """How often two people meet."""

    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    MONTHLY = "monthly", _("Once a month")
    AS_NEEDED = "as_needed", _("When it is needed")


class Way(models.TextChoices):
    """Where two people meet."""

    REMOTE = "remote", _("By video or phone")
    IN_PERSON = "in_person", _("In person")


class State(models.TextChoices):
    """How far a mentoring has come. `ASKED`, `AGREEING` and `RUNNING` are open."""

    ASKED = "asked", _("Asked")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    LAPSED = "lapsed", _("Lapsed")
    AGREEING = "agreeing", _("Agreeing")
    RUNNING = "running", _("Running")
    CLOSED = "closed", _("Closed")


OPEN = (State.ASKED, State.AGREEING, State.RUNNING)
TAKING_A_PLACE = (State.AGREEING, State.RUNNING)


class Ending(models.TextChoices):
    """Why a mentoring was closed."""

    FINISHED = "finished", _("It came to its end")
    EARLY = "early", _("It ended early")
    LEFT = "left", _("One of the two left")


class Useful(models.TextChoices):
    """What somebody says of the whole of it."""

    VERY = "very", _("Very useful")
    YES = "yes", _("Useful")
    LITTLE = "little", _("A little")
    NO = "no", _("Not this time")


class MentorProfile(models.Model):
    """What somebody offers as a mentor. Every member may read it.

    taken: how many of the places are taken. It is written with the state of a mentoring, in one transaction, and the
    database holds it within `places`: of two answers at once to the last place, one is refused.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="mentor_profile")
    helps_with = ArrayField(models.CharField(max_length=60), default=list)
    note = models.TextField(blank=True, max_length=600)
    ways = ArrayField(models.CharField(max_length=12, choices=Way.choices), default=list, blank=True)
    rhythm = models.CharField(max_length=12, choices=Rhythm.choices, default=Rhythm.FORTNIGHTLY)
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    places = models.SmallIntegerField(default=1)
    taken = models.SmallIntegerField(default=0)
    free_from = models.DateField(null=True, blank=True)
    is_paused = models.BooleanField(default=False)
    paused_until = models.DateField(null=True, blank=True)
    """The first day on which it goes on by itself; None: until they say so."""
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(taken__gte=0, taken__lte=F("places")), name="places_not_overbooked"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} mentors {self.taken} of {self.places}"

    @property
    def free(self) -> int:
        """Return how many places are free."""
        return self.places - self.taken


class MenteeProfile(models.Model):
    """What somebody would like to learn with a mentor. Only they read it; a mentor reads what is sent to them."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="mentee_profile")
    wants = ArrayField(models.CharField(max_length=60), default=list)
    about = models.TextField(blank=True, max_length=600)
    ways = ArrayField(models.CharField(max_length=12, choices=Way.choices), default=list, blank=True)
    rhythm = models.CharField(max_length=12, choices=Rhythm.choices, blank=True, default="")
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    with_own_line = models.BooleanField(default=False)
    """Whether their manager and the people who report to them may be suggested too."""

    def __str__(self) -> str:
        return f"{self.person_id} wants {', '.join(self.wants)}"


class Mentoring(models.Model):
    """Two people, from the request to the closing."""

    mentor = models.ForeignKey(Person, models.CASCADE, related_name="mentorings_given")
    mentee = models.ForeignKey(Person, models.CASCADE, related_name="mentorings_had")
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    """Of the form that asked, so that a request sent twice is kept once."""
    wants = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    note = models.TextField(max_length=1000)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True, max_length=600)
    suggested = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True, default="")
    parting_words = models.TextField(blank=True, max_length=600)
    reminded_at = models.DateTimeField(null=True, blank=True)
    """When one of the two was last reminded of an answer or of the end."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mentor", "mentee"], condition=Q(state__in=OPEN), name="mentoring_once"),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="nobody_mentors_themselves"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # What is due by the clock: requests to lapse, agreements to close.
            models.Index(fields=["state", "asked_at"], condition=Q(state__in=OPEN), name="mentoring_open"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} mentors {self.mentee_id}: {self.state}"

    @property
    def url(self) -> str:
        return f"/mentoring/{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def other(self, person_id: int) -> Person:
        """Return the other one of the two."""
        return self.mentor if person_id == self.mentee_id else self.mentee

    def other_id(self, person_id: int) -> int:
        return self.mentor_id if person_id == self.mentee_id else self.mentee_id


class Agreement(models.Model):
    """One version of what two people agree. It counts from when both have agreed; a later one waits until then."""

    mentoring = models.ForeignKey(Mentoring, models.CASCADE, related_name="agreements")
    version = models.IntegerField()
    written_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    written_at = models.DateTimeField()
    goals = ArrayField(models.CharField(max_length=160), default=list)
    rhythm = models.CharField(max_length=12, choices=Rhythm.choices)
    minutes = models.SmallIntegerField()
    months = models.SmallIntegerField()
    ways = ArrayField(models.CharField(max_length=12, choices=Way.choices), default=list, blank=True)
    between_us = models.TextField(blank=True, max_length=1000)
    mentor_agreed_at = models.DateTimeField(null=True, blank=True)
    mentee_agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mentoring", "version"], name="agreement_version_once")]

    def __str__(self) -> str:
        return f"{self.mentoring_id}, version {self.version}"

    @property
    def is_agreed(self) -> bool:
        return self.mentor_agreed_at is not None and self.mentee_agreed_at is not None


class Goal(models.Model):
    """Something the two want to reach. progress: in hundredths; 100 is reached."""

    mentoring = models.ForeignKey(Mentoring, models.CASCADE, related_name="goals")
    words = models.CharField(max_length=160)
    set_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    set_at = models.DateTimeField()
    progress = models.SmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True, blank=True)
    let_go_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(progress__gte=0, progress__lte=100), name="progress_in_hundredths")
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.progress}"


class MeetingState(models.TextChoices):
    """What became of a meeting."""

    PLANNED = "planned", _("Planned")
    DONE = "done", _("Done")
    MISSED = "missed", _("Missed")
    CALLED_OFF = "called_off", _("Called off")


class Meeting(models.Model):
    """One meeting of the two. sequence: rises with each change, so that calendars take the newest."""

    mentoring = models.ForeignKey(Mentoring, models.CASCADE, related_name="meetings")
    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    planned_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.SmallIntegerField(default=30)
    place = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True, max_length=600)
    state = models.CharField(max_length=12, choices=MeetingState.choices, default=MeetingState.PLANNED)
    shared_note = models.TextField(blank=True, max_length=4000)
    note_version = models.IntegerField(default=0)
    sequence = models.IntegerField(default=0)
    changed_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Who is to be reminded of a meeting soon.
            models.Index(fields=["starts_at"], condition=Q(state="planned", reminded_at=None), name="meeting_soon"),
        ]

    def __str__(self) -> str:
        return f"{self.mentoring_id} at {self.starts_at:%Y-%m-%d %H:%M}"


class OwnNote(models.Model):
    """What one of the two wrote for themselves about a meeting. The other one does not read it either."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="own_notes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    text = models.TextField(max_length=4000)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="own_note_once")]

    def __str__(self) -> str:
        return f"{self.person_id} about {self.meeting_id}"


class Feedback(models.Model):
    """What one of the two says at the end, to the other one. thanks: what may be shown to all if both want it."""

    mentoring = models.ForeignKey(Mentoring, models.CASCADE, related_name="feedback")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    useful = models.CharField(max_length=12, choices=Useful.choices)
    came_of_it = models.TextField(blank=True, max_length=1000)
    thanks = models.TextField(blank=True, max_length=400)
    is_shared = models.BooleanField(default=False)
    at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    """When the thanks were posted."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mentoring", "person"], name="feedback_once")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.mentoring_id}: {self.useful}"
