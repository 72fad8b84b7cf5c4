"""Changing a message of one's own, and a conversation: who is in it, what it is called, whether it counts."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from watercooler.foundation.base.errors import Refused
from watercooler.foundation.base.pages import Request, chrome, is_fragment, page, say, see
from watercooler.foundation.base.sent import number
from watercooler.foundation.base.words import gettext as _
from watercooler.places.inbox.messages.shown import called
from watercooler.places.inbox.messages.talking import LIST, found, one_line, part
from watercooler.spine.conversations import acts
from watercooler.spine.conversations.models import Conversation, Line, Message
from watercooler.spine.conversations.sight import seen
from watercooler.spine.people.models import Person
from watercooler.spine.spaces.sight import known_to


def _own(request: Request, pk: int, line: int) -> Message:
    mine = Message.objects.filter(seen(request.viewer), author_id=request.viewer.person_id, kind=Line.SAID)
    return get_object_or_404(mine, conversation_id=pk, number=line)


def _answered(request: Request, pk: int, line: int, sentence: str, undo: str = "") -> HttpResponse:
    if is_fragment(request):
        return one_line(request, pk, line, {"sentence": sentence, "undo": undo})
    say(request, sentence, undo)
    return HttpResponseRedirect(f"{LIST}/{pk}?at={line}#m-{line}")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int, line: int) -> HttpResponse:
    """Change a message of one's own."""
    message = _own(request, pk, line)
    typed, trouble, status = message.source, "", 200
    if message.removed_at is not None:
        raise Http404
    if request.method == "POST":
        typed = request.POST.get("source", "")
        try:
            acts.edit(request.viewer, message, typed)
        except Refused as error:
            if is_fragment(request):
                raise
            trouble, status = error.sentence, error.status
        else:
            return see(request, f"{LIST}/{pk}?at={line}#m-{line}")
    shown = {"message": message, "typed": typed, "trouble": trouble}
    return page(request, "inbox/messages/edit.html", status=status, **shown)


@require_POST
def remove(request: Request, pk: int, line: int) -> HttpResponse:
    """Take a message of one's own away."""
    acts.remove(request.viewer, _own(request, pk, line))
    return _answered(request, pk, line, _("Message removed."), f"{LIST}/{pk}/{line}/restore")


@require_POST
def restore(request: Request, pk: int, line: int) -> HttpResponse:
    """Bring it back, within a day."""
    acts.restore(request.viewer, _own(request, pk, line))
    return _answered(request, pk, line, _("It is back."), f"{LIST}/{pk}/{line}/remove")


@require_safe
def details(request: Request, pk: int) -> HttpResponse:
    """Show who takes part, and what can be done with the conversation."""
    head = found(request, pk)
    title = called(head.name, head.people, len(head.people))
    return page(request, "inbox/messages/details.html", chrome=chrome(request.viewer), head=head, title=title)


def _changed(request: Request, pk: int, sentence: str, undo: str = "") -> HttpResponse:
    say(request, sentence, undo)
    return see(request, f"{LIST}/{pk}")


@require_POST
def read(request: Request, pk: int) -> HttpResponse:
    """Mark read up to a line, and answer with what the page shows now."""
    head = found(request, pk)
    acts.read(request.viewer, Conversation(pk=pk), number(request.POST.get("up_to", "")))
    return part(request, head, number(request.POST.get("from", ""))) if is_fragment(request) else see(request, head.url)


@require_POST
def muted(request: Request, pk: int) -> HttpResponse:
    """Let the conversation count no more."""
    head = found(request, pk)
    acts.mute(request.viewer, Conversation(pk=head.id))
    return _changed(request, pk, _("Muted. It no longer counts beside Inbox."), f"{LIST}/{pk}/muted/undo")


@require_POST
def not_muted(request: Request, pk: int) -> HttpResponse:
    """Let it count again."""
    head = found(request, pk)
    acts.unmute(request.viewer, Conversation(pk=head.id))
    return _changed(request, pk, _("It counts again."), f"{LIST}/{pk}/muted")


@require_POST
def people(request: Request, pk: int) -> HttpResponse:
    """Add people to a group: their handles, or names with handles, in `to`."""
    head = found(request, pk)
    words = " ".join(request.POST.getlist("to")[:60]).lower()[:4000].split()
    handles = {word.lstrip("@(").rstrip("),") for word in words}
    known = Person.objects.filter(known_to(request.viewer), is_active=True, handle__in=handles)
    count = acts.add(request.viewer, Conversation(pk=head.id), known)
    if not count:
        return _changed(request, pk, _("Nobody new was named. Type a handle, as @noah."))
    sentence = ngettext(
        "%(count)s person added. They see what is said from now on.",
        "%(count)s people added. They see what is said from now on.",
        count,
    )
    return _changed(request, pk, sentence % {"count": count})


@require_POST
def named(request: Request, pk: int) -> HttpResponse:
    """Give the group another name."""
    head = found(request, pk)
    acts.rename(request.viewer, Conversation(pk=head.id), request.POST.get("name", ""))
    return _changed(request, pk, _("Saved."))


@require_POST
def left(request: Request, pk: int) -> HttpResponse:
    """Leave the group."""
    head = found(request, pk)
    acts.leave(request.viewer, Conversation(pk=head.id))
    say(request, _("You left. What you said stays there; you see nothing more of it."))
    return see(request, LIST)
