"""The care desk, for hosts and administrators."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from ninja import Path

from watercooler.doors.api.answering import next_address, place_of
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import After, ItemId
from watercooler.doors.api.shapes.common import LARGEST_ID, PersonBrief, SpaceBrief, address
from watercooler.doors.api.shapes.messages import (
    ClosedReports,
    DecidingReport,
    ReportedLine,
    WaitingReport,
    WaitingReports,
)
from watercooler.doors.api.shapes.told import Case, Decided, Deciding, Decision, Decisions, Desk
from watercooler.spine.content.models import Item
from watercooler.spine.conversations import acts as conversations
from watercooler.spine.conversations.models import Report
from watercooler.spine.people.models import Person
from watercooler.spine.social import acts
from watercooler.studio.moderation import messages as reported
from watercooler.studio.moderation import reads

routes = Routes("Care")
ReportId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The `id` of a reported message.")]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@routes.read("/care", Desk, scope="care")
def desk(request: Asked) -> Desk:
    """List what waits where one looks after things. For others than hosts and administrators there is no desk.

    Who may: hosts, of their spaces; administrators, of all: where they may not read, that there is a flag.
    Refuses: 404 for everybody else.
    """
    _check(request)
    return Desk(cases=[_case(one) for one in reads.queue(request.viewer)])


def _check(request: Asked) -> None:
    if not reads.has_desk(request.viewer):
        raise nothing_here()


def _case(one: reads.Case) -> Case:
    names = ("may_read", "flag_count", "flagged_at", "reasons", "notes", "kind", "is_hidden", "title", "html")
    return Case(
        item=one.id,
        **{name: getattr(one, name) for name in names},
        published_at=one.published_at,
        author=PersonBrief.of(one.author) if one.may_read else None,
        space=_space(one) if one.space_slug else None,
        url=address(one.url) if one.may_read else "",
    )


def _space(one: reads.Case) -> SpaceBrief:
    return SpaceBrief.of(one.space_slug, one.space_name, "wall" if one.space_url.startswith("/people/") else "space")


def _item(request: Asked, item_id: int) -> Item:
    _check(request)
    found = reads.item_of(request.viewer, item_id)
    if found is None:
        raise nothing_here()
    return found


@routes.write("PUT", "/care/{id:item_id}", Decided, scope="care")
def decide(request: Asked, item_id: ItemId, sent: Deciding) -> Decided:
    """Decide about a flagged item: keep it, help its author, hold it, or remove it.

    Who may: hosts of its space, and administrators who may read it; not its author.
    Refuses: 404 for everybody else, and for what nobody flagged; 422 for anything but `kept` without a note.
    """
    return Decided(closed=acts.decide(request.viewer, _item(request, item_id), sent.outcome, sent.note))


@routes.write("DELETE", "/care/{id:item_id}", scope="care")
def undecide(request: Asked, item_id: ItemId) -> None:
    """Take one’s newest decision about an item back.

    Who may: who took that decision. Where the caller took none, nothing changes.
    Refuses: 404 for others than hosts of its space and administrators who may read it.
    """
    acts.undecide(request.viewer, _item(request, item_id))


@routes.read("/care/log", Decisions, scope="care")
def log(request: Asked, after: After = None) -> Decisions:
    """List what was decided where one looks after things, newest first.

    Who may: hosts, of their spaces; administrators, of what they may read.
    Refuses: 404 for everybody else.
    """
    _check(request)
    place = place_of(after)
    before = _EPOCH + timedelta(microseconds=int(place)) if place.isdecimal() and len(place) < 18 else _later()
    found = reads.log(request.viewer, before)
    more = str(round(found[-1].at.timestamp() * 1_000_000)) if len(found) == reads.MOST else ""
    return Decisions(decisions=[_decision(one) for one in found], next=next_address(request, more))


def _later() -> datetime:
    return datetime(9999, 12, 31, tzinfo=UTC)


def _decision(one: reads.Decision) -> Decision:
    names = ("at", "outcome", "note", "flag_count", "reasons", "words", "is_mine", "is_newest")
    return Decision(
        item=one.item_id,
        **{name: getattr(one, name) for name in names},
        decider=PersonBrief.of(one.decider),
        author=one.author_name,
        space=one.space_name,
    )


@routes.read("/care/messages", WaitingReports, scope="care")
def messages(request: Asked) -> WaitingReports:
    """List the private messages that were reported and wait, as copies from then; nothing else of a conversation.

    Who may: administrators, but of what they reported or wrote themselves.
    Refuses: 404 for everybody else.
    """
    if not request.viewer.is_administrator:
        raise nothing_here()
    return WaitingReports(reports=[_report(one) for one in reported.waiting(request.viewer)])


def _report(one: Report) -> WaitingReport:
    lines = sorted(one.lines.all(), key=lambda line: line.number)
    return WaitingReport(
        id=one.pk,
        reason=one.reason,
        note=one.note,
        at=one.at,
        by=_brief(one.person),
        author=_brief(one.message.author),
        number=one.message.number,
        lines=[
            ReportedLine(
                number=line.number,
                author=_brief(line.author),
                at=line.at,
                html=line.safe_html,
                files=line.file_names,
            )
            for line in lines
        ],
    )


def _brief(person: Person) -> PersonBrief:
    facts: dict[str, Any] = {"handle": person.handle, "name": person.name, "photo": person.photo}
    return PersonBrief.of(facts)


@routes.write("PUT", "/care/messages/{id:report}", ClosedReports, scope="care")
def decide_report(request: Asked, report: ReportId, sent: DecidingReport) -> ClosedReports:
    """Decide about a reported message: leave it, write to its author, or remove it. Copies are deleted with that.

    Who may: administrators, but who reported it and who wrote it.
    Refuses: 404 for everybody else; 422 for anything but `kept` without a note.
    """
    found = reported.found(request.viewer, report)
    if found is None:
        raise nothing_here()
    return ClosedReports(closed=conversations.decide_report(request.viewer, found, sent.outcome, sent.note))
