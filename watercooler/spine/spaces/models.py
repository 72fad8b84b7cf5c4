"""Spaces: where people talk about one thing, and who is in them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import EVERYONE, Viewer
from watercooler.spine.people.models import Person


class Access(models.TextChoices):
    """Who may see a space and how one gets in."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    SECRET = "secret", _("Secret")


class Purpose(models.TextChoices):
    """A space that people made, or the one space that is a person's wall and blog."""

    SPACE = "space", _("Space")
    WALL = "wall", _("Wall")


class Standing(models.TextChoices):
    """How a person stands to a space."""

    HOST = "host", _("Host")
    MEMBER = "member", _("Member")
    REQUESTED = "requested", _("Asked to join")
    INVITED = "invited", _("Invited")


class Level(models.TextChoices):
    """How much of a space or item reaches somebody's inbox."""

    ALL = "all", _("Everything")
    MENTIONS = "mentions", _("Mentions and replies to me")
    MUTED = "muted", _("Nothing")


class SpaceQuerySet(models.QuerySet["Space"]):
    def listed_for(self, viewer: Viewer) -> SpaceQuerySet:
        """Keep the spaces the viewer may know of: open and closed ones for members, and those joined or invited to."""
        mine = models.Q(pk__in=Membership.objects.filter(person_id=viewer.person_id).values("space_id"))
        known = mine | models.Q(access__in=[Access.OPEN, Access.CLOSED]) if viewer.is_member else mine
        return self.filter(known, purpose=Purpose.SPACE)

    def readable_by(self, viewer: Viewer) -> SpaceQuerySet:
        """Keep the spaces whose items the viewer may read; the same rule as content.visibility, said of the space."""
        inside = models.Q(pk__in=viewer.space_ids)
        return self.filter(inside | models.Q(access=Access.OPEN) if viewer.is_member else inside)


class Space(models.Model):
    """A place for one subject. A person's wall is a space too, with that one owner."""

    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    name = models.CharField(max_length=80)
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.SPACE)
    access = models.CharField(max_length=8, choices=Access, default=Access.OPEN)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="owned_spaces")
    tagline = models.CharField(max_length=200, blank=True)
    objective = models.TextField(max_length=600, blank=True)
    how_we_work = models.TextField(max_length=4000, blank=True)
    rules = models.JSONField(default=list, blank=True)
    """Ground rules: a list of sentences, at most 12."""
    rules_version = models.IntegerField(default=1)
    hue = models.SmallIntegerField(default=200)
    banner = models.CharField(max_length=200, blank=True)
    member_count = models.IntegerField(default=0)
    item_count = models.IntegerField(default=0)
    question_count = models.IntegerField(default=0)
    solved_count = models.IntegerField(default=0)
    last_item_at = models.DateTimeField(null=True, blank=True)
    default_level = models.CharField(max_length=8, choices=Level, default=Level.MENTIONS)
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], condition=models.Q(purpose="wall"), name="one_wall"),
        ]
        indexes = [
            # The directory, most alive first.
            models.Index(
                Coalesce("last_item_at", "made_at").desc(),
                models.F("id").desc(),
                condition=models.Q(purpose="space", archived_at=None),
                name="space_directory",
            ),
            # Near-duplicate names when creating one, and misspelt names in search.
            GinIndex(
                OpClass(Lower("name"), name="gin_trgm_ops"),
                condition=models.Q(purpose="space"),
                name="space_name_trigrams",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audience(self) -> int:
        """Return who reads the items here: EVERYONE, or only those with this space's id in their viewer."""
        return EVERYONE if self.access == Access.OPEN else self.pk

    @property
    def url(self) -> str:
        return f"/people/{self.owner.handle}" if self.purpose == Purpose.WALL else f"/spaces/{self.slug}/"


class Membership(models.Model):
    """One person in one space: as host or member, or still asking or invited."""

    INSIDE: ClassVar[tuple[str, ...]] = (Standing.HOST, Standing.MEMBER)

    space = models.ForeignKey(Space, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.MEMBER)
    level = models.CharField(max_length=8, choices=Level, blank=True)
    rules_version = models.IntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "person"], name="membership_once")]
        indexes = [
            models.Index(fields=["person", "standing"], name="membership_person"),
            # Members who chose to hear of everything new: few of many.
            models.Index(fields=["space"], condition=models.Q(level="all"), name="membership_hears_all"),
            # The few who look after a space, and the first who came: both stand beside every list of a space.
            models.Index(fields=["space"], condition=models.Q(standing="host"), name="membership_hosts"),
            models.Index(
                fields=["space", "id"], condition=models.Q(standing__in=("host", "member")), name="membership_inside"
            ),
            # Whom hosts have to let in: counted in every inbox.
            models.Index(fields=["space"], condition=models.Q(standing="requested"), name="membership_asking"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.space_id}: {self.standing}"
