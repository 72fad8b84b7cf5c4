"""What is done to people and their profiles."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from watercooler.foundation.base.viewer import Role
from watercooler.spine.activity.verbs import OURS, Verb


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """The names of the fields that changed, never their content."""

    fields: list[str]


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Two accounts that were one person: the one that is gone, with its wall, and the one that stays."""

    gone_id: int
    gone_wall_id: int
    person_id: int


JOINED_PEOPLE = Verb(
    "joined_people",
    OURS + "joined-people",
    _("%(actor)s joined an imported person with %(person)s"),
    needs=Role.ADMINISTRATOR,
    detail=SamePerson,
    is_public=False,
)

WELCOMED = Verb("welcomed", OURS + "welcomed", _("%(actor)s finished their first steps"), needs=Role.GUEST)

INVITED = Verb(
    "invited", "http://activitystrea.ms/schema/1.0/invite", _("%(actor)s invited %(person)s"), is_public=False
)

ADDED_PERSON = Verb(
    "added_person",
    OURS + "added-person",
    _("%(actor)s added %(person)s to the directory"),
    needs=Role.ADMINISTRATOR,
    is_public=False,
)

CHANGED_ORGANISATION = Verb(
    "changed_organisation",
    OURS + "changed-organisation",
    _("%(actor)s changed the organisation’s name or logo"),
    needs=Role.ADMINISTRATOR,
    detail=ProfileChange,
    is_public=False,
)

CHANGED_PROFILE = Verb(
    "changed_profile",
    "http://activitystrea.ms/schema/1.0/update",
    _("%(actor)s changed their profile"),
    detail=ProfileChange,
    is_public=False,
)

CHANGED_PERSON = Verb(
    "changed_person",
    OURS + "changed-person",
    _("%(actor)s changed the directory entry of %(person)s"),
    needs=Role.ADMINISTRATOR,
    detail=ProfileChange,
    is_public=False,
)
