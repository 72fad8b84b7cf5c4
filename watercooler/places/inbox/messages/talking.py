"""Private messages: the list, one conversation, and beginning one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from watercooler.foundation.base.errors import Invalid, Refused
from watercooler.foundation.base.files.keep import Incoming
from watercooler.foundation.base.pages import Request, chrome, is_fragment, new_key, page, see
from watercooler.foundation.base.sent import number, sent_with
from watercooler.foundation.base.templates import render
from watercooler.foundation.base.text import clean_line
from watercooler.foundation.base.whose import receive_own
from watercooler.foundation.base.words import gettext as _
from watercooler.places.inbox.messages.shown import bubbles, called, card_line, listed
from watercooler.spine.content.acts import attach, describe
from watercooler.spine.content.models import Attachment
from watercooler.spine.conversations import acts, reads
from watercooler.spine.conversations.models import Conversation
from watercooler.spine.conversations.openness import refusing
from watercooler.spine.people.models import Person
from watercooler.spine.social.reads.connections import acquaintances_first
from watercooler.spine.spaces.sight import known_to

OFFERED = 8
LIST = "/inbox/messages"


@require_safe
def show(request: Request) -> HttpResponse:
    """List the viewer's conversations, newest first. Cost: two prepared queries."""
    before = _place(request.GET.get("before", ""))
    rows = conversations(request, before)
    if is_fragment(request) and before is None:
        around = chrome(request.viewer)
        return HttpResponse(render("inbox/messages/list_part.html", chrome=around, viewer=request.viewer, **rows))
    return page(request, "inbox/messages/show.html", chrome=chrome(request.viewer), is_start=before is None, **rows)


def conversations(request: Request, before: tuple[datetime, int] | None = None, here: int = 0) -> dict[str, Any]:
    """Return what the list of conversations shows: one page of it, and where the next begins."""
    found = reads.rows(request.viewer, before)
    last = found[-1] if len(found) == reads.LIST else None
    more = f"{LIST}?before={last.active_at.timestamp():.6f}_{last.id}" if last else ""
    return {"conversations": listed(request.viewer, found), "more": more, "open_id": here}


def _place(text: str) -> tuple[datetime, int] | None:
    """Return time and id of the last conversation shown, from an address; None for the start and for nonsense."""
    at, _mark, conversation_id = text.partition("_")
    try:
        return datetime.fromtimestamp(float(at), tz=timezone.get_default_timezone()), number(conversation_id)
    except (ValueError, OverflowError, OSError):
        return None


# One conversation


def found(request: Request, conversation_id: int) -> reads.Head:
    """Return a conversation the viewer takes part in. Raises Http404 for everybody else, whatever their role."""
    head = reads.head(request.viewer, conversation_id)
    if head is None:
        raise Http404
    return head


@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: Request, pk: int) -> HttpResponse:
    """Show a conversation and mark it read, or say something in it."""
    head = found(request, pk)
    if request.method == "POST":
        return _say(request, head)
    if is_fragment(request) and "before" not in request.GET:
        return part(request, head, number(request.GET.get("from", "")))
    last = number(request.GET.get("before", "")) - 1
    at = number(request.GET.get("at", ""))
    if last < 1:
        last = 2**31 - 1
        if at and at <= head.last_number - reads.PAGE:
            last = min(at + reads.PAGE // 2, 2**31 - 1)
    lines = reads.said(request.viewer, pk, last=last)
    return page(request, "inbox/messages/talk.html", **_shown(request, head, lines, is_whole=last == 2**31 - 1))


def _shown(request: Request, head: reads.Head, lines: list[reads.Said], is_whole: bool = True) -> dict[str, Any]:
    """Return all that the page of a conversation shows, having marked read what it shows to its end."""
    if is_whole and lines and lines[-1].number > head.read_up_to:
        acts.read(request.viewer, Conversation(pk=head.id), lines[-1].number)
    return {
        "chrome": chrome(request.viewer),
        **conversations(request, here=head.id),
        **talk_parts(request, head, lines),
        "is_whole": is_whole,
        "fresh_key": new_key(),
        "typed": "",
    }


def talk_parts(request: Request, head: reads.Head, lines: list[reads.Said]) -> dict[str, Any]:
    """Return what the lines and the head of a conversation show."""
    first = lines[0].number if lines else 0
    return {
        "head": head,
        "title": called(head.name, head.people, len(head.people)),
        "bubbles": bubbles(request.viewer, head, lines),
        "card_line": card_line,
        "older": f"{head.url}?before={first}" if len(lines) >= reads.PAGE and first > head.sees_after + 1 else "",
        "first": first,
        "gone": not head.is_group and bool(head.people) and head.people[0]["has_left"],
        "no_new": acts.no_new,
        "new_here": head.sees_after > 0 and first <= head.sees_after + 1,
    }


def part(request: Request, head: reads.Head, first: int, is_sent: bool = False) -> HttpResponse:
    """Return the lines from `first` to the end, the list and the counts, for a page that is open."""
    lines = reads.said(request.viewer, head.id, first=first, limit=reads.MOST_SHOWN if first else reads.PAGE)
    shown = _shown(request, head, lines)
    return HttpResponse(render("inbox/messages/talk_part.html", viewer=request.viewer, is_sent=is_sent, **shown))


def one_line(request: Request, pk: int, line: int, toast: dict[str, str]) -> HttpResponse:
    """Return one line as it is now, the list, and a toast, for a page that is open."""
    head = found(request, pk)
    shown = bubbles(request.viewer, head, reads.said(request.viewer, pk, first=line, last=line))
    values = {"b": shown[0], "head": head, "card_line": card_line, "toast": toast}
    part = render("inbox/messages/line_part.html", viewer=request.viewer, **values, **conversations(request, here=pk))
    return HttpResponse(part)


def _say(request: Request, head: reads.Head) -> HttpResponse:
    receive_own(request)
    try:
        send(request, Conversation.objects.get(pk=head.id))
    except Refused as error:
        if is_fragment(request):
            raise
        shown = _shown(request, head, reads.said(request.viewer, head.id))
        shown |= {"typed": request.POST.get("source", ""), "trouble": error.sentence}
        return page(request, "inbox/messages/talk.html", status=error.status, **shown)
    if is_fragment(request):
        return part(request, found(request, head.id), number(request.POST.get("from", "")), is_sent=True)
    return HttpResponseRedirect(f"{head.url}#say")


def send(request: Request, conversation: Conversation) -> None:
    """Say what a form holds: its words, the files sent before and those that came with it."""
    sent = sent_with(request)
    came = [one for one in request.FILES.getlist("files") if isinstance(one, Incoming)]
    for file in Attachment.objects.filter(pk__in=sent["attachments"], person_id=request.viewer.person_id):
        if alt := request.POST.get(f"alt-{file.pk}", ""):
            describe(request.viewer, file, alt)
    files = (*sent["attachments"], *(attach(request.viewer, one).pk for one in came))
    acts.send(request.viewer, conversation, request.POST.get("source", ""), key=sent["key"], attachments=files)


# Beginning


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Choose one colleague or several, and say the first words. With one, their conversation goes on."""
    if request.method == "POST":
        receive_own(request)
    handles = [clean_line(handle).lower().lstrip("@")[:40] for handle in _asked(request).getlist("to")[:60]]
    known = Person.objects.filter(known_to(request.viewer), is_active=True).exclude(pk=request.viewer.person_id)
    chosen = list(known.filter(handle__in=handles).order_by("name", "pk"))
    if handles and not chosen and request.method != "POST":
        raise Http404
    if request.method == "POST":
        return _begin(request, chosen)
    words = clean_line(request.GET.get("q", ""))[:80]
    if len(chosen) == 1 and not words and "several" not in request.GET:
        going_on = reads.between(request.viewer, chosen[0].pk)
        if going_on is not None:
            return HttpResponseRedirect(f"{LIST}/{going_on}#say")
    offered = _offered(request, known, words, chosen)
    closed = refusing(request.viewer, [person.pk for person in (*chosen, *offered)])
    shown: dict[str, Any] = {"people": [*chosen, *offered], "picked": handles, "words": words, "refusing": closed}
    if len(chosen) == 1 and chosen[0].pk in closed:
        shown["trouble"] = acts.no_new(chosen[0].name)
    if is_fragment(request):
        return HttpResponse(render("inbox/messages/pick.html", viewer=request.viewer, **shown))
    return _new_page(request, **shown)


def _asked(request: Request) -> Any:
    return request.POST if request.method == "POST" else request.GET


def _offered(request: Request, known: Any, words: str, chosen: list[Person]) -> list[Person]:
    named = Q(name__icontains=words) | Q(job__icontains=words) | Q(handle__istartswith=words) if words else Q()
    people = known.filter(named).exclude(pk__in=[person.pk for person in chosen]).select_related("site")
    if chosen and not words:
        return []
    return list(acquaintances_first(request.viewer, people)[:OFFERED])


def _new_page(request: Request, status: int = 200, **shown: Any) -> HttpResponse:
    around = {"group": "", "typed": "", "trouble": "", "fresh_key": new_key(), **shown}
    return page(request, "inbox/messages/new.html", status=status, **around)


def _begin(request: Request, chosen: list[Person]) -> HttpResponse:
    name = clean_line(request.POST.get("name", ""))
    try:
        if not chosen:
            raise Invalid(_("Choose a colleague first."), field="to")
        begun = begin(request, chosen, name)
    except Refused as error:
        if is_fragment(request):
            raise
        typed = {"group": name, "typed": request.POST.get("source", ""), "trouble": error.sentence}
        people: dict[str, Any] = {"people": chosen, "picked": [person.handle for person in chosen], "words": ""}
        people["refusing"] = refusing(request.viewer, [person.pk for person in chosen])
        return _new_page(request, status=error.status, **typed, **people)
    return see(request, f"{LIST}/{begun.pk}")


def begin(request: Request, chosen: list[Person], name: str) -> Conversation:
    """Begin with these people and send the form's words, both or neither. The same form sent twice begins once."""
    key: UUID | None = sent_with(request)["key"]
    if key is not None and (sent := acts.sent_before(request.viewer, key)) is not None:
        return sent.conversation
    try:
        with transaction.atomic():
            if len(chosen) == 1 and not name:
                begun = acts.begin(request.viewer, chosen[0])
            else:
                begun = acts.begin_group(request.viewer, chosen, name)
            send(request, begun)
    except IntegrityError:
        if key is None or (sent := acts.sent_before(request.viewer, key)) is None:
            raise
        return sent.conversation  # the same form, sent twice in one moment
    return begun


@require_safe
def offers(request: Request) -> HttpResponse:
    """Return people whose names go like what is being typed, as options; those one is connected with first."""
    typed = clean_line(request.GET.get("to", "")).lstrip("@")[:80]
    known = Person.objects.filter(known_to(request.viewer), is_active=True).exclude(pk=request.viewer.person_id)
    like = Q(name__istartswith=typed) | Q(name__icontains=f" {typed}") | Q(handle__istartswith=typed)
    people = list(acquaintances_first(request.viewer, known.filter(like))[:OFFERED]) if typed else []
    return HttpResponse(render("social/offers.html", people=people, spaces=[], topics=[]))
