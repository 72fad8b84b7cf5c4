"""Private messages: who talks with whom, what was said, and how far each has read. None of it is an item."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from watercooler.spine.people.models import Person


class Conversation(models.Model):
    """Two people, once, or a group. Of two, `one` has the lower id; a group has neither, and perhaps a name."""

    one = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    last_number = models.IntegerField(default=0)
    """The number of its newest line. Whoever adds one holds this row, so numbers have no gaps and their own order."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["one", "other"], name="conversation_of_two_once"),
            models.CheckConstraint(
                condition=Q(one=None, other=None)
                | Q(one__isnull=False, other__isnull=False, one__lt=F("other"), name=""),
                name="conversation_of_two_or_group",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"conversation {self.pk}"

    @property
    def is_group(self) -> bool:
        return self.one_id is None

    @property
    def url(self) -> str:
        return f"/inbox/messages/{self.pk}"


class Participant(models.Model):
    """Somebody's place in a conversation: what they see of it, how far they read, and how many they have not.

    `unread` is kept by the acts in their own transactions, so that no page counts; it equals a recount at any time.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    sees_after = models.IntegerField(default=0)
    """The number of the last line before they came: what was said until then is not for them."""
    read_up_to = models.IntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    unread = models.IntegerField(default=0)
    is_muted = models.BooleanField(default=False)
    active_at = models.DateTimeField()
    """When the newest line that they see was written: the order of their list."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="takes_part_once")]
        indexes: ClassVar[list[models.Index]] = [
            # Somebody's conversations, newest first; which messages a search may look at.
            models.Index(
                fields=["person", "-active_at", "-conversation"], condition=Q(left_at=None), name="conversations_of"
            ),
            # The number beside Inbox, on every page.
            models.Index(
                fields=["person"], condition=Q(left_at=None, is_muted=False, unread__gt=0), name="conversations_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.conversation_id}"


class Line(models.TextChoices):
    """What a line of a conversation is: somebody's words, or that something happened in it."""

    SAID = "said", _("Said")
    ADDED = "added", _("Added")
    LEFT = "left", _("Left")
    NAMED = "named", _("Named")
    APART = "apart", _("Shares no space any more")


class Message(models.Model):
    """One line of a conversation. Only what was said counts as unread; `about` is who was added."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages", db_index=False)
    number = models.IntegerField()
    kind = models.CharField(max_length=5, choices=Line, default=Line.SAID)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    about = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    source = models.TextField(blank=True)
    safe_html = models.TextField(blank=True)
    excerpt = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, default="en")
    """Whose stems its words are found by."""
    item_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    """Items that its text links to: whoever may read one is shown it as a small card."""
    key = models.UUIDField(null=True, blank=True)
    """Idempotency key of the form it came from: a message sent twice is kept once."""
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    """Its words wait a day for an undo, and are then emptied."""
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    """Who took it away after a report; its author cannot bring it back."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # A conversation's lines in order, from either end.
            models.UniqueConstraint(fields=["conversation", "number"], name="message_number_once"),
            models.UniqueConstraint(fields=["author", "key"], condition=Q(key__isnull=False), name="message_sent_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # Who writes too fast, and somebody's own words for their export.
            models.Index(fields=["author", "at"], name="message_author"),
            # The job that empties what was removed.
            models.Index(
                fields=["removed_at"], condition=Q(removed_at__isnull=False) & ~Q(excerpt=""), name="message_to_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}/{self.number}"

    @property
    def url(self) -> str:
        return f"/inbox/messages/{self.conversation_id}?at={self.number}#m-{self.number}"


class Report(models.Model):
    """That somebody asked for a message to be looked at, and what came of it. While it is open a copy of the message
    and of the little before it hangs on it: all that who looks after the organisation ever reads of a conversation."""

    REASONS: ClassVar = [
        ("unkind", _("Unkind or unprofessional")),
        ("unwanted", _("I asked for it to stop")),
        ("private", _("Shows somebody’s private details")),
        ("unsafe", _("Could hurt somebody")),
        ("other", _("Something else")),
    ]
    OUTCOMES: ClassVar = [
        ("kept", _("Left as it is")),
        ("helped", _("The author was written to")),
        ("removed", _("Removed")),
    ]

    message = models.ForeignKey(Message, models.PROTECT, related_name="reports")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=REASONS)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    outcome_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "person"], condition=Q(decided_at=None), name="reported_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            # What waits, and what was decided, newest first.
            models.Index(fields=["at"], condition=Q(decided_at=None), name="reports_waiting"),
            models.Index(fields=["-decided_at"], condition=Q(decided_at__isnull=False), name="reports_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.reason}"


class ReportedLine(models.Model):
    """A line as it stood when it was reported: no later edit or removal changes it. Gone once that is decided."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="lines")
    number = models.IntegerField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    safe_html = models.TextField(blank=True)
    file_names = ArrayField(models.CharField(max_length=255), default=list, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "number"], name="reported_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class Openness(models.Model):
    """From whom somebody takes messages who has not written to them yet. No row: from everybody."""

    WHO: ClassVar = [
        ("all", _("Everybody here")),
        ("known", _("People I share a space with, follow or am connected with")),
        ("nobody", _("Nobody new")),
    ]

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    who = models.CharField(max_length=6, choices=WHO, default="all")

    def __str__(self) -> str:
        return f"{self.person_id}: {self.who}"


class Silence(models.Model):
    """That somebody wants to hear less of one other person, who is not told. Blocked: neither writes to the other.
    Else what the other begins is muted."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    about = models.ForeignKey(Person, models.CASCADE, related_name="+")
    is_blocked = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "about"], name="silenced_once"),
            models.CheckConstraint(condition=~Q(person=F("about")), name="silences_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} silences {self.about_id}"
