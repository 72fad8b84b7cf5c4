"""People with their real identity: who they are comes from the directory, what they say of themselves is theirs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Role

LONGEST_EMAIL = 254

ROLES = [
    (Role.GUEST.value, _("Guest")),
    (Role.MEMBER.value, _("Member")),
    (Role.LEAD.value, _("Learning lead")),
    (Role.ADMINISTRATOR.value, _("Administrator")),
]


class Organisation(models.Model):
    """The one organisation of this installation. Its row exists once the first-run page was filled in."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=80)
    logo = models.CharField(max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)
    founded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_organisation")]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place where people work."""

    name = models.CharField(max_length=80, unique=True)
    town = models.CharField(max_length=80, blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/London")

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A part of the organisation, inside another or at the top."""

    name = models.CharField(max_length=80, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Finds people by handle, whatever the case, for the framework's sign-in."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(handle__iexact=username)


class Person(AbstractBaseUser):
    """A colleague or guest. The first block is locked: only the directory and administrators write it."""

    handle = models.CharField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*\Z", _("Use a to z, 0 to 9, dot, dash."))],
    )
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True, max_length=LONGEST_EMAIL)
    job = models.CharField(max_length=120, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="people")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="people")
    manager = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="reports")
    role = models.SmallIntegerField(choices=ROLES, default=Role.MEMBER.value)
    sponsor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="guests")
    ends_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    welcomed_at = models.DateTimeField(null=True, blank=True)
    is_imported = models.BooleanField(default=False)

    # What people say of themselves.
    about = models.TextField(blank=True, max_length=2000)
    offers = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    wants_to_learn = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=80, blank=True)
    photo = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, default="en-gb")
    theme = models.CharField(max_length=8, default="system", choices=[(t, t) for t in ("system", "light", "dark")])
    has_shortcuts = models.BooleanField(default=True)

    version = models.IntegerField(default=1)
    """Rises with each change of what cards show, so that kept cards are made anew."""

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(role=Role.GUEST.value) | models.Q(sponsor__isnull=False, ends_on__isnull=False),
                name="guest_has_sponsor_and_end",
            ),
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="person_email_once"),
        ]
        indexes = [
            # Type-ahead and misspelt names in search.
            GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="person_name_trigrams"),
            # The reporting line and a manager's team.
            models.Index(fields=["manager"], name="person_manager"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"/people/{self.handle}"

    @property
    def is_guest(self) -> bool:
        return self.role == Role.GUEST

    # The framework's permission questions, answered by role; the product itself asks the viewer.
    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_active and self.role == Role.ADMINISTRATOR

    def has_module_perms(self, app_label: str) -> bool:
        return self.has_perm(app_label)


class Invitation(models.Model):
    """A link that lets one person in, once, before it ends."""

    token = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id} until {self.ends_at:%Y-%m-%d}"
