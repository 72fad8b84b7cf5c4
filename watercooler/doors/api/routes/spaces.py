"""Spaces: finding, opening, getting in and out, and looking after them."""

from typing import Annotated, Literal

from django.db.models import Q
from django.utils.translation import gettext as _
from ninja import Query

from watercooler.doors.api.answering import next_address
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import After, Handle, Slug, hosted, listed_space, people, place
from watercooler.doors.api.shapes import spaces as shapes
from watercooler.doors.api.shapes.common import PersonBrief, SpaceBrief, address
from watercooler.foundation.base.errors import Invalid, Stale
from watercooler.places.space import reads
from watercooler.places.space.directory import directory
from watercooler.places.space.insiders import after as later
from watercooler.places.space.insiders import inside
from watercooler.places.space.opening import open_space
from watercooler.places.space.starters import starter
from watercooler.projections.feed.reads import Place
from watercooler.spine.content.acts import change_access
from watercooler.spine.people.models import Person
from watercooler.spine.spaces import acts
from watercooler.spine.spaces.models import Access, Level, Membership, Space, Standing
from watercooler.spine.spaces.viewer import build

routes = Routes("Spaces")
MANY = 40
SpaceWords = Annotated[
    str,
    Query(
        max_length=300,
        description="Letters of a name or tagline, or a name spelt nearly so; then there is one page, nearest first.",
    ),
]
Letters = Annotated[
    str, Query(max_length=300, description="Only those in whose name these letters stand; empty for all.")
]
ByAccess = Annotated[
    list[Literal["open", "closed", "secret"]],
    Query(max_length=10, description="Only spaces of this access; repeated, of any of them."),
]
ByStanding = Annotated[
    list[Literal["joined", "hosted", "invited", "not"]],
    Query(
        max_length=10,
        description="Only spaces the caller is in, hosts, is invited to or asks to join, or has nothing to do with.",
    ),
]
BySize = Annotated[
    list[Literal["small", "medium", "large"]],
    Query(max_length=10, description="Only spaces of fewer than 20 people, of 20 to 99, or of 100 and more."),
]
ByLife = Annotated[
    list[Literal["week", "month", "quiet"]],
    Query(
        max_length=10,
        description="Only spaces in which something appeared within 7 days, within 30 days, or nothing for 30 days.",
    ),
]


@routes.read("/spaces", shapes.Spaces)
def listed(
    request: Asked,
    q: SpaceWords = "",
    access: ByAccess = [],  # noqa: B006
    mine: ByStanding = [],  # noqa: B006
    size: BySize = [],  # noqa: B006
    alive: ByLife = [],  # noqa: B006
    after: After = None,
) -> shapes.Spaces:
    """List the spaces one may know of, most alive first; where words were sent, the nearest names.

    Who may: members, of open and closed spaces; everybody of those they are in or invited to. Archived spaces are left
    out.
    Refuses: nothing of its own.
    """
    chosen: dict[str, list[str]] = {
        "access": list(access),
        "mine": list(mine),
        "size": list(size),
        "alive": list(alive),
    }
    found, more = directory(request.viewer, q[:80], chosen, place(after))
    shown = [
        shapes.SpaceFound(
            **SpaceBrief.of(one.slug, one.name).model_dump(),
            **{name: getattr(one, name) for name in ("access", "tagline", "hue", "member_count", "question_count")},
            solved_count=one.solved_count,
            last_item_at=one.last_item_at,
            standing=one.standing,
            parent=one.parent_name,
        )
        for one in found
    ]
    return shapes.Spaces(spaces=shown, next=next_address(request, more))


@routes.write("POST", "/spaces", shapes.Space, status=201)
def make(request: Asked, sent: shapes.NewSpace) -> shapes.Space:
    """Open a space, with oneself as owner and host.

    Who may: members. The same name twice within two minutes opens one space.
    Refuses: 403 for guests; 422 without a name or an objective, for words that are too long, and for a parent that the
    caller is not in.
    """
    words = sent.model_dump(exclude={"template", "access", "parent"}, exclude_none=True)
    parent = None
    if sent.parent:
        parent = Space.objects.filter(pk__in=request.viewer.space_ids, archived_at=None, slug=sent.parent).first()
        if parent is None:
            raise Invalid(_("You are in no space called “%(slug)s”.") % {"slug": sent.parent}, field="parent")
    words |= {"access": Access(sent.access), "parent": parent}
    space = open_space(request.viewer, starter(sent.template), **words)
    return shown(request, space.slug, anew=True)


def shown(request: Asked, slug: str, anew: bool = False) -> shapes.Space:
    """Return a space as the caller meets it. anew: after something that changed what they may see."""
    viewer = build(request.viewer.person_id) if anew else request.viewer
    found = reads.show(viewer, slug, "nothing", Place())
    if found is None:
        raise nothing_here()
    head = found.space
    as_they_are = (
        *("id", "access", "tagline", "objective", "how_we_work", "rules", "rules_version", "must_accept", "hue"),
        *("is_archived", "member_count", "question_count", "unanswered", "standing", "level", "may_read", "requests"),
    )
    return shapes.Space(
        **SpaceBrief.of(head.slug, head.name).model_dump(),
        **{name: getattr(head, name) for name in as_they_are},
        parent=SpaceBrief.of(head.parent["slug"], head.parent["name"]) if head.parent else None,
        hosts=[PersonBrief.of(one) for one in head.hosts],
        highlights=[_highlight(pin) for pin in head.pinned],
    )


def _highlight(pin: reads.Pinned) -> shapes.Highlight:
    names = ("kind", "title", "author", "note", "is_pinned")
    return shapes.Highlight(
        item=pin.id, url=address(pin.url), ends_on=pin.until, **{name: getattr(pin, name) for name in names}
    )


@routes.read("/spaces/{slug}", shapes.Space)
def show(request: Asked, slug: Slug) -> shapes.Space:
    """Show a space, its rules, its hosts and what stands at its top. A closed one is shown without what is in it.

    Who may: members, of open and closed spaces; everybody of those they are in or invited to.
    Refuses: 404 for a space the caller may not know of.
    """
    return shown(request, slug)


@routes.write("PATCH", "/spaces/{slug}", shapes.Space)
def change(request: Asked, slug: Slug, sent: shapes.SpaceChange) -> shapes.Space:
    """Change what is written about a space. Hosts only.

    Who may: its hosts.
    Refuses: 403 for others who may know of it; 404 for everybody else; 422 for words that are missing or too long, or
    more than 12 rules.
    """
    space = listed_space(request, slug)
    acts.change_space(request.viewer, space, **sent.model_dump(exclude_none=True))
    return shown(request, slug)


@routes.write("PUT", "/spaces/{slug}/membership", shapes.Standing)
def join(request: Asked, slug: Slug, sent: shapes.Joining) -> shapes.Standing:
    """Get into a space, accepting its rules; where it is closed, ask to be let in.

    Who may: members; guests where they are invited. Twice changes nothing.
    Refuses: 403 where it is archived or the caller has to be invited; 404 for a space they may not know of.
    """
    return shapes.Standing(standing=acts.join(request.viewer, listed_space(request, slug), sent.note))


@routes.write("DELETE", "/spaces/{slug}/membership")
def leave(request: Asked, slug: Slug) -> None:
    """Leave a space, take a request back, or decline an invitation.

    Who may: everybody but its owner. Where the caller is not in, nothing changes.
    Refuses: 403 for its owner, who names another one first; 404 for a space the caller may not know of.
    """
    acts.leave(request.viewer, listed_space(request, slug))


@routes.write("PUT", "/spaces/{slug}/membership/restored", shapes.Standing)
def come_back(request: Asked, slug: Slug) -> shapes.Standing:
    """Undo having left within the last ten minutes: be again what one was, also in a secret space.

    Who may: who left, or took a request back, within ten minutes.
    Refuses: 404 for everybody else, and later.
    """
    space = acts.lately_left(request.viewer, slug)
    if space is None:
        raise nothing_here()
    acts.come_back(request.viewer, space)
    mine = acts.standing_of(request.viewer, space)
    return shapes.Standing(standing=mine.standing if mine else "")


@routes.write("PUT", "/spaces/{slug}/rules", shapes.Space)
def accept_rules(request: Asked, slug: Slug, sent: shapes.Rules) -> shapes.Space:
    """Accept the ground rules as they are now.

    Who may: who is in the space. For others nothing changes.
    Refuses: 404 for a space the caller may not know of; 409 where there are newer rules by now.
    """
    space = listed_space(request, slug)
    if sent.version != space.rules_version:
        raise Stale(_("The rules changed while you were reading. Read them again."))
    acts.accept_rules(request.viewer, space)
    return shown(request, slug)


@routes.write("PUT", "/spaces/{slug}/level")
def set_level(request: Asked, slug: Slug, sent: shapes.Level) -> None:
    """Say how much of a space reaches one’s inbox.

    Who may: who is in the space. For others nothing changes.
    Refuses: 404 for a space the caller may not know of.
    """
    acts.set_level(request.viewer, listed_space(request, slug), Level(sent.level))


@routes.read("/spaces/{slug}/members", shapes.Members)
def members(request: Asked, slug: Slug, q: Letters = "", after: After = None) -> shapes.Members:
    """List who is in a space, hosts first, then the newest.

    Who may: members, of open spaces; of closed and secret ones who is in them.
    Refuses: 404 for everybody else.
    """
    space = _readable(request, slug)
    at = place(after)
    rows = list(later(inside(space.pk, q[:80].strip()), at)[: MANY + 1])
    last = rows[MANY - 1] if len(rows) > MANY else None
    more = str(Place(last.rank, last.pk)) if last else ""
    return shapes.Members(members=[_member(row) for row in rows[:MANY]], next=next_address(request, more))


def _readable(request: Asked, slug: str) -> Space:
    space = listed_space(request, slug)
    if not (space.pk in request.viewer.space_ids or (space.access == Access.OPEN and request.viewer.is_member)):
        raise nothing_here()
    return space


def _member(row: Membership) -> shapes.Member:
    brief = PersonBrief.of(row.person).model_dump()
    return shapes.Member(**brief, standing=row.standing, since=row.since, note=row.note)


@routes.write("PUT", "/spaces/{slug}/seen")
def seen(request: Asked, slug: Slug) -> None:
    """Remember that one has looked in: what comes from now on is new.

    Who may: who is in the space. For others nothing changes.
    Refuses: 404 for a space the caller may not know of.
    """
    acts.mark_seen(request.viewer, listed_space(request, slug))


@routes.read("/spaces/{slug}/requests", shapes.Members)
def requests(request: Asked, slug: Slug, after: After = None) -> shapes.Members:
    """List who asks to be let in, longest waiting first. Hosts only.

    Who may: its hosts.
    Refuses: 403 for others who may know of it; 404 for everybody else.
    """
    space = hosted(request, slug)
    at = place(after)
    waiting = Membership.objects.filter(space=space, standing=Standing.REQUESTED).select_related("person")
    rows = list((waiting if at.is_start else waiting.filter(Q(pk__gt=at.id))).order_by("pk")[: MANY + 1])
    more = str(Place(0, rows[MANY - 1].pk)) if len(rows) > MANY else ""
    return shapes.Members(members=[_member(row) for row in rows[:MANY]], next=next_address(request, more))


def _person(handle: str) -> Person:
    found = Person.objects.filter(handle=handle.lower(), is_active=True).first()
    if found is None:
        raise nothing_here()
    return found


@routes.write("PUT", "/spaces/{slug}/requests/{handle}")
def let_in(request: Asked, slug: Slug, handle: Handle) -> None:
    """Let somebody in who asked. Hosts only.

    Who may: its hosts. Where nobody asked, nothing changes.
    Refuses: 403 for others who may know of it; 404 for everybody else, and for an unknown person.
    """
    acts.let_in(request.viewer, hosted(request, slug), _person(handle))


@routes.write("DELETE", "/spaces/{slug}/requests/{handle}")
def turn_away(request: Asked, slug: Slug, handle: Handle) -> None:
    """Say not now to somebody who asked. Hosts only.

    Who may: its hosts. Where nobody asked, nothing changes.
    Refuses: 403 for others who may know of it; 404 for everybody else, and for an unknown person.
    """
    acts.turn_away(request.viewer, hosted(request, slug), _person(handle))


@routes.write("PUT", "/spaces/{slug}/members/{handle}")
def set_standing(request: Asked, slug: Slug, handle: Handle, sent: shapes.Role) -> None:
    """Make an insider host or member. Hosts only.

    Who may: its hosts.
    Refuses: 403 for others, for its owner, who stays a host, and for somebody who is not in it; 404 for a space or
    person unknown.
    """
    acts.change_standing(request.viewer, hosted(request, slug), _person(handle), Standing(sent.standing))


@routes.write("DELETE", "/spaces/{slug}/members/{handle}")
def send_out(request: Asked, slug: Slug, handle: Handle) -> None:
    """Send somebody out of a space. Hosts only.

    Who may: its hosts.
    Refuses: 403 for others, for its owner, and for somebody who is not in it; 404 for a space or person unknown.
    """
    acts.change_standing(request.viewer, hosted(request, slug), _person(handle), None)


@routes.write("POST", "/spaces/{slug}/invitations", shapes.Invited)
def invite(request: Asked, slug: Slug, sent: shapes.Inviting) -> shapes.Invited:
    """Invite people. Members do to open spaces, hosts to any.

    Who may: members who are in an open space; its hosts, whatever the space is.
    Refuses: 403 for others; 404 for a space the caller may not know of; 422 where one handle is nobody’s, and then
    nobody is invited.
    """
    space = listed_space(request, slug)
    wanted = {handle.lower().removeprefix("@") for handle in sent.people}
    found = list(people(request).filter(handle__in=wanted))
    if missing := wanted - {one.handle for one in found}:
        raise Invalid(_("We know no colleague called “%(name)s”.") % {"name": min(missing)}, field="people")
    return shapes.Invited(invited=acts.invite(request.viewer, space, found, note=sent.note))


@routes.write("PUT", "/spaces/{slug}/access", shapes.Space)
def set_access(request: Asked, slug: Slug, sent: shapes.Access) -> shapes.Space:
    """Open, close or hide a space with everything in it. Hosts only.

    Who may: its hosts.
    Refuses: 403 for others who may know of it; 404 for everybody else.
    """
    change_access(request.viewer, hosted(request, slug), Access(sent.access))
    return shown(request, slug)


@routes.write("PUT", "/spaces/{slug}/owner", shapes.Space)
def set_owner(request: Asked, slug: Slug, sent: shapes.Owner) -> shapes.Space:
    """Hand a space on to another of its hosts; to any colleague, if its owner has left.

    Who may: its owner; learning leads and administrators who host it; where its owner has left, its hosts, learning
    leads and administrators.
    Refuses: 403 for others, and for a guest as owner; 404 for a space the caller may not know of; 422 for somebody who
    is no host of it.
    """
    space = listed_space(request, slug)
    heir = acts.heirs(request.viewer, space).filter(handle=sent.owner.lower()).first()
    if heir is None:
        raise Invalid(_("Make them a host first."), field="owner")
    acts.change_owner(request.viewer, space, heir)
    return shown(request, slug)


@routes.write("PUT", "/spaces/{slug}/archived", shapes.Space)
def archive(request: Asked, slug: Slug) -> shapes.Space:
    """Close a space for writing; what is in it stays. Hosts only.

    Who may: its hosts. Twice changes nothing.
    Refuses: 403 for others who may know of it; 404 for everybody else.
    """
    acts.archive(request.viewer, hosted(request, slug))
    return shown(request, slug)


@routes.write("DELETE", "/spaces/{slug}/archived", shapes.Space)
def unarchive(request: Asked, slug: Slug) -> shapes.Space:
    """Open an archived space again. Hosts only.

    Who may: its hosts. Twice changes nothing.
    Refuses: 403 for others who may know of it; 404 for everybody else.
    """
    acts.archive(request.viewer, hosted(request, slug), is_archived=False)
    return shown(request, slug)
