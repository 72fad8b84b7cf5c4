"""People, oneself, and whom one follows."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from django.conf import settings
from pydantic import Field

from watercooler.doors.api.shapes.common import Day, Line, Next, PersonBrief, Sent, Shape, SpaceBrief
from watercooler.doors.api.shapes.near import Claim
from watercooler.foundation.base.viewer import Role

type RoleName = Literal["guest", "member", "lead", "administrator"]
"""What somebody may do in the organisation: a `guest` sees the spaces they are in and the people there; a `member`
everything open; a `lead` looks after learning everywhere; an `administrator` after the directory too."""
if TYPE_CHECKING:
    type LanguageName = str
else:
    LanguageName = Literal[tuple(code for code, _name in settings.LANGUAGES)]


def role_name(role: int) -> RoleName:
    return cast(RoleName, Role(role).name.lower())


class PersonFound(PersonBrief):
    """Somebody in the directory."""

    role: RoleName
    """What they may do in the organisation."""
    status: str
    """What they say of this week in a few words, as “Open to questions”; empty for nothing."""
    site: str
    """The name of the place they work at; empty where the directory says none."""
    town: str
    """The town of that place; empty where it is not known."""
    unit: str
    """The part of the organisation they belong to; empty where the directory says none."""
    offers: list[str]
    """What they say others may ask them about."""
    helped: int
    """How often somebody said that their words helped."""
    is_followed: bool
    """Whether the caller follows them."""


class People(Shape):
    """One page of the directory."""

    people: list[PersonFound]
    """The people of this page, at most 30. Those who left are not in it."""
    next: Next


class Given(Shape):
    """What somebody gave, in numbers."""

    helped: int
    """How often somebody said that their words helped."""
    posts: int
    """How many posts they wrote."""
    questions: int
    """How many questions they asked."""
    answers: int
    """How many answers they gave."""
    accepted: int
    """How many of their answers solved the question."""
    articles: int
    """How many articles they wrote."""
    improved: int
    """How many texts of others they made better."""


class Person(PersonBrief):
    """A profile, as far as the caller may know of the person."""

    role: RoleName
    """What they may do in the organisation. An administrator sets it."""
    is_active: bool
    """Whether they are still here: what they wrote stays under their name when they leave."""
    joined: str
    """The year in which they came, as “2024”."""
    ends_on: date | None
    """A guest’s last day; null for colleagues."""
    pronouns: str
    """How they would like to be spoken of, in their words; empty for nothing."""
    status: str
    """What they say of this week in a few words; empty for nothing."""
    about: str
    """What they say of themselves, as plain text; empty for nothing."""
    offers: list[str]
    """What they say others may ask them about."""
    wants_to_learn: list[str]
    """What they say they would like to learn."""
    languages: list[str]
    """The languages they say they speak, by the names that they typed."""
    site: str
    """The name of the place they work at; empty where the directory says none."""
    town: str
    """The town of that place; empty where it is not known."""
    time_zone: str
    """The time zone of that place, by its IANA name, as “Europe/London”; empty where they work at none."""
    unit: str
    """The part of the organisation they belong to; empty where the directory says none."""
    manager: PersonBrief | None
    """To whom they report; null for nobody, and always for a caller who is a guest."""
    sponsor: PersonBrief | None
    """The colleague who answers for a guest; null for everybody else."""
    reports: list[PersonBrief] | None
    """Who reports to them, by name, at most 51; null for a caller who is a guest."""
    given: Given
    """What they gave, in numbers."""
    known_for: list[Claim]
    """What their work shows they know, with the evidence that the caller may read; at most six topics."""
    is_followed: bool
    """Whether the caller follows them."""


class Me(Person):
    """Oneself, and what this token or session may do."""

    email: str
    """The caller’s e-mail address, as the directory has it; empty for none."""
    language: str
    """The language of pages and sentences for the caller, as a code: “en-gb”."""
    theme: str
    """How pages look to the caller: `light`, `dark`, or as their `system` says."""
    has_shortcuts: bool
    """Whether single keys do things on pages."""
    unread: int
    """How many lines of the caller’s inbox are unread, counted up to 100."""
    scopes: list[str]
    """What this token or session may do, by the names of scopes."""
    token: str | None
    """What this token was called when it was made; null for a browser’s session."""


class MyChange(Sent):
    """What one writes of oneself. What is null or left out stays; names, jobs and managers come from the directory."""

    about: Annotated[str, Field(max_length=4000)] | None = None
    """Who one is, as plain text of at most 2,000 characters; null keeps it."""
    status: Line | None = None
    """This week in at most 80 characters. “Open to questions” says that one likes to be asked; null keeps it."""
    pronouns: Line | None = None
    """How one would like to be spoken of, in at most 40 characters; null keeps it."""
    offers: Annotated[list[Line], Field(max_length=50)] | None = None
    """Everything that others may ask one about, at most 20 of 60 characters; null keeps it."""
    wants_to_learn: Annotated[list[Line], Field(max_length=50)] | None = None
    """Everything one would like to learn, at most 20 of 60 characters; null keeps it."""
    languages: Annotated[list[Line], Field(max_length=50)] | None = None
    """All languages one speaks, at most 20 of 40 characters; null keeps them."""
    language: LanguageName | None = None
    """The language of pages and sentences, as a code; null keeps it."""
    theme: Literal["system", "light", "dark"] | None = None
    """How pages shall look; null keeps it."""
    has_shortcuts: bool | None = None
    """Whether single keys do things on pages; null keeps it."""


class Followed(Shape):
    """One thing that the caller follows, or somebody who follows them."""

    what: str
    """What it is: `person`, `space`, `topic` or `item`."""
    name: str
    """Its name or title, as people read it."""
    line: str
    """One line about it: a job and a town, a tagline, an author and a space."""
    url: str
    """The whole address of its page."""
    is_followed: bool
    """Whether the caller follows it; of somebody who follows them, whether they follow back."""


class Following(Shape):
    """One page of what the caller follows."""

    followed: list[Followed]
    """The lines of this page, at most 50, newest first."""
    next: Next


class Entry(PersonBrief):
    """A directory entry, for administrators alone."""

    email: str
    """Their e-mail address; empty for people without one, who come in by a printed link."""
    role: RoleName
    """What they may do in the organisation."""
    site: str
    """The name of the place they work at; empty for none."""
    unit: str
    """The part of the organisation they belong to; empty for none."""
    manager: str | None
    """The handle of whom they report to; null for nobody."""
    sponsor: str | None
    """The handle of the colleague who answers for a guest; null for everybody else."""
    ends_on: date | None
    """A guest’s last day, after which they get in no more; null for colleagues."""
    is_active: bool
    """Whether the account is open. What somebody wrote stays when it is closed."""
    has_been_here: bool
    """Whether they ever signed in."""


class WholeEntry(Entry):
    """A directory entry, with what to know before its account is closed."""

    sessions: int
    """In how many browsers they are signed in."""
    owns: list[SpaceBrief]
    """Spaces, at most 20, that need another owner before they leave."""


class Entries(Shape):
    """One page of directory entries."""

    people: list[Entry]
    """The entries of this page by name, at most 50."""
    next: Next


class EntryChange(Sent):
    """What the directory says of somebody. What is left out stays as it is; null is taken as empty."""

    name: Line | None = None
    """The name that people read, at most 120 characters. It is needed, so null and empty are refused."""
    email: Line | None = None
    """An address that nobody else has; null or empty for none."""
    job: Line | None = None
    """What they work as, at most 120 characters; null or empty for nothing."""
    site: Line | None = None
    """The name of a place, at most 80 characters, which comes into being where it is new; null or empty for none."""
    unit: Line | None = None
    """The name of a part of the organisation, which comes into being where it is new; null or empty for none."""
    manager: Line | None = None
    """The handle of a colleague to whom they report; null or empty for nobody. Nobody may report to themselves, over
    however many."""
    role: RoleName | None = None
    """What they may do. The last administrator stays one; it is needed, so null is refused."""
    sponsor: Line | None = None
    """The handle of the colleague who answers for a guest, who needs one; null or empty for everybody else."""
    ends_on: Day | None = None
    """A guest’s last day, which they need; null for everybody else."""

    def typed(self) -> dict[str, Any]:
        """Return what was sent."""
        return self.model_dump(exclude_unset=True)


class NewEntry(EntryChange):
    """Somebody who comes. A guest has a sponsor and a last day."""

    name: Line
    """The name that people read, at most 120 characters."""
    handle: Line
    """What they sign in with and are mentioned by: letters, digits, dot, dash and _, at most 40. It stays for ever, and
    nobody else may have it."""


class SameAs(Sent):
    """Who an imported person is."""

    colleague: Annotated[str, Field(max_length=40)]
    """The handle of the account that stays."""


class LinkWanted(Sent):
    """How an invitation reaches somebody."""

    by_mail: bool = False
    """Whether to send the link to the address in their entry, too."""


class Invitation(Shape):
    """A link that lets somebody in, once."""

    link: str
    """The whole address to open. Whoever opens it is that person, so hand it to nobody else."""
    ends_at: datetime
    """When the link stops working, two weeks after it was made."""
    was_mailed: bool = False
    """Whether it is on its way to the address in their entry. What the mail server does not take is told there."""


class Organisation(Shape):
    """What the organisation is called."""

    name: str
    """The name that stands on every page."""
    logo: str
    """The whole address of its logo; empty for the name alone."""


class OrganisationChange(Sent):
    """What the organisation shall be called."""

    name: Line
    """The name, at most 80 characters."""
