"""Whom one is connected with, introductions, people alike, and what the directory counts."""

from typing import Annotated, Any

from django.db.models import Q
from ninja import Path, Query

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
    colleague,
)
from watercooler.doors.api.shapes.common import LARGEST_ID, PersonBrief
from watercooler.doors.api.shapes.connections import (
    Acquaintance,
    Acquaintances,
    Both,
    Card,
    Connected,
    ConnectedList,
    Connecting,
    ConnectionChoices,
    Facet,
    Facets,
    Introduced,
    IntroducedList,
    Introducing,
    IntroductionAnswer,
    PeopleAlike,
    PersonAlike,
    Tie,
)
from watercooler.foundation.base.text import clean_line
from watercooler.places.person import connections as pages
from watercooler.places.person import directory
from watercooler.places.person.alike import alike as people_alike
from watercooler.spine.social import acts
from watercooler.spine.social.models import Introduction
from watercooler.spine.social.reads import connections as ties

routes = Routes("Connections")
Number = Annotated[
    int, Path(ge=1, le=LARGEST_ID, description="The number of an introduction, as the lists of them have it.")
]
Letters = Annotated[
    str, Query(max_length=300, description="Only those in whose name or job these letters stand; empty for all.")
]


@routes.read("/directory/facets", Facets)
def facets(
    request: Asked,
    q: PeopleWords = "",
    site: AtSites = [],  # noqa: B006
    unit: InUnits = [],  # noqa: B006
    skill: WithSkills = [],  # noqa: B006
    language: Speaking = [],  # noqa: B006
    open_to_questions: OpenToQuestions = False,
) -> Facets:
    """Count the directory by facet, each with the rest of what is asked for. Guests are told nothing here.

    Who may: members.
    Refuses: 404 for guests, who would count people they may not know of.
    """
    if not request.viewer.is_member:
        raise nothing_here()
    wanted = directory.Wanted(clean_line(q)[:80], site, unit, _clean(skill), _clean(language), open_to_questions)
    rows = directory.facets(wanted)
    return Facets(facets=[Facet(facet=r.facet, value=r.value, label=r.label, people=r.people) for r in rows])


def _clean(words: list[str]) -> list[str]:
    return [clean_line(one)[:60] for one in words]


# Connections


@routes.read("/me/connections", ConnectedList)
def mine(request: Asked, q: Letters = "", after: After = None) -> ConnectedList:
    """List whom one is connected with, by name.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    found, more = ties.connections(request.viewer, clean_line(q)[:80], place_of(after))
    people = [Connected(**_brief(one), status=one.status, email=one.email, since=one.since) for one in found]
    return ConnectedList(people=people, next=next_address(request, more))


def _brief(one: Any) -> dict[str, Any]:
    about = {"handle": one.handle, "name": one.name, "job": one.job, "photo": one.photo}
    return PersonBrief.of(about).model_dump()


@routes.read("/me/connections/requests", Acquaintances)
def requests(request: Asked) -> Acquaintances:
    """List who would like to connect, to whom one was introduced, and whom one asked; the newest 50 of each.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    waiting, sent = ties.waiting(request.viewer), ties.sent(request.viewer)
    return Acquaintances(waiting=[_met(one) for one in waiting], sent=[_met(one) for one in sent])


def _met(one: ties.Meeting) -> Acquaintance:
    same = ("kind", "id", "note", "at", "said_yes", "other_said_yes", "is_connected")
    by = PersonBrief.of(one.by) if one.by else None
    return Acquaintance(**{name: getattr(one, name) for name in same}, person=PersonBrief.of(one.person), by=by)


@routes.read("/me/connections/alike", PeopleAlike)
def alike(request: Asked) -> PeopleAlike:
    """List people like oneself, each with a reason.

    Who may: everybody, of themselves. Nobody who does not want to be suggested is listed.
    Refuses: nothing of its own.
    """
    return PeopleAlike(people=[PersonAlike(**_brief(one), reason=one.reason) for one in people_alike(request.viewer)])


@routes.write("PUT", "/me/connections/choices")
def choose(request: Asked, sent: ConnectionChoices) -> None:
    """Say who sees whom one knows, and whether one is suggested to people alike.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    acts.choose_connections(request.viewer, hides=sent.hides_connections, is_not_suggested=sent.is_not_suggested)


@routes.read("/people/{handle}/connection", Tie)
def tie(request: Asked, handle: Handle) -> Tie:
    """Show how one stands with somebody.

    Who may: whoever may know of that person.
    Refuses: 404 for somebody who left, or of whom the caller may not know.
    """
    return Tie(tie=ties.stands_with(request.viewer, colleague(request, handle).pk))


@routes.write("PUT", "/people/{handle}/connection", Tie)
def connect(request: Asked, handle: Handle, sent: Connecting) -> Tie:
    """Ask somebody to connect, or say yes to somebody who asked.

    Who may: whoever may know of that person. Twice changes nothing.
    Refuses: 403 for oneself; 404 for somebody unknown; 422 where one of the two is a guest who may not know the other,
    or a hundred requests of the caller wait. Who said no half a year ago or less is not asked again, and the caller is
    not told so.
    """
    person = colleague(request, handle)
    if not acts.accept_connection(request.viewer, person):
        acts.connect(request.viewer, person, sent.note)
    return Tie(tie=ties.stands_with(request.viewer, person.pk))


@routes.write("DELETE", "/people/{handle}/connection")
def disconnect(request: Asked, handle: Handle) -> None:
    """Decline somebody’s request, withdraw one’s own, or end a connection; nobody is told.

    Who may: one of the two. Where there is nothing to end, nothing changes.
    Refuses: 404 for somebody unknown.
    """
    person = colleague(request, handle)
    if not acts.decline_connection(request.viewer, person):
        acts.end_connection(request.viewer, person)


@routes.write("PUT", "/people/{handle}/connection/as-before", Tie)
def undo(request: Asked, handle: Handle) -> Tie:
    """Take back what one did last with a connection: a no at any time, a yes or an end within ten minutes.

    Who may: whoever declined, agreed, withdrew or ended. Where there is nothing to take back, or too long ago, nothing
    changes.
    Refuses: 404 for somebody unknown.
    """
    person = colleague(request, handle)
    if not acts.resume_connection(request.viewer, person):
        acts.reconsider_connection(request.viewer, person)
    return Tie(tie=ties.stands_with(request.viewer, person.pk))


@routes.read("/people/{handle}/both-know", Both)
def both_know(request: Asked, handle: Handle) -> Both:
    """List whom the caller and somebody both know; the first 60 by name.

    Who may: whoever may know of that person. Nobody is shown who hides whom they know.
    Refuses: 404 for somebody unknown.
    """
    people = ties.both_know(request.viewer, colleague(request, handle).pk)
    return Both(people=[PersonBrief(**_brief(one)) for one in people])


@routes.read("/people/{handle}/card", Card)
def card(request: Asked, handle: Handle) -> Card:
    """Show somebody’s contact card; the e-mail address is on those of one’s connections.

    Who may: whoever may know of that person.
    Refuses: 404 for somebody who left, or of whom the caller may not know.
    """
    found = pages.card_of(request.viewer, handle.lower())
    if found is None:
        raise nothing_here()
    return Card(vcard=found)


# Introductions


def _introduced(one: ties.Introduced) -> Introduced:
    first, second = PersonBrief.of(one.one), PersonBrief.of(one.other)
    return Introduced(id=one.id, one=first, other=second, note=one.note, at=one.at, have_met=one.have_met)


@routes.read("/introductions", IntroducedList)
def introductions(request: Asked) -> IntroducedList:
    """List the introductions one made; the newest 50.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    return IntroducedList(introductions=[_introduced(one) for one in ties.introductions_made(request.viewer)])


@routes.write("POST", "/introductions", Introduced, status=201)
def introduce(request: Asked, sent: Introducing) -> Introduced:
    """Introduce two colleagues to each other.

    Who may: whoever may know of both. Twice gives the first again.
    Refuses: 403 for oneself as one of the two; 404 for somebody unknown; 422 without a note, for one person twice, or
    where one is a guest who may not know another.
    """
    one, other = colleague(request, sent.one), colleague(request, sent.other)
    made = acts.introduce(request.viewer, one, other, sent.note)
    return Introduced(
        id=made.pk,
        one=PersonBrief.of(one),
        other=PersonBrief.of(other),
        note=made.note,
        at=made.at,
        have_met=made.met_at is not None,
    )


@routes.write("DELETE", "/introductions/{id:number}")
def take_back(request: Asked, number: Number) -> None:
    """Take an introduction back, as long as the two have not met.

    Who may: who introduced them. Once they have met, nothing changes.
    Refuses: 404 for an introduction that is not the caller’s own.
    """
    found = Introduction.objects.filter(pk=number, introducer_id=request.viewer.person_id, taken_back_at=None).first()
    if found is None:
        raise nothing_here()
    acts.take_back_introduction(request.viewer, found)


def _of_mine(request: Asked, number: int) -> Introduction:
    me = request.viewer.person_id
    found = Introduction.objects.filter(Q(one_id=me) | Q(other_id=me), pk=number, taken_back_at=None).first()
    if found is None:
        raise nothing_here()
    return found


@routes.write("PUT", "/introductions/{id:number}/answer")
def answer(request: Asked, number: Number, sent: IntroductionAnswer) -> None:
    """Say yes or "not now" to an introduction; when both said yes, the two are connected.

    Who may: the two who were introduced. A no is told to nobody, and changes nothing once they have met.
    Refuses: 404 for everybody else; 422 for a yes where the other one left.
    """
    found = _of_mine(request, number)
    if sent.is_yes:
        acts.meet(request.viewer, found)
    else:
        acts.decline_introduction(request.viewer, found)


@routes.write("DELETE", "/introductions/{id:number}/answer")
def unanswer(request: Asked, number: Number) -> None:
    """Take one’s answer back, as long as the two have not met.

    Who may: the two who were introduced. Once they have met, nothing changes.
    Refuses: 404 for everybody else.
    """
    acts.reconsider_introduction(request.viewer, _of_mine(request, number))
