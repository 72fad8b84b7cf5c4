"""The directory, profiles, oneself, and whom one follows."""

from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from ninja import File, Query, UploadedFile

from watercooler.doors.api.answering import next_address, place_of
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import (
    After,
    AtSites,
    Handle,
    InUnits,
    OpenToQuestions,
    PeopleWords,
    Speaking,
    WithSkills,
    place,
)
from watercooler.doors.api.routes.knowing import claim
from watercooler.doors.api.shapes import people as shapes
from watercooler.doors.api.shapes.common import PersonBrief, address
from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.text import clean_line
from watercooler.places.home.follows import followed
from watercooler.places.person import directory
from watercooler.places.person.reads import profile
from watercooler.projections.experts.known_for import claims
from watercooler.projections.notifications import reads as notifications
from watercooler.spine.people import portraits
from watercooler.spine.people.acts import change_profile
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.viewer import forget

routes = Routes("People")
What = Annotated[
    Literal["people", "spaces", "topics", "items", "followers"],
    Query(description="What to list of what the caller follows; `followers` are the people who follow the caller."),
]


@routes.read("/people", shapes.People)
def listed(
    request: Asked,
    q: PeopleWords = "",
    site: AtSites = [],  # noqa: B006
    unit: InUnits = [],  # noqa: B006
    skill: WithSkills = [],  # noqa: B006
    language: Speaking = [],  # noqa: B006
    open_to_questions: OpenToQuestions = False,
    after: After = None,
) -> shapes.People:
    """List the directory by name; where words were sent, the nearest first, however they are spelt.

    Who may: everybody; a guest is told of the people with whom they share a space.
    Refuses: nothing of its own.
    """
    wanted = directory.Wanted(
        words=clean_line(q)[:80],
        site=site,
        unit=unit,
        skill=[clean_line(one)[:60] for one in skill],
        language=[clean_line(one)[:60] for one in language],
        is_open=open_to_questions,
    )
    found, more = directory.find(request.viewer, wanted, place_of(after))
    return shapes.People(people=[_found(one) for one in found], next=next_address(request, more))


def _found(one: directory.Found) -> shapes.PersonFound:
    names = ("status", "site", "town", "unit", "offers", "helped", "is_followed")
    brief = PersonBrief.of({"handle": one.handle, "name": one.name, "job": one.job, "photo": one.photo})
    return shapes.PersonFound(
        **brief.model_dump(), role=shapes.role_name(one.role), **{name: getattr(one, name) for name in names}
    )


@routes.read("/people/{handle}", shapes.Person)
def show(request: Asked, handle: Handle) -> shapes.Person:
    """Show somebody’s profile.

    Who may: members, of everybody; guests, of the people with whom they share a space. Those who left are shown too.
    Refuses: 404 for somebody the caller may not know of.
    """
    return shapes.Person(**_profile(request, handle))


def _profile(request: Asked, handle: str) -> dict[str, Any]:
    found = profile(request.viewer, handle, "about", limit=1)
    if found is None:
        raise nothing_here()
    facts = found.facts
    as_they_are = ("is_active", "joined", "ends_on", "pronouns", "status", "about", "offers", "languages")
    return {
        **PersonBrief.of(facts).model_dump(),
        **{name: facts[name] for name in as_they_are},
        **{name: facts[name] or "" for name in ("site", "town", "unit")},
        "role": shapes.role_name(facts["role"]),
        "wants_to_learn": facts["wants"],
        "time_zone": facts["zone"] or "",
        "manager": PersonBrief.of(facts["manager"]) if facts["manager"] else None,
        "sponsor": PersonBrief.of(facts["sponsor"]) if facts["sponsor"] else None,
        "reports": None if facts["reports"] is None else [PersonBrief.of(one) for one in facts["reports"]],
        "known_for": [claim(one) for one in claims(facts["known_for"])],
        "given": shapes.Given(**{name: facts[name] for name in shapes.Given.model_fields}),
        "is_followed": facts["is_followed"],
    }


@routes.read("/me", shapes.Me)
def me(request: Asked) -> shapes.Me:
    """Show oneself, and what this token may do.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    viewer, caller = request.viewer, request.caller
    own = Person.objects.only("email", "language", "theme", "has_shortcuts").get(pk=viewer.person_id)
    return shapes.Me(
        **_profile(request, viewer.handle),
        **{name: getattr(own, name) for name in ("email", "language", "theme", "has_shortcuts")},
        unread=notifications.unread(viewer),
        scopes=list(caller.scopes),
        token=caller.token_name or None,
    )


@routes.write("PATCH", "/me", shapes.Me)
def change(request: Asked, sent: shapes.MyChange) -> shapes.Me:
    """Change what one says of oneself.

    Who may: everybody, of themselves. What the directory says, administrators change.
    Refuses: 422 for what is too long, or more than 20 words in a list.
    """
    fields = {name: value for name, value in sent.model_dump(exclude_unset=True).items() if value is not None}
    if fields:
        change_profile(request.viewer, **fields)
        _changed(request)
    return me(request)


def _changed(request: Asked) -> None:
    forget(request.viewer.person_id)
    directory.forget_facets()


@routes.write("POST", "/me/photo", shapes.Me)
def photo(
    request: Asked,
    photo: Annotated[
        UploadedFile, File(description="A JPEG, PNG, WebP or HEIC picture; a square is cut from its middle.")
    ],
) -> shapes.Me:
    """Take a new photo: a JPEG, PNG, WebP or HEIC of at most 10 MB. What the camera wrote into it is removed.

    Who may: everybody, of themselves.
    Refuses: 413 above 10 MB or 50 million pixels; 422 for a file that is no such picture, whatever its name says.
    """
    if not photo.size:
        raise Invalid(_("Choose a photo first."), field="photo")
    with open(photo.path, "rb") as arrived:  # type: ignore[attr-defined]  # it lies on disc, see files.keep
        kept = portraits.keep_photo(arrived, photo.size)
    photo.close()
    change_profile(request.viewer, photo=kept)
    _changed(request)
    return me(request)


@routes.write("DELETE", "/me/photo", shapes.Me)
def remove_photo(request: Asked) -> shapes.Me:
    """Show initials again.

    Who may: everybody, of themselves.
    Refuses: nothing of its own; without a photo nothing changes.
    """
    change_profile(request.viewer, photo="")
    _changed(request)
    return me(request)


@routes.read("/me/following", shapes.Following)
def following(
    request: Asked,
    what: What = "people",
    after: After = None,
) -> shapes.Following:
    """List whom and what one follows, or who follows one, newest first.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    lines, more = followed(request.viewer, what, place(after))
    shown = [
        shapes.Followed(what=one.what, name=one.name, line=one.line, url=address(one.url), is_followed=one.is_followed)
        for one in lines
    ]
    return shapes.Following(followed=shown, next=next_address(request, more))
