"""The directory and the organisation, for administrators. For others none of it is there."""

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import File, Query, UploadedFile

from watercooler.doors.api.answering import next_address, place_of
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import After, Handle, Slug
from watercooler.doors.api.shapes import people as shapes
from watercooler.doors.api.shapes.common import PersonBrief, SpaceBrief, address
from watercooler.doors.api.shapes.spaces import Owner
from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.text import clean_line
from watercooler.places.person.directory import forget_facets
from watercooler.spine.content.acts import join_people
from watercooler.spine.people.acts import change_organisation
from watercooler.spine.people.models import Invitation, Organisation, Person
from watercooler.spine.spaces import acts as spaces
from watercooler.studio.administration import entries
from watercooler.studio.administration.logos import keep_logo

routes = Routes("Administration")
Sought = Annotated[
    str,
    Query(
        max_length=300,
        description="Only entries in whose name, handle, address or job each of these words stands; empty for all.",
    ),
]
Which = Annotated[
    Literal["", "guests", "administrators", "waiting", "left"],
    Query(description="Only guests, administrators, who never signed in, or who left; empty for all who are here."),
]


def _check(request: Asked) -> None:
    if not request.viewer.is_administrator:
        raise nothing_here()


def _entry(person: Person) -> shapes.Entry:
    return shapes.Entry(
        **PersonBrief.of(person).model_dump(),
        email=person.email,
        role=shapes.role_name(person.role),
        site=person.site.name if person.site else "",
        unit=person.unit.name if person.unit else "",
        manager=person.manager.handle if person.manager else None,
        sponsor=person.sponsor.handle if person.sponsor else None,
        ends_on=person.ends_on,
        is_active=person.is_active,
        has_been_here=person.last_login is not None,
    )


def _person(request: Asked, handle: str) -> Person:
    _check(request)
    found = entries.entry_of(handle)
    if found is None:
        raise nothing_here()
    return found


@routes.read("/administration/people", shapes.Entries, scope="administer")
def listed(
    request: Asked,
    q: Sought = "",
    which: Which = "",
    after: After = None,
) -> shapes.Entries:
    """List directory entries by name.

    Who may: administrators.
    Refuses: 404 for everybody else.
    """
    _check(request)
    found, more = entries.listed(clean_line(q)[:80], which, place_of(after))
    return shapes.Entries(people=[_entry(one) for one in found], next=next_address(request, more))


@routes.write("POST", "/administration/people", shapes.Entry, scope="administer", status=201)
def add(request: Asked, sent: shapes.NewEntry) -> shapes.Entry:
    """Add somebody to the directory. Sites and units that are new come into being by being named.

    Who may: administrators.
    Refuses: 404 for everybody else; 422 for a handle or address that somebody has, a guest without sponsor or last
    day, and names that are nobody’s.
    """
    _check(request)
    return _entry(_person(request, entries.add(request.viewer, sent.typed()).handle))


@routes.read("/administration/people/{handle}", shapes.WholeEntry, scope="administer")
def show(request: Asked, handle: Handle) -> shapes.WholeEntry:
    """Show a directory entry.

    Who may: administrators.
    Refuses: 404 for everybody else, and for a handle that is nobody’s.
    """
    person = _person(request, handle)
    owns = [SpaceBrief.of(space.slug, space.name) for space in entries.owned_by(request.viewer, person)]
    return shapes.WholeEntry(**dict(_entry(person)), owns=owns, sessions=entries.sessions_of(person))


@routes.write("PATCH", "/administration/people/{handle}", shapes.Entry, scope="administer")
def change(request: Asked, handle: Handle, sent: shapes.EntryChange) -> shapes.Entry:
    """Change a directory entry.

    Who may: administrators.
    Refuses: 404 for everybody else; 422 for an address that somebody has, names that are nobody’s, a reporting line
    that leads back to its beginning, and the last administrator’s role.
    """
    person = _person(request, handle)
    entries.change(request.viewer, person, sent.typed())
    return _entry(_person(request, handle))


@routes.write("PUT", "/administration/people/{handle}/left", shapes.Entry, scope="administer")
def leave(request: Asked, handle: Handle) -> shapes.Entry:
    """Close an account, with its sessions and tokens. What its person wrote stays, under their name.

    Who may: administrators.
    Refuses: 404 for everybody else; 422 for the last administrator.
    """
    entries.close(request.viewer, _person(request, handle))
    return _entry(_person(request, handle))


@routes.write("DELETE", "/administration/people/{handle}/left", shapes.Entry, scope="administer")
def come_back(request: Asked, handle: Handle) -> shapes.Entry:
    """Open an account again. Its tokens stay ended.

    Who may: administrators.
    Refuses: 404 for everybody else.
    """
    entries.reopen(request.viewer, _person(request, handle))
    return _entry(_person(request, handle))


@routes.write("PUT", "/administration/people/{handle}/spaces/{slug}/owner", scope="administer")
def hand_on(request: Asked, handle: Handle, slug: Slug, sent: Owner) -> None:
    """Hand on a space of somebody who left: also a secret one that nobody looks after any more, unseen.

    Who may: administrators. Of a secret space they see nothing by it; everybody in it is told.
    Refuses: 403 while its owner is here; 404 for everybody else, and for a space that is not among what the entry
    `owns`; 422 for a guest, and of a secret space for the caller and for whoever is not in it, if anybody is.
    """
    owner = _person(request, handle)
    space = next((each for each in entries.owned_by(request.viewer, owner) if each.slug == slug), None)
    if space is None:
        raise nothing_here()
    heir = spaces.heirs(request.viewer, space).filter(handle=sent.owner.lower()).first()
    if heir is None:
        raise Invalid(_("Choose somebody who is in the space."), field="owner")
    spaces.change_owner(request.viewer, space, heir)


@routes.write("PUT", "/administration/people/{handle}/same", shapes.Entry, scope="administer")
def join_with(request: Asked, handle: Handle, sent: shapes.SameAs) -> shapes.Entry:
    """Join an imported person with the colleague they are: all they wrote and did becomes the colleague’s. For good.

    Who may: administrators. It cannot be undone.
    Refuses: 404 for everybody else; 422 where the two cannot be joined, as somebody who was not imported or was here
    already.
    """
    colleague = _person(request, sent.colleague)
    join_people(request.viewer, _person(request, handle), colleague)
    forget_facets()
    return _entry(_person(request, colleague.handle))


@routes.write("POST", "/administration/people/{handle}/invitation", shapes.Invitation, scope="administer", status=201)
def invite(request: Asked, handle: Handle, sent: shapes.LinkWanted | None = None) -> shapes.Invitation:
    """Make a link that lets somebody in once, and mail it where asked to. Links made before end.

    Who may: administrators.
    Refuses: 404 for everybody else; 422 for somebody who has left.
    """
    by_mail = sent is not None and sent.by_mail
    made = entries.invited(request.viewer, _person(request, handle), by_mail=by_mail)
    return _invitation(made.invitation, made.sending is not None)


def _invitation(made: Invitation, was_mailed: bool = False) -> shapes.Invitation:
    return shapes.Invitation(link=entries.link_of(made), ends_at=made.ends_at, was_mailed=was_mailed)


@routes.read("/administration/people/{handle}/invitation", shapes.Invitation, scope="administer")
def invitation(request: Asked, handle: Handle) -> shapes.Invitation:
    """Show the link that still lets somebody in; 404 where there is none.

    Who may: administrators.
    Refuses: 404 for everybody else, and where no link lets anybody in.
    """
    found = entries.open_invitation(_person(request, handle))
    if found is None:
        raise nothing_here()
    return _invitation(found)


@routes.write("PUT", "/administration/people/{handle}/signed-out", scope="administer")
def sign_out(request: Asked, handle: Handle) -> None:
    """Sign somebody out everywhere. Their tokens go on.

    Who may: administrators.
    Refuses: 404 for everybody else.
    """
    entries.end_sessions(request.viewer, _person(request, handle))


@routes.read("/administration/organisation", shapes.Organisation, scope="administer")
def organisation(request: Asked) -> shapes.Organisation:
    """Show the organisation’s name and logo.

    Who may: administrators.
    Refuses: 404 for everybody else.
    """
    _check(request)
    house = Organisation.objects.get()
    return shapes.Organisation(name=house.name, logo=address(house.logo))


@routes.write("PATCH", "/administration/organisation", shapes.Organisation, scope="administer")
def rename(request: Asked, sent: shapes.OrganisationChange) -> shapes.Organisation:
    """Rename the organisation.

    Who may: administrators.
    Refuses: 404 for everybody else; 422 without a name, or above 80 characters.
    """
    _check(request)
    change_organisation(request.viewer, name=sent.name)
    return organisation(request)


@routes.write("POST", "/administration/organisation/logo", shapes.Organisation, scope="administer")
def set_logo(
    request: Asked, logo: Annotated[UploadedFile, File(description="A PNG, WebP or JPEG picture, best a square one.")]
) -> shapes.Organisation:
    """Take a new logo: a PNG, WebP or JPEG of at most 5 MB, best a square one.

    Who may: administrators.
    Refuses: 404 for everybody else; 413 above 5 MB; 422 for a file that is no such picture.
    """
    _check(request)
    if not logo.size:
        raise Invalid(_("Choose a picture first."), field="logo")
    with open(logo.path, "rb") as arrived:  # type: ignore[attr-defined]  # it lies on disc, see files.keep
        kept = keep_logo(arrived, logo.size)
    change_organisation(request.viewer, logo=kept)
    return organisation(request)


@routes.write("DELETE", "/administration/organisation/logo", shapes.Organisation, scope="administer")
def remove_logo(request: Asked) -> shapes.Organisation:
    """Show the name alone.

    Who may: administrators.
    Refuses: 404 for everybody else.
    """
    _check(request)
    change_organisation(request.viewer, logo="")
    return organisation(request)
