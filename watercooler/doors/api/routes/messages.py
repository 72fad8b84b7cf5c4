"""Private messages: conversations, what is said in them, and finding it again."""

from typing import Annotated, Any

from django.db import transaction
from django.utils.translation import gettext as _
from ninja import Path, Query

from watercooler.doors.api.answering import next_address, place_of
from watercooler.doors.api.doing import Asked, Routes
from watercooler.doors.api.problems import nothing_here
from watercooler.doors.api.routes.found import After, Handle, place
from watercooler.doors.api.shapes import messages as shapes
from watercooler.doors.api.shapes.common import LARGEST_ID, PersonBrief, address
from watercooler.foundation.base.errors import Invalid
from watercooler.foundation.base.sent import number as whole
from watercooler.foundation.base.text import clean_line
from watercooler.projections.feed.reads import Place
from watercooler.projections.search.messages import reads as search
from watercooler.projections.search.query import parse
from watercooler.spine.conversations import acts, reads
from watercooler.spine.conversations.models import Conversation, Line, Message, Report
from watercooler.spine.conversations.openness import openness, silenced
from watercooler.spine.conversations.sight import seen
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.mentioned import without_dead_links
from watercooler.spine.spaces.sight import known_to

routes = Routes("Messages")
TalkId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The `id` of a conversation the caller takes part in.")]
LineNumber = Annotated[int, Path(ge=1, le=2**31 - 1, description="The `number` of a line of the conversation.")]
Sought = Annotated[str, Query(max_length=300, description="The words, as on the search page, with phrases and from:.")]


def _head(request: Asked, conversation: int) -> reads.Head:
    head = reads.head(request.viewer, conversation)
    if head is None:
        raise nothing_here()
    return head


def _people(request: Asked, handles: list[str]) -> list[Person]:
    """Return people by their handles. Raises Invalid for one the caller does not know."""
    wanted = list(dict.fromkeys(clean_line(handle).lower().lstrip("@") for handle in handles))
    known = {one.handle: one for one in Person.objects.filter(known_to(request.viewer), handle__in=wanted)}
    for handle in wanted:
        if handle not in known:
            raise Invalid(_("There is nobody called “%(name)s”.") % {"name": handle[:40]}, field="people")
    return [known[handle] for handle in wanted]


def _listed(row: reads.Row) -> shapes.Conversation:
    names = ("id", "name", "is_group", "unread", "is_muted", "active_at", "person_count")
    words = "" if row.is_last_removed or row.last_kind != "said" else row.last_words
    people = [PersonBrief.of(one) for one in row.people]
    url = address(f"/inbox/messages/{row.id}")
    return shapes.Conversation(**{name: getattr(row, name) for name in names}, people=people, last=words, url=url)


def _alone(head: reads.Head) -> shapes.Conversation:
    names = ("id", "name", "is_group", "unread", "is_muted")
    return shapes.Conversation(
        **{name: getattr(head, name) for name in names},
        people=[PersonBrief.of({**one, "job": ""}) for one in head.people],
        person_count=len(head.people),
        active_at=head.joined_at,
        last="",
        url=address(head.url),
    )


@routes.read("/conversations", shapes.Conversations)
def listed(request: Asked, after: After = None) -> shapes.Conversations:
    """List the caller's conversations, newest first.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    begins = place(after)
    found = reads.rows(request.viewer, None if not place_of(after) else (begins.at, begins.id))
    last = found[-1] if len(found) == reads.LIST else None
    more = str(Place(round(last.active_at.timestamp() * 1_000_000), last.id)) if last else ""
    return shapes.Conversations(
        conversations=[_listed(row) for row in found],
        unread=reads.unread(request.viewer),
        next=next_address(request, more),
    )


@routes.write("POST", "/conversations", shapes.Conversation, status=201)
def begin(request: Asked, sent: shapes.Beginning) -> shapes.Conversation:
    """Write to one person or several. With one, the conversation the two have goes on.

    Who may: everybody, to people they know; guests to those they share a space with.
    Refuses: 422 for who has left, for oneself, for a guest without a shared space, for who takes no
    new messages from the caller, in one sentence whatever the reason, and for a message without words; 429 for too
    many messages in a minute.
    """
    people, name = _people(request, sent.people), clean_line(sent.name)
    with transaction.atomic():
        if len(people) == 1 and not name:
            begun = acts.begin(request.viewer, people[0])
        else:
            begun = acts.begin_group(request.viewer, people, name)
        acts.send(request.viewer, begun, sent.text, attachments=sent.files)
    return _alone(_head(request, begun.pk))


@routes.read("/conversations/{id:conversation}", shapes.Conversation)
def show(request: Asked, conversation: TalkId) -> shapes.Conversation:
    """Show who takes part in a conversation, and how much of it is unread.

    Who may: who takes part.
    Refuses: 404 for everybody else, whatever their role.
    """
    return _alone(_head(request, conversation))


@routes.read("/conversations/{id:conversation}/messages", shapes.Messages)
def said(request: Asked, conversation: TalkId, after: After = None) -> shapes.Messages:
    """Read a conversation: the newest lines, and by `next` earlier ones. Reading here marks nothing read.

    Who may: who takes part, from when they came on.
    Refuses: 404 for everybody else, whatever their role.
    """
    head = _head(request, conversation)
    before = whole(place_of(after))
    lines = reads.said(request.viewer, conversation, last=before - 1 if before else 2**31 - 1)
    has_more = len(lines) == reads.PAGE and lines[0].number > head.sees_after + 1
    return shapes.Messages(
        messages=_lines(request, head, lines),
        next=next_address(request, str(lines[0].number) if has_more else ""),
    )


def _lines(request: Asked, head: reads.Head, lines: list[reads.Said]) -> list[shapes.Message]:
    texts = without_dead_links(request.viewer, [line.safe_html for line in lines])
    return [_line(head, line, html) for line, html in zip(lines, texts, strict=True)]


def _line(head: reads.Head, line: reads.Said, html: str) -> shapes.Message:
    names = ("number", "kind", "about", "at", "edited_at", "is_removed")
    files = [{"id": one["id"], "name": one["name"], "url": address(one["url"])} for one in line.files]
    author: dict[str, Any] = {"handle": line.handle, "name": line.name, "photo": line.photo}
    return shapes.Message(
        **{name: getattr(line, name) for name in names},
        author=PersonBrief.of(author),
        text=line.source,
        html=html,
        files=[shapes.MessageFile(**one) for one in files],
        url=address(f"{head.url}?at={line.number}#m-{line.number}"),
    )


def _one(request: Asked, conversation: int, number: int) -> shapes.Message:
    found = reads.said(request.viewer, conversation, first=number, last=number)
    if not found:
        raise nothing_here()
    return _lines(request, _head(request, conversation), found)[0]


@routes.write("POST", "/conversations/{id:conversation}/messages", shapes.Message, status=201)
def say(request: Asked, conversation: TalkId, sent: shapes.Writing) -> shapes.Message:
    """Say something in a conversation.

    Who may: who takes part.
    Refuses: 404 for everybody else; 422 for a message without words, and where the other one has left; 429 for too many
    messages in a minute.
    """
    head = _head(request, conversation)
    made = acts.send(request.viewer, Conversation(pk=head.id), sent.text, attachments=sent.files)
    return _one(request, conversation, made.number)


def _own(request: Asked, conversation: int, number: int) -> Message:
    mine = Message.objects.filter(seen(request.viewer), author_id=request.viewer.person_id, kind=Line.SAID)
    found = mine.filter(conversation_id=conversation, number=number).first()
    if found is None:
        raise nothing_here()
    return found


@routes.write("PATCH", "/conversations/{id:conversation}/messages/{nr:number}", shapes.Message)
def edit(request: Asked, conversation: TalkId, number: LineNumber, sent: shapes.NewWords) -> shapes.Message:
    """Change the words of a message of one's own. What it said before is not kept.

    Who may: who wrote it and still takes part.
    Refuses: 404 for everybody else; 409 for one that was removed; 422 for no words.
    """
    acts.edit(request.viewer, _own(request, conversation, number), sent.text)
    return _one(request, conversation, number)


@routes.write("DELETE", "/conversations/{id:conversation}/messages/{nr:number}")
def remove(request: Asked, conversation: TalkId, number: LineNumber) -> None:
    """Take a message of one's own away. For a day it can be brought back; then words and files are gone.

    Who may: who wrote it and still takes part.
    Refuses: 404 for everybody else.
    """
    acts.remove(request.viewer, _own(request, conversation, number))


@routes.write("PUT", "/conversations/{id:conversation}/messages/{nr:number}/restored")
def restore(request: Asked, conversation: TalkId, number: LineNumber) -> None:
    """Bring a message of one's own back, within a day.

    Who may: who wrote it and still takes part.
    Refuses: 404 for everybody else; 409 for one that is gone for good.
    """
    acts.restore(request.viewer, _own(request, conversation, number))


def _others(request: Asked, conversation: int, number: int) -> Message:
    said = Message.objects.filter(seen(request.viewer), kind=Line.SAID, removed_at=None)
    others = said.exclude(author_id=request.viewer.person_id)
    found = others.filter(conversation_id=conversation, number=number).first()
    if found is None:
        raise nothing_here()
    return found


@routes.read("/conversations/{id:conversation}/messages/{nr:number}/report", shapes.Reported)
def reported(request: Asked, conversation: TalkId, number: LineNumber) -> shapes.Reported:
    """Show one's own open report of a message; 404 where there is none.

    Who may: who reported it and still takes part.
    Refuses: 404 for everybody else.
    """
    message = _others(request, conversation, number)
    mine = Report.objects.filter(message=message, person_id=request.viewer.person_id, decided_at=None).first()
    if mine is None:
        raise nothing_here()
    return shapes.Reported(reason=mine.reason, note=mine.note, at=mine.at)


@routes.write("PUT", "/conversations/{id:conversation}/messages/{nr:number}/report")
def report(request: Asked, conversation: TalkId, number: LineNumber, sent: shapes.Reporting) -> None:
    """Hand a message, and at most three that were said before it, to the administrators, with the caller's name.

    They read this copy until they have decided, and nothing else of the conversation. A second report while the first
    is open changes nothing.

    Who may: who takes part, about a message of somebody else that stands.
    Refuses: 404 for everybody else; 422 where nobody could read it: neither its author nor the caller decides.
    """
    acts.report(request.viewer, _others(request, conversation, number), sent.reason, sent.note)


@routes.write("DELETE", "/conversations/{id:conversation}/messages/{nr:number}/report")
def unreport(request: Asked, conversation: TalkId, number: LineNumber) -> None:
    """Take one's open report back; the copy is deleted. Without one nothing changes.

    Who may: who reported it and still takes part.
    Refuses: 404 for everybody else.
    """
    acts.unreport(request.viewer, _others(request, conversation, number))


@routes.write("PUT", "/conversations/{id:conversation}/read")
def read(request: Asked, conversation: TalkId, sent: shapes.ReadTo) -> None:
    """Mark a conversation read up to a line. It never becomes unread again.

    Who may: who takes part.
    Refuses: 404 for everybody else.
    """
    acts.read(request.viewer, Conversation(pk=_head(request, conversation).id), sent.up_to)


@routes.write("PUT", "/conversations/{id:conversation}/muted")
def mute(request: Asked, conversation: TalkId) -> None:
    """Let a conversation count no more beside one's inbox. Nobody is told.

    Who may: who takes part.
    Refuses: 404 for everybody else.
    """
    acts.mute(request.viewer, Conversation(pk=_head(request, conversation).id))


@routes.write("DELETE", "/conversations/{id:conversation}/muted")
def unmute(request: Asked, conversation: TalkId) -> None:
    """Let it count again.

    Who may: who takes part.
    Refuses: 404 for everybody else.
    """
    acts.unmute(request.viewer, Conversation(pk=_head(request, conversation).id))


@routes.write("POST", "/conversations/{id:conversation}/people", shapes.Added)
def add(request: Asked, conversation: TalkId, sent: shapes.Adding) -> shapes.Added:
    """Add people to a group. They see what is said from then on.

    Who may: who takes part.
    Refuses: 403 where it is no group; 404 for everybody else; 422 for who cannot be written to.
    """
    head = _head(request, conversation)
    return shapes.Added(added=acts.add(request.viewer, Conversation(pk=head.id), _people(request, sent.people)))


@routes.write("PUT", "/conversations/{id:conversation}/name")
def rename(request: Asked, conversation: TalkId, sent: shapes.Renaming) -> None:
    """Give a group another name.

    Who may: who takes part.
    Refuses: 403 where it is no group; 404 for everybody else; 422 for a name longer than 80 characters.
    """
    acts.rename(request.viewer, Conversation(pk=_head(request, conversation).id), sent.name)


@routes.write("DELETE", "/conversations/{id:conversation}/membership")
def leave(request: Asked, conversation: TalkId) -> None:
    """Leave a group. What one said stays there; one sees nothing more of it.

    Who may: who takes part.
    Refuses: 403 where it is no group; 404 for everybody else.
    """
    acts.leave(request.viewer, Conversation(pk=_head(request, conversation).id))


@routes.read("/me/messages-from", shapes.MessagesFrom)
def messages_from(request: Asked) -> shapes.MessagesFrom:
    """Show from whom the caller takes new messages, and whom they blocked or muted.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    people = [
        shapes.Silenced(person=PersonBrief.of({"handle": p.handle, "name": p.name, "photo": p.photo}), how=how)
        for one in silenced(request.viewer)
        for p, how in [(one.about, "blocked" if one.is_blocked else "muted")]
    ]
    return shapes.MessagesFrom(who=openness(request.viewer), silenced=people)


@routes.write("PUT", "/me/messages-from")
def open_to(request: Asked, sent: shapes.OpenTo) -> None:
    """Choose from whom one takes messages who has not written before. Whoever talks with one already goes on.

    Who may: everybody, for themselves.
    Refuses: nothing of its own.
    """
    acts.open_to(request.viewer, sent.who)


@routes.write("PUT", "/people/{handle}/silenced")
def silence(request: Asked, handle: Handle, sent: shapes.Silencing) -> None:
    """Block somebody, or let what they begin be muted. They are not told.

    Who may: everybody, of people they know.
    Refuses: 404 for who is not known to the caller; 422 for oneself.
    """
    acts.silence(request.viewer, _known(request, handle), is_blocked=sent.how == "blocked")


@routes.write("DELETE", "/people/{handle}/silenced")
def unsilence(request: Asked, handle: Handle) -> None:
    """Take a block or a mute of somebody back. Without one nothing changes.

    Who may: everybody, of people they know.
    Refuses: 404 for who is not known to the caller.
    """
    acts.unsilence(request.viewer, _known(request, handle))


def _known(request: Asked, handle: str) -> Person:
    found = Person.objects.filter(known_to(request.viewer), handle=handle.lower()).first()
    if found is None:
        raise nothing_here()
    return found


@routes.read("/messages", shapes.MessagesFound)
def found(request: Asked, q: Sought, after: After = None) -> shapes.MessagesFound:
    """Find messages in the caller's own conversations, newest first.

    Who may: everybody, of themselves.
    Refuses: nothing of its own.
    """
    begins = place(after)
    hits = search.found(request.viewer, parse(q), None if not place_of(after) else (begins.at, begins.id))
    last = hits[-1] if len(hits) == search.PAGE else None
    more = str(Place(round(last.at.timestamp() * 1_000_000), last.id)) if last else ""
    texts = without_dead_links(request.viewer, [hit.safe_html for hit in hits])
    return shapes.MessagesFound(
        messages=[
            shapes.MessageFound(
                conversation=hit.conversation_id,
                number=hit.number,
                author=PersonBrief.of(hit.author),
                html=html,
                at=hit.at,
                url=address(hit.url),
            )
            for hit, html in zip(hits, texts, strict=True)
        ],
        next=next_address(request, more),
    )
