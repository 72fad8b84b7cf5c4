"""The inbox, and who waits at a door."""

import re
from html import unescape
from typing import Annotated

from ninja import Path, Query

from watercooler.doors.api.answering import next_address, place_of
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import After, place
from watercooler.doors.api.shapes.common import LARGEST_ID, PersonBrief, SpaceBrief, address
from watercooler.doors.api.shapes.own import AllRead, ReadBefore, UnreadAgain
from watercooler.doors.api.shapes.told import AllWaiting, Inbox, ReadUpTo, Told, Waiting, YesOrNo
from watercooler.places.inbox import requests as doors
from watercooler.places.inbox.sentences import said
from watercooler.projections.feed.reads import Place
from watercooler.projections.notifications import acts, reads
from watercooler.projections.notifications.models import Notification
from watercooler.spine.spaces import acts as spaces
from watercooler.spine.spaces.models import Standing

routes = Routes("Inbox")
LineId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The `id` of a line of the inbox, not of an item.")]
DoorId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The `id` of a request or invitation that waits.")]
OnlyUnread = Annotated[bool, Query(description="True for the unread lines alone.")]
_TAG = re.compile(r"<[^>]+>")


@routes.read("/inbox", Inbox)
def show(request: Asked, unread: OnlyUnread = False, after: After = None) -> Inbox:
    """Show the inbox, newest first.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    from_place = place(after)
    before = None if not place_of(after) else (from_place.at, from_place.id)
    found = reads.inbox(request.viewer, only_unread=unread, before=before)
    last = found[-1] if len(found) == reads.PAGE else None
    more = str(Place(round(last.at.timestamp() * 1_000_000), last.id)) if last else ""
    return Inbox(
        lines=[_line(one) for one in found],
        unread=reads.unread(request.viewer),
        waiting=found[0].waiting if found else 0,
        next=next_address(request, more),
    )


def _line(line: reads.Line) -> Told:
    sentence = said(line)
    names = ("id", "kind", "at", "is_unread", "is_muted", "position", "actor_count")
    return Told(
        **{name: getattr(line, name) for name in names},
        sentence=unescape(_TAG.sub("", str(sentence.html))),
        words=sentence.words,
        url=address(sentence.url),
        why=sentence.why,
        actors=[PersonBrief.of(one) for one in line.actors],
        item=line.item_id,
        thread=line.root_id,
        space=SpaceBrief.of(line.space_slug, line.space_name, line.space_purpose) if line.space_slug else None,
    )


@routes.write("PUT", "/inbox/read", AllRead)
def read_all(request: Asked, sent: ReadUpTo) -> AllRead:
    """Mark read what had been told up to a position, and say what was unread, so that it can be taken back.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    before = acts.read_all(request.viewer, sent.up_to)
    return AllRead(before=[ReadBefore(id=line_id, position=position) for line_id, position in before.items()])


@routes.write("PUT", "/inbox/unread")
def unread_again(request: Asked, sent: UnreadAgain) -> None:
    """Make unread again what was unread before all was marked read.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    acts.unread_again(request.viewer, {one.id: one.position for one in sent.before})


def _own(request: Asked, line_id: int) -> Notification:
    mine = Notification.objects.select_related("item").filter(person_id=request.viewer.person_id, position__gt=0)
    found = mine.filter(pk=line_id).first()
    if found is None:
        raise nothing_here()
    return found


@routes.write("PUT", "/inbox/{id:line_id}/read")
def read(request: Asked, line_id: LineId) -> None:
    """Mark one line read.

    Who may: whose inbox it is.
    Refuses: 404 for everybody else.
    """
    acts.read(request.viewer, _own(request, line_id))


@routes.write("DELETE", "/inbox/{id:line_id}/read")
def unread(request: Asked, line_id: LineId) -> None:
    """Mark one line unread again.

    Who may: whose inbox it is.
    Refuses: 404 for everybody else.
    """
    acts.unread(request.viewer, _own(request, line_id))


@routes.write("PUT", "/inbox/{id:line_id}/muted")
def mute(request: Asked, line_id: LineId) -> None:
    """Hear nothing more of the thread a line is about.

    Who may: whose inbox it is.
    Refuses: 404 for everybody else, and for a line that is about no thread.
    """
    line = _own(request, line_id)
    if line.item is None:
        raise nothing_here()
    acts.mute_thread(request.viewer, line.item)


@routes.write("DELETE", "/inbox/{id:line_id}/muted")
def unmute(request: Asked, line_id: LineId) -> None:
    """Hear of that thread again.

    Who may: whose inbox it is.
    Refuses: 404 for everybody else, and for a line that is about no thread.
    """
    line = _own(request, line_id)
    if line.item is None:
        raise nothing_here()
    acts.unmute_thread(request.viewer, line.item, line.because)


@routes.write("PUT", "/inbox/{id:line_id}/less")
def less(request: Asked, line_id: LineId) -> None:
    """Undo the reason one was told: what came into the inbox comes into the feed alone.

    Who may: whose inbox it is.
    Refuses: 404 for everybody else.
    """
    acts.less(request.viewer, _own(request, line_id))


@routes.write("DELETE", "/inbox/{id:line_id}/less")
def as_before(request: Asked, line_id: LineId) -> None:
    """Take that back.

    Who may: whose inbox it is.
    Refuses: 404 for everybody else.
    """
    acts.as_before(request.viewer, _own(request, line_id))


@routes.read("/inbox/requests", AllWaiting)
def waiting(request: Asked) -> AllWaiting:
    """List requests that one decides and invitations to oneself, newest first, at most 50.

    Who may: everybody, of themselves and of the spaces they host.
    Refuses: nothing of its own.
    """
    found = [
        Waiting(
            id=one.id,
            is_invitation=one.is_invitation,
            space=SpaceBrief.of(one.space_slug, one.space_name),
            person=PersonBrief.of(one.person),
            note=one.note,
            since=one.since,
        )
        for one in doors.waiting(request.viewer)
    ]
    return AllWaiting(waiting=found)


@routes.write("PUT", "/inbox/requests/{id:line_id}")
def decide(request: Asked, line_id: DoorId, sent: YesOrNo) -> None:
    """Say yes or no to a request or an invitation.

    Who may: hosts, of a request to their space; who is invited, of an invitation.
    Refuses: 403 for a yes to a space that was archived meanwhile; 404 for everybody else, and for what was decided.
    """
    found = doors.decidable(request.viewer, line_id)
    if found is None:
        raise nothing_here()
    viewer, space, person, is_yes = request.viewer, found.space, found.person, sent.answer == "yes"
    if found.standing == Standing.INVITED:
        spaces.join(viewer, space) if is_yes else spaces.leave(viewer, space)
    else:
        spaces.let_in(viewer, space, person) if is_yes else spaces.turn_away(viewer, space, person)
