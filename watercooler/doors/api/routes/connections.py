"""Whom one is connected with, introductions, people alike, and what the directory counts."""

from typing import Annotated, Any

from django.db.models import Q
from ninja import Path, Query
from pydantic import Field

from watercooler.doors.api.answering import next_address, place_of
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import After, Handle, Words, colleague
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
Number = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The id of an introduction.")]
Ids = Annotated[list[Annotated[int, Field(ge=1, le=10**9)]], Query(max_length=20)]
Names = Annotated[list[Annotated[str, Field(max_length=60)]], Query(max_length=20)]


@routes.read("/directory/facets", Facets)
def facets(
    request: Asked,
    q: Words = "",
    site: Ids = [],  # noqa: B006
    unit: Ids = [],  # noqa: B006
    skill: Names = [],  # noqa: B006
    language: Names = [],  # noqa: B006
    open_to_questions: bool = False,
) -> Facets:
    """Count the directory by facet, each with the rest of what is asked for. Guests are told nothing here."""
    if not request.viewer.is_member:
        raise nothing_here()
    wanted = directory.Wanted(clean_line(q)[:80], site, unit, _clean(skill), _clean(language), open_to_questions)
    rows = directory.facets(wanted)
    return Facets(facets=[Facet(facet=r.facet, value=r.value, label=r.label, people=r.people) for r in rows])


def _clean(words: list[str]) -> list[str]:
    return [clean_line(one)[:60] for one in words]


# Connections


@routes.read("/me/connections", ConnectedList)
def mine(request: Asked, q: Words = "", after: After = None) -> ConnectedList:
    """List whom one is connected with, by name."""
    found, more = ties.connections(request.viewer, clean_line(q)[:80], place_of(after))
    people = [Connected(**_brief(one), status=one.status, email=one.email, since=one.since) for one in found]
    return ConnectedList(people=people, next=next_address(request, more))


def _brief(one: Any) -> dict[str, Any]:
    about = {"handle": one.handle, "name": one.name, "job": one.job, "photo": one.photo}
    return PersonBrief.of(about).model_dump()


@routes.read("/me/connections/requests", Acquaintances)
def requests(request: Asked) -> Acquaintances:
    """List who would like to connect, to whom one was introduced, and whom one asked; the newest 50 of each."""
    waiting, sent = ties.waiting(request.viewer), ties.sent(request.viewer)
    return Acquaintances(waiting=[_met(one) for one in waiting], sent=[_met(one) for one in sent])


def _met(one: ties.Meeting) -> Acquaintance:
    same = ("kind", "id", "note", "at", "said_yes", "other_said_yes", "is_connected")
    by = PersonBrief.of(one.by) if one.by else None
    return Acquaintance(**{name: getattr(one, name) for name in same}, person=PersonBrief.of(one.person), by=by)


@routes.read("/me/connections/alike", PeopleAlike)
def alike(request: Asked) -> PeopleAlike:
    """List people like oneself, each with a reason."""
    return PeopleAlike(people=[PersonAlike(**_brief(one), reason=one.reason) for one in people_alike(request.viewer)])


@routes.write("PUT", "/me/connections/choices")
def choose(request: Asked, sent: ConnectionChoices) -> None:
    """Say who sees whom one knows, and whether one is suggested to people alike."""
    acts.choose_connections(request.viewer, hides=sent.hides_connections, is_not_suggested=sent.is_not_suggested)


@routes.read("/people/{handle}/connection", Tie)
def tie(request: Asked, handle: Handle) -> Tie:
    """Show how one stands with somebody."""
    return Tie(tie=ties.stands_with(request.viewer, colleague(request, handle).pk))


@routes.write("PUT", "/people/{handle}/connection", Tie)
def connect(request: Asked, handle: Handle, sent: Connecting) -> Tie:
    """Ask somebody to connect, or say yes to somebody who asked."""
    person = colleague(request, handle)
    if not acts.accept_connection(request.viewer, person):
        acts.connect(request.viewer, person, sent.note)
    return Tie(tie=ties.stands_with(request.viewer, person.pk))


@routes.write("DELETE", "/people/{handle}/connection")
def disconnect(request: Asked, handle: Handle) -> None:
    """Decline somebody’s request, withdraw one’s own, or end a connection; nobody is told."""
    person = colleague(request, handle)
    if not acts.decline_connection(request.viewer, person):
        acts.end_connection(request.viewer, person)


@routes.write("PUT", "/people/{handle}/connection/as-before", Tie)
def undo(request: Asked, handle: Handle) -> Tie:
    """Take back what one did last with a connection: a no at any time, a yes or an end within ten minutes."""
    person = colleague(request, handle)
    if not acts.resume_connection(request.viewer, person):
        acts.reconsider_connection(request.viewer, person)
    return Tie(tie=ties.stands_with(request.viewer, person.pk))


@routes.read("/people/{handle}/both-know", Both)
def both_know(request: Asked, handle: Handle) -> Both:
    """List whom the caller and somebody both know; the first 60 by name."""
    people = ties.both_know(request.viewer, colleague(request, handle).pk)
    return Both(people=[PersonBrief(**_brief(one)) for one in people])


@routes.read("/people/{handle}/card", Card)
def card(request: Asked, handle: Handle) -> Card:
    """Show somebody’s contact card; the e-mail address is on those of one’s connections."""
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
    """List the introductions one made; the newest 50."""
    return IntroducedList(introductions=[_introduced(one) for one in ties.introductions_made(request.viewer)])


@routes.write("POST", "/introductions", Introduced, status=201)
def introduce(request: Asked, sent: Introducing) -> Introduced:
    """Introduce two colleagues to each other."""
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
    """Take an introduction back, as long as the two have not met."""
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
    """Say yes or "not now" to an introduction; when both said yes, the two are connected."""
    found = _of_mine(request, number)
    if sent.is_yes:
        acts.meet(request.viewer, found)
    else:
        acts.decline_introduction(request.viewer, found)


@routes.write("DELETE", "/introductions/{id:number}/answer")
def unanswer(request: Asked, number: Number) -> None:
    """Take one’s answer back, as long as the two have not met."""
    acts.reconsider_introduction(request.viewer, _of_mine(request, number))
