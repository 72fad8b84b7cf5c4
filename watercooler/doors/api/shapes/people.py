"""People, oneself, and whom one follows."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from django.conf import settings
from pydantic import Field

from watercooler.doors.api.shapes.common import Day, Line, Next, PersonBrief, Sent, Shape, SpaceBrief
from watercooler.doors.api.shapes.near import Claim
from watercooler.foundation.base.viewer import Role

type RoleName = Literal["guest", "member", "lead", "administrator"]
if TYPE_CHECKING:
    type LanguageName = str
else:
    LanguageName = Literal[tuple(code for code, _name in settings.LANGUAGES)]


def role_name(role: int) -> RoleName:
    return cast(RoleName, Role(role).name.lower())


class PersonFound(PersonBrief):
    """Somebody in the directory."""

    role: RoleName
    status: str
    site: str
    town: str
    unit: str
    offers: list[str]
    helped: int
    is_followed: bool


class People(Shape):
    people: list[PersonFound]
    next: Next


class Given(Shape):
    """What somebody gave. helped: how often somebody said that it helped them. improved: texts of others."""

    helped: int
    posts: int
    questions: int
    answers: int
    accepted: int
    articles: int
    improved: int


class Person(PersonBrief):
    """A profile. joined: the year. manager, reports: null for guests, who are told nothing of the reporting line."""

    role: RoleName
    is_active: bool
    joined: str
    ends_on: date | None
    pronouns: str
    status: str
    about: str
    offers: list[str]
    wants_to_learn: list[str]
    languages: list[str]
    site: str
    town: str
    time_zone: str
    unit: str
    manager: PersonBrief | None
    sponsor: PersonBrief | None
    reports: list[PersonBrief] | None
    given: Given
    known_for: list[Claim]
    is_followed: bool


class Me(Person):
    """Oneself, and what this token or session may do. token: the name it was given, or null for a session."""

    email: str
    language: str
    theme: str
    has_shortcuts: bool
    unread: int
    scopes: list[str]
    token: str | None


class MyChange(Sent):
    """What one writes oneself. What is left out stays; names, jobs and managers come from the directory."""

    about: Annotated[str, Field(max_length=4000)] | None = None
    status: Line | None = None
    pronouns: Line | None = None
    offers: Annotated[list[Line], Field(max_length=50)] | None = None
    wants_to_learn: Annotated[list[Line], Field(max_length=50)] | None = None
    languages: Annotated[list[Line], Field(max_length=50)] | None = None
    language: LanguageName | None = None
    theme: Literal["system", "light", "dark"] | None = None
    has_shortcuts: bool | None = None


class Followed(Shape):
    """One thing followed, or somebody who follows. what: "person", "space", "topic" or "item"."""

    what: str
    name: str
    line: str
    url: str
    is_followed: bool


class Following(Shape):
    followed: list[Followed]
    next: Next


class Entry(PersonBrief):
    """A directory entry, for administrators."""

    email: str
    role: RoleName
    site: str
    unit: str
    manager: str | None
    sponsor: str | None
    ends_on: date | None
    is_active: bool
    has_been_here: bool


class WholeEntry(Entry):
    """An entry, where its person is signed in, and which spaces, at most 20, need another owner before they leave."""

    sessions: int
    owns: list[SpaceBrief]


class Entries(Shape):
    people: list[Entry]
    next: Next


class EntryChange(Sent):
    """What the directory says of somebody. What is left out stays. manager, sponsor: handles, "" for nobody."""

    name: Line | None = None
    email: Line | None = None
    job: Line | None = None
    site: Line | None = None
    unit: Line | None = None
    manager: Line | None = None
    role: RoleName | None = None
    sponsor: Line | None = None
    ends_on: Day | None = None

    def typed(self) -> dict[str, Any]:
        """Return what was sent."""
        return self.model_dump(exclude_unset=True)


class NewEntry(EntryChange):
    """Somebody who comes. The handle stays for ever; a guest has a sponsor and a last day."""

    name: Line
    handle: Line


class SameAs(Sent):
    """colleague: the handle of the account that stays."""

    colleague: Annotated[str, Field(max_length=40)]


class LinkWanted(Sent):
    """by_mail: send the link to the address in the entry, too."""

    by_mail: bool = False


class Invitation(Shape):
    """A link that lets somebody in, once. was_mailed: it is on its way to the address in their entry."""

    link: str
    ends_at: datetime
    was_mailed: bool = False


class Organisation(Shape):
    name: str
    logo: str


class OrganisationChange(Sent):
    name: Line
